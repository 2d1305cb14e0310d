# `make help` lists the targets. Needs git, make and Python 3.11 or later.

HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3.14 python3 python,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))

BIN := .venv/bin
PY := $(BIN)/python
# Twice quiet: errors only.
PIP := $(PY) -m pip --quiet --quiet --disable-pip-version-check
# Workers take tests from each other; a single file is tried without them.
TEST := env PYTEST_XDIST_AUTO_NUM_WORKERS=$(WORKERS) $(PY) -m pytest -n auto --dist worksteal
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --silent
TYPESCRIPT := tests/typescript
COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url \
	--no-header --python-version 3.11
OUR_APPS := $(PY) tools/apps.py
# Counting the lines that the suite reaches takes no time from Python 3.12 on; on 3.11 two
# thirds more.
COUNTED = --cov-report=term $(addprefix --cov=,$(shell $(OUR_APPS) packages))
COUNTED_FOR_NOTHING = $(shell $(PY) -c 'import sys; sys.exit(sys.version_info < (3, 12))' && echo "$(COUNTED)")

.DEFAULT_GOAL := help
.PHONY: help run test quick coverage e2e contract bench check format messages deps docs venv setup setup-dev words

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup words ## start the demo municipality on http://127.0.0.1:8000 (HOST, PORT; DEBUG=1 reloads code)
	@HOST=$(HOST) PORT=$(PORT) $(PY) tools/run.py

test: setup-dev words ## run all tests on a real PostgreSQL (PYTEST="-k word" to choose)
	@$(TEST) $(or $(PYTEST),$(COUNTED_FOR_NOTHING))

quick: setup-dev words ## run the tests that the uncommitted change touches
	@$(PY) -m tools.quick $(TEST) $(PYTEST)

coverage: setup-dev words ## run all tests and count the lines they reach; fails below the floor
	@$(TEST) $(COUNTED)

e2e: setup-dev words ## run the browser tests alone; fails without a Chromium
	@E2E_REQUIRED=1 $(PY) -m pytest -m e2e $(PYTEST)

contract: setup-dev words ## write the files of tests/contract again, after a wanted change of the API
	@CONTRACT=write $(PY) -m pytest -q tests/contract
	@git status --short tests/contract 2>/dev/null || true

bench: setup-dev words ## run the benchmarks and print ratios; results in var/bench
	@mkdir -p var/bench
	@ls bench/bench_*.py >/dev/null 2>&1 || { echo "There are no benchmarks in bench/ yet."; exit 1; }
	@for file in bench/bench_*.py; do $(PY) $$file || exit 1; done

check: setup-dev words ## format, lint, types, layers, templates, migrations, messages, deployment
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djhtml --tabwidth 2 --check $$($(OUR_APPS) packages)
	$(OUR_APPS) layers
	$(BIN)/mypy .
	$(PY) tools/messages.py check
	DATABASE_URL=sqlite:///var/check.sqlite3 $(PY) manage.py makemigrations --check --dry-run $$($(OUR_APPS) labels)
	@echo "manage.py check --deploy, with production settings and a key made for it"
	@DJANGO_SETTINGS_MODULE=cms.settings.production DEBUG=0 DEMO=0 \
		SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(48))') \
		ALLOWED_HOSTS=www.kommun.example PUBLIC_BASE_URL=https://www.kommun.example \
		$(PY) manage.py check --deploy --fail-level WARNING

format: setup-dev ## put code and templates into the common shape
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	$(BIN)/djhtml --tabwidth 2 $$($(OUR_APPS) packages)

messages: setup ## add new interface words to locale/ and compile the catalogues
	$(PY) tools/messages.py update
	$(PY) tools/messages.py compile

deps: setup-dev ## compile requirements*.txt from requirements*.in, with hashes
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt

docs: setup ## write the generated parts of the papers again
	$(PY) tools/third_party.py
	$(PY) tools/requirements.py

words: # compiled catalogues are not committed
	@$(PY) tools/messages.py compile

venv:
	@test -x $(PY) || { test -n "$(PYTHON)" || { \
		echo "Python 3.11 or later is needed and none was found. Name one: make PYTHON=/path/to/python3.11"; exit 1; }; \
		echo "Making .venv with $(PYTHON)"; $(PYTHON) -m venv .venv; }

# Installed only when the list differs from the one installed last.
setup: venv
	@cmp -s requirements.txt .venv/installed.txt || { \
		echo "Installing requirements.txt"; \
		$(PIP) install --require-hashes -r requirements.txt && cp requirements.txt .venv/installed.txt; }

setup-dev: setup
	@cmp -s requirements-dev.txt .venv/installed-dev.txt || { \
		echo "Installing requirements-dev.txt"; \
		$(PIP) install --require-hashes -r requirements-dev.txt && cp requirements-dev.txt .venv/installed-dev.txt; }
	@cmp -s $(TYPESCRIPT)/package-lock.json .venv/typescript/installed.json || { \
		echo "Installing $(TYPESCRIPT)/package-lock.json"; mkdir -p .venv/typescript; \
		cp $(TYPESCRIPT)/package*.json .venv/typescript && (cd .venv/typescript && $(NPM) \
			&& cp package-lock.json installed.json); }

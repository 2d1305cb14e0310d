"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Engine
from django.template.backends.django import get_installed_libraries
from django.template.library import import_library

from cms.settings.env import VARIABLES
from installed import APPS, PACKAGES

ROOT = Path(settings.BASE_DIR)
BANNED_NAMES = {"utils", "helpers", "common", "misc"}
MODULE_LINES = 400
TEST_MODULE_LINES = 500
FUNCTION_LINES = 40
TEMPLATE_LINES = 120
# The lowest versions that have every known hole mended.
FLOORS = {"Django": (5, 2, 19), "wagtail": (8, 0, 1), "wagtail-localize": (1, 14, 5)}


def product_modules() -> Iterator[Path]:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@cache
def modules() -> dict[str, Path]:
    """Every product module, by the name it is imported by."""
    names = {
        path: ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in product_modules()
    }
    return {name.removesuffix(".__init__"): path for path, name in names.items()}


def named(paths: list[Path]) -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in paths)


def test_locale_folder_is_no_package():
    """`locale/__init__.py` would stand in front of Python's own locale module."""
    assert not list((ROOT / "locale").rglob("__init__.py"))


def test_no_module_has_a_name_that_says_nothing():
    modules = [*product_modules(), *(ROOT / "tests").rglob("*.py")]

    assert named([path for path in modules if path.stem in BANNED_NAMES]) == []


def test_modules_are_one_idea_long():
    long = [path for path in product_modules() if line_count(path) > MODULE_LINES]

    assert named(long) == []


def test_test_modules_are_one_idea_long():
    tests = (ROOT / "tests").rglob("*.py")

    assert named([path for path in tests if line_count(path) > TEST_MODULE_LINES]) == []


def test_templates_are_one_idea_long():
    templates = [path for name in PACKAGES for path in (ROOT / name).rglob("*.html")]

    assert (
        named([path for path in templates if line_count(path) > TEMPLATE_LINES]) == []
    )


def test_functions_fit_on_a_screen():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in product_modules()
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES
    ]

    assert long == []


def test_only_env_reads_the_environment():
    """`cms/wsgi.py` may say which settings it takes; nobody else touches it."""
    allowed = {ROOT / "cms/settings/env.py", ROOT / "cms/wsgi.py"}
    readers = [
        path
        for path in product_modules()
        if path not in allowed and _touches_environment(syntax(path))
    ]

    assert named(readers) == []


def _touches_environment(tree: ast.Module) -> bool:
    names = {"environ", "environb", "getenv", "putenv"}
    return any(
        (isinstance(node, ast.Attribute) and node.attr in names)
        or (isinstance(node, ast.ImportFrom) and _imports(node, names))
        for node in ast.walk(tree)
    )


def _imports(node: ast.ImportFrom, names: set[str]) -> bool:
    return node.module == "os" and any(alias.name in names for alias in node.names)


@pytest.mark.parametrize("file", [".env.example", "docs/settings.md"])
def test_every_variable_is_documented(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    mark = "`{}`" if file.endswith(".md") else "\n{}="

    assert [name for name in VARIABLES if mark.format(name) not in text] == []


def test_example_names_no_variable_that_nobody_reads():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    names = {line.split("=")[0] for line in lines if "=" in line and line[0] != "#"}

    assert names - set(VARIABLES) == {"DJANGO_SETTINGS_MODULE"}


def test_every_setting_of_ours_is_documented():
    text = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    ours = [name for name in dir(settings) if name.startswith("CMS_")]

    assert ours
    assert [name for name in ours if f"`{name}`" not in text] == []


@pytest.mark.parametrize(("package", "floor"), FLOORS.items())
def test_no_version_with_known_holes_is_installed(package, floor):
    installed = tuple(int(part) for part in version(package).split(".")[:3])

    assert installed >= floor


def test_our_apps_come_before_the_ones_they_watch():
    """The first URL hook and the first template of a name win."""
    apps = settings.INSTALLED_APPS
    ours = [apps.index(name) for name in apps if name.startswith(PACKAGES)]
    theirs = [apps.index(name) for name in apps if name.startswith("wagtail")]

    assert max(ours) < min(theirs)


def test_language_comes_from_the_address_alone():
    assert not [name for name in settings.MIDDLEWARE if "LocaleMiddleware" in name]
    assert settings.APPEND_SLASH is False


def test_second_lines_of_the_gate_stand():
    assert settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE is False
    assert settings.WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT is True
    assert settings.WAGTAIL_FINISH_WORKFLOW_ACTION.startswith("cms.gate.")


# --- what knows what ---

_APP = "|".join(APPS)
#: `home.HomePage`, `articles/card.html`, `demo:start`, the bare name as a whole; and a
#: pledge in any form, which unlike the other names is no word of everyday life.
NAME_OF_AN_APP = re.compile(
    rf"(?<![\w./-])(?:{_APP})[./:]\w|\A(?:{_APP})[./:]?\Z|pledge"
)
TEXTS = frozenset({".html", ".txt", ".js", ".css", ".json", ".svg", ".xml"})


def test_the_product_names_no_app():
    """An app is known to the product by what it registers, never by its name."""
    naming = [path for path in (ROOT / "cms").rglob("*") if _names_an_app(path)]

    assert named(naming) == []


@pytest.mark.parametrize("text", ["{}", "{}.", "{}.Thing", "a {}/card.html", "{}:list"])
@pytest.mark.parametrize("app", APPS)
def test_name_of_an_app_is_known_when_seen(app, text):
    assert NAME_OF_AN_APP.search(text.format(app))


def _names_an_app(path: Path) -> bool:
    if path.suffix == ".py":
        words = _words_of(syntax(path))
    elif path.suffix in TEXTS:
        words = iter([path.read_text(encoding="utf-8")])
    else:
        return False
    return any(map(NAME_OF_AN_APP.search, [path.name, *words]))


def _words_of(tree: ast.Module) -> Iterator[str]:
    """Every string and every imported module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
    yield from _imported(tree)


def _imported(tree: ast.Module) -> Iterator[str]:
    """What a module imports, wherever in it and for whatever purpose."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in modules() else node.module


def test_no_file_leads_back_to_itself():
    """Files that import each other are one file in pieces; types count too."""
    imports = {
        name: {other for other in _imported(syntax(path)) if other in modules()}
        for name, path in modules().items()
    }
    circular = [name for name in imports if name in _reached_from(name, imports)]

    assert circular == []


def _reached_from(start: str, imports: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = [*imports[start]]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += imports[name]
    return found


def test_no_tag_or_filter_of_ours_hides_one_of_djangos():
    """A template that forgot to load ours would quietly mean something else."""
    ours: set[str] = set()
    djangos: set[str] = set()
    modules = [*get_installed_libraries().values(), *Engine.default_builtins]
    for module in modules:
        library = import_library(module)
        names = djangos if module.startswith("django.") else ours
        if module.partition(".")[0] in {*PACKAGES, "django"}:
            names |= {*library.tags, *library.filters}
    assert sorted(ours & djangos) == []

"""A real browser for the stories in tests/e2e, and axe for accessibility.

Without a Chromium these tests are skipped aloud, or fail where E2E_REQUIRED=1.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_TRACES = Path(__file__).resolve().parent.parent / "var" / "e2e"
_FAILED = pytest.StashKey[bool]()
# WCAG 2.2 AA and what axe calls good habits besides.
_AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def find_chromium() -> str | None:
    """CHROMIUM, or the first known name on the path."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next(filter(None, map(shutil.which, _NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in tests/e2e is a browser test."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test failed, for the trace."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly what was not tried."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section(f"NOT TESTED: {len(skipped)} skipped", sep="!")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the run."""
    executable = find_chromium()
    if executable is None:
        reason = "no Chromium found (set CHROMIUM or install one)"
        if os.environ.get("E2E_REQUIRED") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    patch = pytest.MonkeyPatch()
    # Playwright keeps an event loop in this thread; Django must not mind.
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_FLAGS)
        yield browser
        browser.close()
    patch.undo()


@pytest.fixture
def browser_context(
    request: pytest.FixtureRequest, browser: Browser
) -> Iterator[BrowserContext]:
    """A fresh visitor. When the test fails, a trace is kept in var/e2e."""
    context = browser.new_context(
        locale="sv-SE", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(10_000)
    context.tracing.start(screenshots=True, snapshots=True)
    yield context
    if request.node.stash.get(_FAILED, False):
        name = re.sub(r"[^\w-]+", "-", request.node.name)
        context.tracing.stop(path=_TRACES / f"{name}.zip")
    else:
        context.tracing.stop()
    context.close()


@pytest.fixture
def page(browser_context: BrowserContext) -> Page:
    """An empty tab."""
    return browser_context.new_page()


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The script of axe-core, from the package that carries it."""
    script = files("axe_playwright_python") / "axe.min.js"
    return script.read_text(encoding="utf-8")


@pytest.fixture
def axe(axe_source: str) -> Callable[[Page], list[dict[str, Any]]]:
    """Violations on the page as it is now: `assert axe(page) == []`."""

    def violations(page: Page) -> list[dict[str, Any]]:
        page.evaluate(axe_source)
        result = page.evaluate(
            "tags => axe.run({runOnly: {type: 'tag', values: tags}})", _AXE_RULES
        )
        return [
            {
                "rule": found["id"],
                "help": found["help"],
                "nodes": [node["html"] for node in found["nodes"]],
            }
            for found in result["violations"]
        ]

    return violations

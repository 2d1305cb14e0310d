"""A municipality behind a real server, and ways to be somebody in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.factories.fixtures import committed_site, site_of_the_module

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.factories.site import Municipality

__all__ = ["committed_site", "site", "site_of_the_module"]


@pytest.fixture
def site(committed_site: Municipality, live_server: Any, settings: Any) -> Municipality:
    """The municipality, at the address of the live server.

    home             /           public
    └── index        /nyheter/   public, in the menu
    contact                      public
    """
    settings.CMS_PUBLIC_BASE_URL = live_server.url
    return committed_site


@pytest.fixture
def as_person(browser: Browser, live_server: Any) -> Iterator[Callable[[str], Page]]:
    """``as_person("editor")`` is a browser window of its own, logged in."""
    from tests.factories.people import PASSWORD  # noqa: PLC0415

    contexts: list[BrowserContext] = []

    def log_in(username: str) -> Page:
        context = browser.new_context(
            locale="sv-SE", base_url=live_server.url,
            viewport={"width": 1280, "height": 900},
        )  # fmt: skip
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto("/admin/login/")
        page.locator("input[name=username]").fill(username)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("button[type=submit]").click()
        page.wait_for_url("**/admin/")
        return page

    yield log_in
    for context in contexts:
        context.close()

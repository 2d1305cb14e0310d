"""Leaving a safety-critical page in a hurry: by mouse, by keyboard, without script."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Error, expect

from tests.stages.stage import stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext, Page, Route

    from tests.factories.site import Municipality

TITLE = "Lever du med någon som slår dig?"
ELSEWHERE = "https://www.smhi.se/"
PATHS = {
    "sv": "/nyheter/stod/",
    "fi": "/fi/nyheter/tuki/",
    "ar": "/ar/nyheter/دعم/",
}
TEXTS = {
    "fi": {"title": "Elätkö jonkun kanssa, joka lyö?", "slug": "tuki"},
    "ar": {"title": "هل تعيش مع شخص يضربك؟", "slug": "دعم"},
}


@stage
def safety_page_of_the_module(site_of_the_module: Municipality) -> None:
    """The page and its numbers in Swedish, Finnish and Arabic."""
    from tests.factories.pages import make_emergency, publish  # noqa: PLC0415
    from tests.factories.translations import translate  # noqa: PLC0415

    site, numbers = site_of_the_module, publish(make_emergency())
    text = "<p>Du har rätt till hjälp. Vi har tystnadsplikt.</p>"
    page = site.live_article(
        title=TITLE, slug="stod", sensitivity="safety_critical",
        contact_block=site.contact, body=[("paragraph", text)] * 12,
    )  # fmt: skip
    for tag, texts in TEXTS.items():
        translate(numbers, tag)
        translate(page, tag, texts)


@pytest.fixture
def pages(safety_page_of_the_module: None, site: Municipality) -> None:
    """The page, behind the live server."""


@pytest.fixture
def requests(browser_context: BrowserContext) -> list[dict[str, str]]:
    """The headers with which the other website was asked; it answers from here."""
    seen: list[dict[str, str]] = []

    def answer(route: Route) -> None:
        seen.append(route.request.all_headers())
        route.fulfill(body="<title>Regn i dag</title><h1>Regn i dag</h1>")

    browser_context.route(f"{ELSEWHERE}**", answer)
    return seen


@pytest.fixture
def reading(pages: None, live_server: Any, page: Page, requests: Any) -> Page:
    """A browser in which somebody came from the news to the page."""
    page.goto(f"{live_server.url}/nyheter/")
    page.goto(f"{live_server.url}{PATHS['sv']}")
    return page


def way_out(page: Page) -> Any:
    return page.locator("[data-quick-exit]")


def assert_has_left(page: Page) -> None:
    page.wait_for_url(ELSEWHERE)
    expect(page.get_by_role("heading")).to_have_text("Regn i dag")


def assert_back_skips_the_page(page: Page) -> None:
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nyheter")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Regn i dag")


def test_a_click_leaves_and_back_does_not_return(
    reading: Page, requests: list[dict[str, str]]
):
    way_out(reading).click()

    assert_has_left(reading)
    assert ["referer" in headers for headers in requests] == [False]
    assert_back_skips_the_page(reading)


def test_escape_twice_leaves_from_wherever_one_is(reading: Page):
    expect(reading.get_by_text("Esc")).to_be_visible()
    reading.locator("main").focus()

    reading.keyboard.press("Escape")
    reading.keyboard.press("Escape")

    assert_has_left(reading)
    assert_back_skips_the_page(reading)


def test_escape_leaves_also_when_a_menu_is_open(reading: Page):
    reading.locator("summary").click()

    reading.keyboard.press("Escape")
    reading.keyboard.press("Escape")

    assert_has_left(reading)


def test_one_escape_only_closes_a_menu(reading: Page):
    reading.locator("summary").click()
    reading.keyboard.press("Escape")

    expect(reading.locator("details")).not_to_have_attribute("open", "")
    expect(reading.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_two_tabs_and_enter_leave(reading: Page):
    reading.keyboard.press("Tab")
    reading.keyboard.press("Tab")
    expect(way_out(reading)).to_be_focused()
    reading.keyboard.press("Enter")

    assert_has_left(reading)
    assert_back_skips_the_page(reading)


def test_page_is_hidden_before_the_other_has_answered(
    reading: Page, browser_context: BrowserContext
):
    browser_context.unroute(f"{ELSEWHERE}**")
    # A browser that is given no content stays where it is.
    browser_context.route(f"{ELSEWHERE}**", lambda route: route.fulfill(status=204))
    with reading.expect_request(ELSEWHERE):
        way_out(reading).click()

    expect(reading.locator("body")).to_be_hidden()


def test_who_goes_on_pressing_leaves_all_the_same(
    reading: Page, browser_context: BrowserContext
):
    """Escape stops a page that is being loaded, unless somebody takes care."""
    slow: list[Route] = []

    def answer(route: Route) -> None:
        if slow:
            route.fulfill(body="<h1>Regn i dag</h1>")
        else:
            slow.append(route)

    browser_context.unroute(f"{ELSEWHERE}**")
    browser_context.route(f"{ELSEWHERE}**", answer)
    with reading.expect_request(ELSEWHERE):
        reading.keyboard.press("Escape")
        reading.keyboard.press("Escape")
    reading.keyboard.press("Escape")

    assert_has_left(reading)
    with suppress(Error):
        slow[0].abort()


def test_way_out_stays_in_sight_and_covers_nothing(reading: Page):
    for width in (1280, 320):
        reading.set_viewport_size({"width": width, "height": 640})
        reading.evaluate("scrollTo(0, 0)")
        top = reading.evaluate(
            "[document.querySelector('.quick-exit').getBoundingClientRect().bottom,"
            " document.querySelector('.site-header').getBoundingClientRect().top]"
        )
        assert top[0] <= top[1]
        reading.evaluate("scrollTo(0, document.body.scrollHeight)")
        box = way_out(reading).bounding_box()
        assert box["y"] >= 0
        assert box["height"] >= 44
        assert box["width"] >= 44
        expect(way_out(reading)).to_be_in_viewport(ratio=1)


def test_what_gets_the_focus_does_not_lie_under_the_bar(reading: Page):
    reading.emulate_media(reduced_motion="reduce")
    reading.set_viewport_size({"width": 320, "height": 640})
    reading.evaluate("scrollTo(0, document.body.scrollHeight)")
    covered = reading.evaluate(
        """() => [...document.querySelectorAll("main a, footer a")].reverse()
        .filter((link) => {
          link.focus();
          const bar = document.querySelector(".quick-exit").getBoundingClientRect();
          return link.getBoundingClientRect().top < bar.bottom;
        }).map((link) => link.textContent)"""
    )

    assert covered == []


def test_without_script_it_is_a_link_and_promises_nothing_else(
    pages: None, live_server: Any, browser: Browser
):
    context = browser.new_context(java_script_enabled=False)
    context.route(
        f"{ELSEWHERE}**", lambda route: route.fulfill(body="<h1>Regn i dag</h1>")
    )
    page = context.new_page()
    page.goto(f"{live_server.url}{PATHS['sv']}")

    expect(page.locator("[data-quick-exit-hint]")).to_be_hidden()
    way_out(page).click()

    assert_has_left(page)
    context.close()


def test_ordinary_pages_leave_escape_alone(
    pages: None, live_server: Any, page: Page, requests: list[dict[str, str]]
):
    page.goto(f"{live_server.url}/nyheter/")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    expect(page.get_by_role("heading", level=1)).to_have_text("Nyheter")
    assert requests == []


def test_page_can_be_used_by_everybody_and_asks_nobody_else(
    pages: None,
    live_server: Any,
    page: Page,
    axe: Callable[[Page], list[dict[str, Any]]],
):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = {}

    for tag, path in PATHS.items():
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{live_server.url}{path}")
            expect(page).to_have_title(page.locator(".brand").inner_text())
            excess = page.evaluate(
                "document.documentElement.scrollWidth"
                " - document.documentElement.clientWidth"
            )
            found[tag, width] = (axe(page), max(excess, 0))

    assert found == dict.fromkeys(found, ([], 0))
    assert [url for url in asked if not url.startswith(live_server.url)] == []

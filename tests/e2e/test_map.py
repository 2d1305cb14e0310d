"""Places on a map: by keyboard alone, from our own host alone, or as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.factories.place_fixtures import places_of_the_module

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from tests.factories.places import Places
    from tests.factories.site import Municipality

__all__ = ["places_of_the_module"]

SWEDISH = "/nyheter/nu-tands-lamporna/"
FINNISH = "/fi/nyheter/valot-syttyvat/"
ARABIC = "/ar/nyheter/nu-tands-lamporna/"


@pytest.fixture
def places(places_of_the_module: Places, site: Municipality) -> Places:
    """Places with an article, in three languages, behind the live server."""
    return places_of_the_module


def switch(page: Page, view: str) -> Any:
    return page.locator(f"[data-switch] button[value={view}]")


def show_map(page: Page) -> None:
    switch(page, "map").click()
    expect(page.locator(".map__place").first).to_be_visible()


def focused(page: Page) -> str:
    """What has the focus, as a screen reader would name it."""
    return page.evaluate(
        "document.activeElement.ariaLabel ?? document.activeElement.textContent.trim()"
    )


def tab_to(page: Page, name: str, *, key: str = "Tab") -> None:
    for _press in range(40):
        page.keyboard.press(key)
        if name in focused(page):
            return
    pytest.fail(f"{key} does not lead to {name}")


def spot(page: Page, name: str) -> tuple[float, float]:
    """Where a place is on the map, in pixels from its corner."""
    place = page.locator(".map__place", has_text=name).bounding_box()
    corner = page.locator("[data-canvas]").bounding_box()
    assert place is not None
    assert corner is not None
    return place["x"] - corner["x"], place["y"] - corner["y"]


def test_map_by_keyboard_alone(places: Places, live_server: Any, page: Page):
    page.goto(live_server.url + SWEDISH)
    switch(page, "list").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".map__place").first).to_be_visible()
    expect(page.locator("[data-list]")).to_be_hidden()
    assert switch(page, "map").get_attribute("aria-pressed") == "true"

    # The bridge is a button with a name; choosing it says everything about it.
    tab_to(page, "Bron i Årsunda")
    page.keyboard.press("Enter")
    panel = page.locator("[data-panel]")
    expect(panel).to_contain_text("Staten äger belysningen.")
    expect(panel).to_be_focused()

    # Escape closes it and leads back to the button, and then out of the map.
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert "Bron i Årsunda" in focused(page)
    page.keyboard.press("Escape")
    expect(switch(page, "map")).to_be_focused()

    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-list]")).to_be_visible()
    expect(page.locator(".map")).to_be_hidden()


def test_map_moves_with_keys_and_with_buttons(
    places: Places, live_server: Any, page: Page
):
    """WCAG 2.5.7: nothing needs dragging."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(live_server.url + SWEDISH)
    show_map(page)
    start = spot(page, "Bron i Årsunda")

    page.locator("[data-canvas]").focus()
    page.keyboard.press("ArrowRight")
    east = spot(page, "Bron i Årsunda")
    page.locator(".map__tools [value=north]").click()
    north = spot(page, "Bron i Årsunda")
    page.locator(".map__tools [value=all]").click()
    again = spot(page, "Bron i Årsunda")

    assert east[0] < start[0]
    assert north[1] > east[1]
    assert again == pytest.approx(start, abs=1)


def test_keyboard_is_never_trapped(places: Places, live_server: Any, page: Page):
    page.goto(live_server.url + SWEDISH)
    show_map(page)

    tab_to(page, "Elljusspåret i Järbo")
    tab_to(page, "Rapportera fel på sidan")
    tab_to(page, "Elljusspåret i Järbo", key="Shift+Tab")
    tab_to(page, "Translate", key="Shift+Tab")


def test_places_that_lie_close_are_one_button_until_the_map_is_larger(
    places: Places, live_server: Any, page: Page
):
    page.goto(live_server.url + SWEDISH)
    show_map(page)
    assert page.locator(".map__place").count() == 3
    both = page.locator(".map__place", has_text="Gångtunneln vid stationen")
    expect(both).to_contain_text("Cykelvägen västerut")

    both.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".map__place")).to_have_count(4)
    assert "Gångtunneln vid stationen" in focused(page)
    assert "Cykelvägen västerut" not in focused(page)


def test_nobody_else_is_asked(places: Places, live_server: Any, page: Page):
    hosts: set[str] = set()
    problems: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))

    page.goto(live_server.url + FINNISH)
    show_map(page)
    page.locator(".map__place", has_text="Bron i Årsunda").click()
    page.wait_for_load_state("networkidle")

    assert hosts == {urlsplit(live_server.url).netloc}
    assert problems == []


def test_library_is_loaded_when_somebody_asks_for_the_map(
    places: Places, live_server: Any, page: Page
):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(live_server.url + SWEDISH, wait_until="networkidle")
    before = [url for url in asked if "leaflet" in url]
    show_map(page)

    assert before == []
    assert any("leaflet" in url for url in asked)


def test_map_that_cannot_be_loaded_leaves_the_list(
    places: Places, live_server: Any, page: Page
):
    page.route("**/leaflet.js", lambda route: route.abort())
    page.goto(live_server.url + SWEDISH)

    switch(page, "map").click()

    expect(page.locator("[data-failed]")).not_to_be_empty()
    expect(page.locator("[data-list]")).to_be_visible()
    assert switch(page, "list").get_attribute("aria-pressed") == "true"


def test_without_script_there_is_the_list(
    places: Places, live_server: Any, browser: Browser
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + SWEDISH)

    expect(page.locator(".place")).to_have_count(5)
    expect(page.get_by_text("Staten äger belysningen.")).to_be_visible()
    expect(page.locator("[data-switch]")).to_be_hidden()
    expect(page.locator(".map")).to_have_count(0)
    context.close()


def test_images_behind_the_places_come_from_the_host_that_is_set(
    places: Places, live_server: Any, page: Page, settings: Any
):
    settings.CMS_MAP_TILES_URL = "https://kartor.example/{z}/{x}/{y}.png"
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/png", body=b"")

    page.route("https://kartor.example/**", answer)
    page.goto(live_server.url + SWEDISH)
    show_map(page)

    expect(page.locator(".leaflet-tile").first).to_be_attached()
    page.wait_for_load_state("networkidle")
    assert asked


@pytest.mark.parametrize("path", [SWEDISH, FINNISH, ARABIC])
def test_list_and_map_are_accessible_in_both_directions(
    places: Places,
    live_server: Any,
    page: Page,
    axe: Callable[[Page], list[dict[str, Any]]],
    path: str,
):
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(live_server.url + path)
        assert axe(page) == []

        show_map(page)
        assert axe(page) == []

        page.locator(".map__place", has_text="Bron i Årsunda").click()
        expect(page.locator("[data-panel]")).to_be_visible()
        assert axe(page) == []
        assert page.evaluate(
            "document.documentElement.scrollWidth"
            " <= document.documentElement.clientWidth"
        )

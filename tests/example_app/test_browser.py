"""An event in a browser: written, approved, read on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.e2e.test_story import decide, translate_at_the_desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.factories.site import Municipality

pytestmark = pytest.mark.e2e

TITLE, LEAD = "Öppet hus på biblioteket", "Kom och se hur biblioteket blir."
ARABIC = {TITLE: "يوم مفتوح في المكتبة", LEAD: "تعال وشاهد المكتبة الجديدة."}


def write(page: Page, home: Any, place: Any) -> None:
    """Type an event into Wagtail's editor and send it to review."""
    page.goto(f"/admin/pages/add/events/eventpage/{home.pk}/")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_ingress").fill(LEAD)
    page.wait_for_load_state("networkidle")
    page.locator("#id_place-chooser [data-chooser-action-choose]").first.click()
    page.locator(".modal").get_by_role("link", name=place.name).click()
    expect(page.locator("#id_place-chooser")).to_contain_text(place.name)
    page.locator("#id_starts_on").fill("2026-08-22")
    page.locator("#id_ingress").click()  # the calendar lies over what is below it
    submit = page.locator("button[name=action-submit]").first
    if not submit.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    submit.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def test_event_in_a_browser(
    committed_site: Municipality,
    live_server: Any,
    settings: Any,
    as_person: Callable[[str], Page],
    page: Page,
    axe: Callable[[Page], list[dict[str, Any]]],
):
    from tests.factories.pages import publish  # noqa: PLC0415
    from tests.factories.pledges import make_place  # noqa: PLC0415

    settings.CMS_PUBLIC_BASE_URL = live_server.url
    place = publish(make_place("Biblioteket"))

    write(as_person("editor"), committed_site.home, place)
    decide(as_person("approver"), TITLE)
    translate_at_the_desk(as_person("translator_ar"), TITLE, ARABIC)
    decide(as_person("reviewer_ar"), ARABIC[TITLE])

    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{live_server.url}/oppet-hus-pa-biblioteket/")
    expect(page.locator(".event")).to_contain_text("22 augusti 2026")
    page.locator("summary", has_text="Translate").click()
    page.get_by_role("link", name="العربية").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ARABIC[TITLE])
    expect(page.locator(".event dd[lang=sv]")).to_have_text("Biblioteket")
    assert page.locator("html").get_attribute("dir") == "rtl"
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert not page.evaluate(wide)
    assert axe(page) == []

"""What residents meet on pages of pledges: on a small screen, and without script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.e2e.test_resident import width_to_scroll
from tests.stages.stage import stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from tests.factories.site import Municipality

pytestmark = pytest.mark.usefixtures("pledge_pages_of_the_module", "site")

PAGES = (
    "loften/",
    "loften/2026/",
    "loften/2026/lampor/",
    "loften/2026/tertial-1/",
    "fokusomraden/",
    "fokusomraden/trygga-platser/",
)


@stage
def pledge_pages_of_the_module(site_of_the_module: Municipality) -> None:
    """A page of each kind, in Swedish and Finnish; Arabic readers get Swedish."""
    from tests.factories.pages import fresh, publish  # noqa: PLC0415
    from tests.factories.pledges import (  # noqa: PLC0415
        make_dialogue,
        make_focus_area,
        make_focus_index,
        make_official,
        make_promises,
        make_report,
        make_working_group,
    )
    from tests.factories.translations import translate  # noqa: PLC0415

    site = site_of_the_module
    group = publish(make_working_group("Arbetsgrupp platser"))
    areas = publish(make_focus_index(site.home))
    area = publish(
        make_focus_area(
            areas, "Trygga platser", slug="trygga-platser", working_group=group
        )
    )
    promises = make_promises(site.home, slug="2026")
    dialogue = publish(make_dialogue("Fem dialoger", what_we_cannot_do="Inte allt."))
    official = publish(make_official(phone="+46701740612", publish_contact=True))
    publish(
        promises.pledge,
        slug="lampor",
        focus_areas=[area],
        dialogues=[dialogue],
        contact_persons=[official],
    )
    reports = [
        make_report(promises, "Tertial 1 2026", slug="tertial-1"),
        make_report(promises, "Tertial 2 2026", slug="tertial-2"),
    ]
    publish(area, title="Trygga platser i hela kommunen")
    pages = (promises.index, promises.programme, promises.pledge, areas, area)
    for page in (*pages, *reports):
        translate(fresh(page), "fi", {"slug": page.slug})


@pytest.mark.parametrize("prefix", ["", "fi/", "ar/"])
def test_pages_of_pledges_are_accessible_and_fit_a_small_screen(
    live_server: Any,
    page: Page,
    axe: Callable[[Page], list[dict[str, Any]]],
    prefix: str,
):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    found = {}

    for path in PAGES:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            response = page.goto(f"{live_server.url}/{prefix}{path}")
            found[path, width] = (
                response.status if response else 0,
                axe(page),
                max(width_to_scroll(page), 0),
            )

    assert found == dict.fromkeys(found, (200, [], 0))
    assert [text for text in complaints if "Content Security Policy" in text] == []


def test_the_overview_is_narrowed_without_script(live_server: Any, browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/loften/")

    page.locator("#choose-focus").select_option(label="Trygga platser i hela kommunen")
    page.locator(".choice button").click()

    expect(page.locator(".cards .card")).to_have_count(1)
    assert page.url.partition("?")[2].startswith("focus=")
    context.close()

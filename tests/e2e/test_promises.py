"""We promised eight lit paths, two are done, the posts are late: told by a browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.e2e.test_story import decide, translate_at_the_desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.factories.pledges import Promises
    from tests.factories.site import Municipality

    LogIn = Callable[[str], Page]

REPORT = "Uppföljning tertial 1 2026"
SUMMARY = "Två av åtta gångvägar är upplysta. Stolparna till de andra är sena."
LAMPS = "Två gångvägar i Storvik har fått nya lampor."
REASON = "Leverantören skickar stolparna för sent."
PATROLS = "Polisen har gått till fots varje helg."
WALKS = "Sex vandringar är gjorda."
CAVEAT = "Siffrorna visar vad som har hänt, men inte om det beror på vårt arbete."
NEXT = "De andra sex gångvägarna blir klara i höst."
FINNISH = {
    REPORT: "Seuranta: tertiaali 1 2026",
    SUMMARY: "Kaksi kahdeksasta kävelytiestä on valaistu. Muut pylväät myöhästyvät.",
    LAMPS: "Kaksi kävelytietä Storvikissa on saanut uudet lamput.",
    REASON: "Toimittaja lähettää pylväät myöhässä.",
    PATROLS: "Poliisi on kulkenut jalan joka viikonloppu.",
    WALKS: "Kuusi kävelyä on tehty.",
    CAVEAT: "Luvut kertovat, mitä on tapahtunut, mutta eivät sitä, johtuuko se meistä.",
    NEXT: "Muut kuusi kävelytietä valmistuvat syksyllä.",
}
PLEDGE_IN_FINNISH = {
    "title": "Lisää valoa pimeisiin paikkoihin",
    "slug": "lisaa-valoa",
    "ingress": "Lupaamme valaista kahdeksan kävelytietä.",
    "Sätta upp lampor": "Pystyttää lamppuja",
    "gångvägar": "kävelytietä",
}


@pytest.fixture
def promises(site: Municipality) -> Promises:
    """Everything but the follow-up is public, in Swedish and Finnish."""
    from tests.factories.pledges import make_promises  # noqa: PLC0415
    from tests.factories.translations import translate  # noqa: PLC0415

    found = make_promises(site.home)
    translate(found.index, "fi", {"slug": "lupaukset"})
    translate(found.programme, "fi", {"slug": "2026"})
    translate(found.pledge, "fi", PLEDGE_IN_FINNISH)
    return found


def write_the_follow_up(page: Page, promises: Promises) -> None:
    """Fill in the form, which has every activity, and send it to review."""
    page.goto(f"/admin/pages/add/pledges/followup/{promises.programme.pk}/")
    expect(page.locator("#id_title")).to_have_value(REPORT)
    page.locator("#id_ingress").fill(SUMMARY)
    told = [
        ("delayed", "2", LAMPS, REASON),
        ("recurring", "", PATROLS, ""),
        ("ongoing", "6", WALKS, ""),
    ]
    for number, (status, value, text, reason) in enumerate(told):
        row = f"lines-{number}"
        page.locator(f"#id_{row}-status_after").select_option(status)
        page.locator(f"#id_{row}-value").fill(value)
        page.locator(f"#id_{row}-text").fill(text)
        page.locator(f"#id_{row}-reason").fill(reason)
    page.locator("#id_next_steps").fill(NEXT)
    for party in (promises.municipality, promises.police):
        page.locator(f"[name=approved_by_parties][value='{party.pk}']").check()
    submit = page.locator("button[name=action-submit]").first
    if not submit.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    submit.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def lamps_in(page: Page, title: str) -> Any:
    return page.locator(".activity", has=page.get_by_role("heading", name=title)).first


def test_what_the_officer_writes_reaches_a_resident_in_finnish(
    site: Municipality, promises: Promises, live_server: Any, as_person: LogIn,
    page: Page,
):  # fmt: skip
    pledge = f"{live_server.url}{promises.pledge.public_path()}"

    write_the_follow_up(as_person("editor"), promises)
    page.goto(pledge)
    expect(page.get_by_text(REASON)).to_have_count(0)
    decide(as_person("approver"), REPORT)
    page.goto(pledge)
    expect(page.get_by_text(REASON).first).to_be_visible()

    translate_at_the_desk(as_person("translator_fi"), REPORT, FINNISH)
    decide(as_person("reviewer_fi"), FINNISH[REPORT])

    page.goto(pledge)
    page.locator("summary", has_text="Translate").click()
    page.get_by_role("link", name="Suomi").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        PLEDGE_IN_FINNISH["title"]
    )
    lamps = lamps_in(page, PLEDGE_IN_FINNISH["Sätta upp lampor"])
    figures = lamps.locator(".figures__pair dd")
    expect(figures.nth(0)).to_contain_text("8")
    expect(figures.nth(1)).to_contain_text("2")
    expect(figures.nth(1)).to_contain_text("kävelytietä")
    expect(lamps.get_by_text(FINNISH[LAMPS])).to_be_visible()
    expect(lamps.get_by_text(FINNISH[REASON])).to_be_visible()

    page.get_by_role("link", name=FINNISH[REPORT]).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FINNISH[REPORT])
    expect(page.get_by_text(FINNISH[SUMMARY])).to_be_visible()
    expect(page.get_by_text(FINNISH[NEXT])).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "fi"

"""Two reviewers in a browser: what nobody translated, and a clock that nobody set."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.factories.site import Municipality

    LogIn = Callable[[str], Page]

FREE = "Bussen är gratis."
NOT_FREE = "Bussen kostar 30 kronor."
FINNISH_FREE = "Bussi on ilmainen."
FINNISH_NOT_FREE = "Bussi maksaa 30 kruunua."
WIDTHS = (1280, 320)


def pictured(page: Page, name: str, folder: Path) -> None:
    """Nothing is cut off or wider than a small screen."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


def submit_at_the_desk(page: Page) -> None:
    page.get_by_role("button", name="Skicka till granskning").click()


def open_at_the_desk(page: Page) -> Locator:
    """Open the page about buses; return the text about what they cost."""
    page.goto("/admin/desk/?language=fi")
    row = page.get_by_role("row", name=re.compile("Bussar"))
    row.get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/admin/desk/\d+/"))
    return page.locator(".desk-segment", has_text=NOT_FREE).first


def saved(segment: Locator) -> None:
    segment.get_by_role("textbox").press("Tab")
    expect(segment.locator("[data-saving]")).to_contain_text("Sparat", timeout=15_000)


def open_review(page: Page) -> None:
    page.goto("/admin/review/")
    page.get_by_role("link", name="Bussit").first.click()


def takes_the_old_words_over(page: Page, folder: Path) -> None:
    """The desk asks why before it sends them in."""
    segment = open_at_the_desk(page)
    segment.get_by_role("button", name="Använd den tidigare översättningen").click()
    saved(segment)
    submit_at_the_desk(page)
    expect(page.get_by_text("svenskan har ändrats").first).to_be_visible()
    page.locator("#override_reason").fill("Det är samma sak.")
    pictured(page, "desk", folder)
    submit_at_the_desk(page)
    page.wait_for_url("**/admin/desk/")


def sees_it_and_sends_it_back(page: Page, folder: Path) -> None:
    open_review(page)
    kept = page.locator("#kept")
    for text in ("Det är samma sak.", NOT_FREE, FINNISH_FREE):
        expect(kept).to_contain_text(text)
    pictured(page, "kept", folder)
    page.get_by_label("Din kommentar").fill("Bussen är inte gratis längre.")
    page.get_by_role("button", name="Skicka tillbaka").click()
    page.wait_for_url("**/admin/review/")


def mends_it(page: Page) -> None:
    segment = open_at_the_desk(page)
    segment.get_by_role("textbox").fill(FINNISH_NOT_FREE)
    saved(segment)
    submit_at_the_desk(page)
    page.wait_for_url("**/admin/desk/")


def approves_what_has_changed(page: Page, folder: Path) -> None:
    open_review(page)
    since = page.locator("section", has_text="Sedan texten skickades tillbaka").first
    for text in ("Bussen är inte gratis längre.", "Ändrat sedan dess:"):
        expect(since).to_contain_text(text)
    expect(page.locator("#kept")).to_have_count(0)
    pictured(page, "since", folder)
    page.get_by_role("button", name="Godkänn och publicera").click()
    page.wait_for_url("**/admin/review/")


def test_changed_meaning_that_nobody_translated_is_caught(
    site: Municipality, live_server: Any, as_person: LogIn, page: Page, tmp_path: Path
):
    from tests.factories.pages import publish  # noqa: PLC0415
    from tests.factories.translations import translate  # noqa: PLC0415

    article = site.live_article(title="Bussar", ingress=FREE)
    finnish = translate(article, "fi", {"title": "Bussit", "ingress": FINNISH_FREE})
    publish(article, ingress=NOT_FREE)
    translator, reviewer = as_person("translator_fi"), as_person("reviewer_fi")

    takes_the_old_words_over(translator, tmp_path)
    sees_it_and_sends_it_back(reviewer, tmp_path)
    mends_it(translator)
    approves_what_has_changed(reviewer, tmp_path)

    page.goto(f"{live_server.url}{finnish.public_path()}")
    expect(page.get_by_text(FINNISH_NOT_FREE)).to_be_visible()


def test_editors_clock_is_seen_and_refused(
    site: Municipality, live_server: Any, as_person: LogIn, page: Page, tmp_path: Path
):
    from tests.factories.pages import submit  # noqa: PLC0415

    later = timezone.localtime() + timedelta(days=40)
    article = site.article(title="Vägen stängs", slug="vagen-stangs")
    submit(article, go_live_at=later, expire_at=later + timedelta(days=1))

    approver = as_person("approver")
    approver.get_by_role("link", name="Att granska").first.click()
    approver.get_by_role("link", name="Vägen stängs").first.click()
    clock = approver.locator("#clock")
    expect(clock).to_contain_text("Skribenten föreslår när.")
    expect(clock).to_contain_text(f"{later:%H.%M}")
    expect(clock).to_contain_text("Svensk tid.")
    pictured(approver, "clock", tmp_path)
    approver.locator("#id_go_live_at").fill("")
    approver.locator("#id_expire_at").fill("")
    approver.get_by_role("button", name="Godkänn och publicera").click()
    approver.wait_for_url("**/admin/review/")
    expect(approver.get_by_text("är godkänd och publicerad").first).to_be_visible()

    assert page.goto(f"{live_server.url}/nyheter/vagen-stangs/").status == 200

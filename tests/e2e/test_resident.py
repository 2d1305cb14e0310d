"""What residents meet: by keyboard, without script, on a small screen, in Arabic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.stages.stage import stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from tests.factories.site import Municipality

pytestmark = pytest.mark.usefixtures("article_of_the_module", "site")

FINNISH = {
    "title": "Uusia lamppuja kahteen paikkaan",
    "ingress": "Tänä vuonna kaksi pimeää paikkaa saa valot.",
    "slug": "uusia-lamppuja",
}
ARABIC = {
    "title": "مصابيح جديدة في مكانين",
    "ingress": "سيحصل مكانان مظلمان على الإنارة هذا العام.",
    "slug": "مصابيح-جديدة",
}
SWEDISH = {
    "title": "Nya lampor på två platser",
    "slug": "nya-lampor",
    "ingress": "I år får två mörka platser ljus.",
}


@stage
def article_of_the_module(site_of_the_module: Municipality) -> None:
    """An article in Swedish, Finnish and Arabic; nobody has translated it to Somali."""
    from tests.factories.translations import translate  # noqa: PLC0415

    body = [
        ("heading", {"level": "2", "text": "Var"}),
        ("paragraph", "<p>Vid <b>stationen</b> och längs ån, 026-24 00 00.</p>"),
        ("list", {"ordered": False, "items": ["<p>stationen</p>", "<p>ån</p>"]}),
        (
            "quote",
            {"text": "Det blir ljusare.", "name": "Jonas Ek",
             "title": "samordnare", "organisation": "Kommunen", "approved": True},
        ),
        ("facts", {"heading": "Fakta", "text": "<p>Lamporna är snåla.</p>"}),
        (
            "callout",
            {"tone": "warning", "heading": "Tänk på", "text": "<p>Gropar.</p>"},
        ),
    ]  # fmt: skip
    site = site_of_the_module
    article = site.live_article(**SWEDISH, body=body, contact_block=site.contact)
    translate(site.contact, "fi")
    translate(article, "fi", FINNISH)
    translate(article, "ar", ARABIC)


def width_to_scroll(page: Page) -> int:
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def test_translate_takes_a_reader_to_the_same_page_by_keyboard_alone(
    live_server: Any, page: Page
):
    page.goto(f"{live_server.url}/nyheter/nya-lampor/")

    for _tab in range(10):
        page.keyboard.press("Tab")
        if "Translate" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    finnish = page.get_by_role("link", name="Suomi").first
    expect(finnish).to_be_visible()
    finnish.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(FINNISH["title"])
    assert page.url.endswith("/fi/nyheter/uusia-lamppuja/")
    assert page.locator("html").get_attribute("lang") == "fi"
    expect(page.get_by_text("Kääntäjän kääntämä")).to_be_visible()


def test_a_language_that_nobody_translated_into_shows_swedish_and_says_so(
    live_server: Any, page: Page
):
    page.goto(f"{live_server.url}/so/nyheter/nya-lampor/")

    assert page.locator("html").get_attribute("lang") == "so"
    assert page.locator("main").get_attribute("lang") == "sv"
    expect(page.get_by_text("Boggan weli laguma turjumin af Soomaali.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(SWEDISH["title"])


def test_everything_works_without_script(live_server: Any, browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/nyheter/nya-lampor/")

    page.locator("summary", has_text="Translate").click()
    page.get_by_role("link", name="العربية").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(ARABIC["title"])
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert context.cookies() == []
    context.close()


PATHS = (
    "/",
    "/nyheter/",
    "/nyheter/nya-lampor/",
    "/fi/nyheter/uusia-lamppuja/",
    "/ar/nyheter/مصابيح-جديدة/",
    "/so/nyheter/nya-lampor/",
    "/fi/finns-inte/",
)


def test_pages_are_accessible_and_fit_a_small_screen(
    live_server: Any,
    page: Page,
    axe: Callable[[Page], list[dict[str, Any]]],
):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    found = {}

    for path in PATHS:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{live_server.url}{path}")
            found[path, width] = (axe(page), max(width_to_scroll(page), 0))

    assert found == dict.fromkeys(found, ([], 0))
    assert [text for text in complaints if "Content Security Policy" in text] == []

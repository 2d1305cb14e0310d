"""From a draft to a resident's language: the whole line, in a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.factories.site import Municipality

    LogIn = Callable[[str], Page]

TITLE = "Nya bänkar längs ån"
WEB_PAGE = f"""\
Translate

Telefon
Växel: 026-24 00 00

{TITLE}

I vår får promenaden längs ån 12 nya bänkar.

Bänkarna kommer i mars. De står tätast där många går.

Sidan uppdaterad: 2024-03-01 08.30
Rapportera fel på sidan: kontakt@example.org
"""
FINNISH = {
    TITLE: "Uusia penkkejä joen varteen",
    "I vår får promenaden längs ån 12 nya bänkar.": (
        "Keväällä jokirantaan tulee 12 uutta penkkiä."
    ),
    "Bänkarna kommer i mars. De står tätast där många går.": (
        "Penkit tulevat maaliskuussa. Eniten niitä on siellä, missä moni kulkee."
    ),
}
ARABIC = {
    TITLE: "مقاعد جديدة على ضفة النهر",
    "I vår får promenaden längs ån 12 nya bänkar.": (
        "في الربيع ستُوضع 12 مقاعد جديدة على ممشى النهر."
    ),
    "Bänkarna kommer i mars. De står tätast där många går.": (
        "ستصل المقاعد في مارس، وستكون أكثر حيث يمشي كثيرون."
    ),
}
OUTDATED = "Ruotsinkielistä sivua on muutettu käännöksen jälkeen."


def bring_in(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(WEB_PAGE, encoding="utf-8")
    call_command("import_article", str(file))


def submit_in_the_editor(page: Page, title: str) -> None:
    """Open the draft in Wagtail's editor and send it to review."""
    from articles.models import ArticlePage  # noqa: PLC0415

    draft = ArticlePage.objects.get(title=title, locale__language_code="sv")
    page.goto(f"/admin/pages/{draft.pk}/edit/")
    expect(page.locator("#id_title")).to_have_value(title)
    submit = page.locator("button[name=action-submit]").first
    if not submit.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    submit.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def decide(page: Page, title: str) -> None:
    """Open what waits in the list, read it, approve it."""
    page.get_by_role("link", name="Att granska").first.click()
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("button", name="Godkänn och publicera").click()
    page.wait_for_url("**/admin/review/")


def translate_at_the_desk(page: Page, title: str, texts: dict[str, str]) -> None:
    """Start in the list, write every segment, send it to review."""
    page.get_by_role("link", name="Översättningar").first.click()
    row = page.get_by_role("row", name=re.compile(re.escape(title)))
    row.get_by_role("button", name="Starta översättning").click()
    page.wait_for_url(re.compile(r"/admin/desk/\d+/"))
    for swedish, text in texts.items():
        segment = page.locator(".desk-segment", has_text=swedish).first
        box = segment.get_by_role("textbox")
        box.fill(text)
        box.press("Tab")
        expect(segment.locator("[data-saving]")).to_contain_text(
            "Sparat", timeout=15_000
        )
    page.get_by_role("button", name="Skicka till granskning").click()
    expect(page.get_by_text("granskning").first).to_be_visible()


def test_from_a_draft_to_a_residents_language(
    site: Municipality, live_server: Any, as_person: LogIn, page: Page, tmp_path: Path
):
    bring_in(tmp_path)
    address = f"{live_server.url}/nyheter/nya-bankar-langs-an/"

    submit_in_the_editor(as_person("editor"), TITLE)
    assert page.goto(address).status == 404
    decide(as_person("approver"), TITLE)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)

    translate_at_the_desk(as_person("translator_fi"), TITLE, FINNISH)
    decide(as_person("reviewer_fi"), FINNISH[TITLE])
    translate_at_the_desk(as_person("translator_ar"), TITLE, ARABIC)
    decide(as_person("reviewer_ar"), ARABIC[TITLE])

    for autonym, texts, direction in (
        ("Suomi", FINNISH, "ltr"),
        ("العربية", ARABIC, "rtl"),
    ):
        page.goto(address)
        page.locator("summary", has_text="Translate").click()
        page.get_by_role("link", name=autonym).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(texts[TITLE])
        assert page.locator("html").get_attribute("dir") == direction
    expect(page.get_by_text("ترجمها مترجم")).to_be_visible()


def test_a_change_in_swedish_is_told_in_finnish_by_what_it_means(
    site: Municipality, live_server: Any, page: Page
):
    from tests.factories.pages import publish  # noqa: PLC0415
    from tests.factories.translations import translate  # noqa: PLC0415

    article = site.live_article(slug="lampor", ingress="23 lampor byts.")
    finnish = translate(article, "fi")
    address = f"{live_server.url}{finnish.public_path()}"

    publish(article, significance="wording", ingress="23 lampor ska bytas.")
    page.goto(address)
    expect(page.get_by_text(OUTDATED)).to_have_count(0)

    publish(article, significance="content", ingress="24 lampor ska bytas.")
    page.goto(address)
    expect(page.get_by_text(OUTDATED)).to_be_visible()


def test_what_is_withdrawn_in_swedish_is_gone_in_every_language(
    site: Municipality, live_server: Any, as_person: LogIn, page: Page
):
    from tests.factories.translations import translate  # noqa: PLC0415

    article = site.live_article(slug="lampor")
    finnish = translate(article, "fi")
    approver = as_person("approver")

    approver.goto(f"/admin/pages/{article.pk}/unpublish/")
    approver.locator(
        "main form button[type=submit], main form input[type=submit]"
    ).first.click()
    approver.wait_for_url(re.compile(r"/admin/pages/"))

    told = {
        "/nyheter/lampor/": "Sidan har tagits bort",
        finnish.public_path(): "",
        "/ar/nyheter/lampor/": "",
        "/so/nyheter/lampor/": "",
    }
    for path in told:
        response = page.goto(f"{live_server.url}{path}")
        assert response.status == 410, path
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "so"

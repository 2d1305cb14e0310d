"""Reading an article from plain text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from articles.importing import read_article
from articles.importing.model import Place
from tests.articles.accounting import (
    DATA,
    STRUCTURAL,
    codes,
    entered,
    read,
    shown,
    words,
)

NORRBY = (DATA / "norrby.txt").read_text(encoding="utf-8")
REPOSITORY = Path(__file__).resolve().parents[2]
REAL_PAGE = REPOSITORY.parent / "shared" / "input" / "sandviken-2018-02-02.txt"

BUNCHED = """\
Startsida > Nyheter
Ny lekplats i Norrby
Kommunen bygger en ny lekplats vid ån i sommar.
Lekplatsen blir klar i juni.
Telefon 0980-31 92 00
E-post info@norrby.example
Uppdaterad: 2024-05-06
"""
SCATTERED = """\
Okänd rad

En till

Rubriken

Första stycket är en mening.

* ett
* två

Sista raden
"""


@pytest.fixture(scope="module")
def norrby():
    return read(NORRBY)


def test_title_and_lead_follow_the_furniture(norrby):
    assert norrby.title == "Tryggare skolvägar i Norrby"
    assert norrby.ingress.startswith("Norrby kommun bygger om tre övergångsställen & ")


def test_blocks_keep_the_order_of_the_page(norrby):
    assert [block["type"] for block in norrby.body] == [
        "paragraph", "heading", "paragraph", "list", "quote", "paragraph", "paragraph",
        "quote", "paragraph", "heading", "list", "table", "link_list",
    ]  # fmt: skip


def test_wrapped_lines_are_one_escaped_paragraph(norrby):
    html = norrby.body[0]["html"]

    assert "går det att ta sig" in html
    assert "vanligt på Skolgatan. &lt;3 till alla" in html


def test_a_heading_is_found_without_a_blank_line_after_it(norrby):
    headings = [block for block in norrby.body if block["type"] == "heading"]

    assert [block["text"] for block in headings] == [
        "Tre platser byggs om",
        "Så påverkas trafiken",
    ]
    assert {block["level"] for block in headings} == {2}


def test_lists_know_whether_they_are_numbered(norrby):
    lists = [block for block in norrby.body if block["type"] == "list"]

    assert lists[0]["items"][1] == "Älvgatan vid biblioteket, där bussarna stannar"
    assert [block["ordered"] for block in lists] == [False, True]


def test_links_have_an_address_or_are_unresolved(norrby):
    links = norrby.body[-1]["links"]

    assert [link["kind"] for link in links] == ["unresolved", "external", "external"]
    assert [link["text"] for link in links] == [
        "Karta över skolvägarna",
        "Trafikverkets råd om skolvägar",
        "Polisen i Norrby",
    ]
    assert links[2]["url"] == "https://www.polisen.example/norrby"


def test_facts_of_the_page_are_read(norrby):
    assert norrby.page_updated.isoformat() == "2024-03-04T09:05:00+01:00"
    assert norrby.page_published.isoformat() == "2024-03-01T00:00:00+01:00"
    assert norrby.report_email == "webb@norrby.example"


def test_furniture_is_dropped_and_the_rest_is_listed(norrby):
    assert [line.text for line in norrby.dropped] == [
        "Hoppa till innehållet",
        "Vi använder kakor för att webbplatsen ska fungera bra.",
        "Godkänn alla",
        "Meny",
        "Lyssna",
        "Translate",
        "Startsida / Nyheter / Tryggare skolvägar i Norrby",
        "Skriv ut",
    ]
    assert [line.code for line in norrby.unplaced] == ["image_caption", "page_owner"]


@pytest.mark.parametrize("text", [NORRBY, BUNCHED, SCATTERED])
def test_every_word_is_accounted_for_once(text):
    article = read(text)

    assert entered(article) == words(text)
    assert not entered(article, Place.BODY) - shown(article) - STRUCTURAL
    assert not shown(article) - entered(article, Place.BODY) - words("https")
    assert entered(article, Place.TITLE) == words(article.title)
    assert entered(article, Place.INGRESS) == words(article.ingress)


def test_lines_without_blanks_between_are_told_apart():
    article = read(BUNCHED)

    assert article.title == "Ny lekplats i Norrby"
    assert article.ingress.startswith("Kommunen bygger")
    assert article.contact.email == "info@norrby.example"
    assert [block["html"] for block in article.body] == [
        "<p>Lekplatsen blir klar i juni.</p>"
    ]


def test_what_has_no_place_is_listed_with_a_reason():
    article = read(SCATTERED)

    assert [(line.text, line.code) for line in article.unplaced] == [
        ("Okänd rad", "before_title"),
        ("En till", "before_title"),
        ("Sista raden", "after_text"),
    ]
    assert all(line.reason for line in article.unplaced)


def test_a_word_of_the_menu_may_be_a_heading_in_the_text():
    article = read("Skolmat\n\nSå äter vi i skolan.\n\nNyheter\n\nNu blir det fisk.")

    assert article.body[0] == {"type": "heading", "level": 2, "text": "Nyheter"}


def test_several_dashes_are_a_list_and_a_number_alone_is_text():
    article = read("Rubrik\n\nIngressen.\n\n– äpplen\n– päron\n\n3. maj är dagen.")

    assert article.body[0]["items"] == ["äpplen", "päron"]
    assert article.body[1]["html"] == "<p>3. maj är dagen.</p>"


def test_a_hyphen_at_the_end_of_a_line_is_kept_and_told_of():
    article = read(
        "Rubrik\n\nIngressen.\n\n"
        "Kommunen och polisen har länge samverkat i det brotts-\n"
        "förebyggande arbetet."
    )

    assert "brotts-förebyggande" in article.body[0]["html"]
    assert "hyphen" in codes(article)


def test_a_page_without_links_keeps_its_heading():
    article = read("Rubrik\n\nIngressen.\n\nMer information\n\nRing oss gärna i dag.")

    assert [block["type"] for block in article.body] == ["heading", "paragraph"]


def test_a_heading_after_the_links_is_no_link():
    article = read(
        "Rubrik\n\nIngressen.\n\nLäs mer\n\nEn länk\n\nNy rubrik\n\nMer text här."
    )

    assert [block["type"] for block in article.body] == [
        "link_list", "heading", "paragraph",
    ]  # fmt: skip


def test_long_titles_and_leads_are_told_of():
    article = read(f"{'Lång ' * 19}rubrik\n\n{'En lång ingress. ' * 30}")

    assert {"title_long", "ingress_long"} <= codes(article)


def test_no_break_spaces_stay_only_in_numbers():
    article = read(
        "Rubrik\n\nIngress\u00a0här.\n\nDet kostar 5\u00a0000\u00a0kr.\u00a0"
    )

    assert article.ingress == "Ingress här."
    assert article.body[0]["html"] == "<p>Det kostar 5\u00a0000\u00a0kr.</p>"


@pytest.mark.skipif(not REAL_PAGE.exists(), reason="the real page is not here")
def test_the_real_page_becomes_an_article():
    article = read_article(REAL_PAGE.read_bytes(), filename=REAL_PAGE.name)

    stockholm = dt.timezone(dt.timedelta(hours=1))
    headings = [block["text"] for block in article.body if block["type"] == "heading"]
    assert article.title == "Fortsatt samarbete med Polisen för ett tryggare Sandviken"
    assert article.ingress.startswith("De tre områden som står i fokus")
    assert headings == [
        "Medborgarlöften om trafik och obelysta platser",
        "Tre fokusområden",
    ]
    assert article.contact.phones[0]["e164"] == "+4626240000"
    assert article.page_updated == dt.datetime(2018, 2, 2, 15, 59, tzinfo=stockholm)
    assert [
        link["text"]
        for block in article.body
        if block["type"] == "link_list"
        for link in block["links"]
        if link["kind"] == "unresolved"
    ] == ["Medborgarlöften i Sandvikens kommun"]
    assert article.unplaced == ()
    assert [line.text for line in article.dropped] == ["Translate"]
    assert "quote" not in {block["type"] for block in article.body}
    assert entered(article) == words(REAL_PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Startsida / Nyheter", "breadcrumb"),
        ("Norrby › Trafik › Vägar", "breadcrumb"),
        ("Den här webbplatsen använder kakor.", "cookies"),
        ("TRANSLATE", "interface"),
        ("/", "separator"),
    ],
)
def test_furniture_is_known_anywhere(line, code):
    article = read(f"Rubrik\n\nIngressen.\n\n{line}\n\nMer text här.")

    assert [left.code for left in article.dropped] == [code]


@pytest.mark.parametrize(
    "line",
    ["Han sa »ja» nej och kanske", "Räkna 1 > 0 i skolan.", "Vi delar lika"],
)
def test_text_that_resembles_furniture_stays(line):
    article = read(f"Rubrik\n\nIngressen.\n\n{line}\n\nMer text här.")

    assert article.dropped == ()

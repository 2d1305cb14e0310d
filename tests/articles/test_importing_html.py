"""Reading an article from HTML."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from articles.importing import UnreadableFile
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

NORRBY = (DATA / "norrby.html").read_text(encoding="utf-8")
FRAGMENT = """\
<h2>En nyhet</h2>
<div>Lös text som är ingress.<p>Ett <span>stycke <b>med</b></span> fetstil.</p>
<p>oavslutat <p>mera<ul><li>ett<li>två</ul>
<p>– Ja, säger Eva Ek, rektor.<br>Rad två
"""
UNMARKED = """\
<html><body>
<header><p>Norrby kommun</p></header>
<div><h1>Rubrik</h1><p>Ingress.</p><p>Text &lt;b&gt; &amp; mer.</p>
<dl><dt>Plats</dt><dd>Ån</dd></dl></div>
<footer>Telefon: 0980-31 92 00<br>Box 1</footer>
</body></html>
"""


@pytest.fixture(scope="module")
def norrby():
    return read(NORRBY, "norrby.html")


def body_of(html: str) -> list[dict]:
    page = f"<main><h1>Rubrik</h1><p>Ingress.</p>{html}</main>"
    return list(read(page, "page.html").body)


def test_title_and_lead_are_plain_text(norrby):
    assert norrby.title == "Tryggare skolvägar"
    assert norrby.ingress == (
        "Norrby bygger om tre övergångsställen & sänker farten. <3"
    )


def test_paragraphs_keep_links_and_emphasis_and_nothing_else(norrby):
    assert norrby.body[0]["html"] == (
        "<p>Arbetet <strong>börjar </strong><strong><em>i april</em></strong> och tar "
        'fem veckor. Läs om <a href="https://www.norrby.example/trafik">trafiken</a>, '
        'skriv till <a href="mailto:trafik@norrby.example">oss</a> eller klicka.</p>'
    )
    assert "link_removed" in codes(norrby)


def test_blocks_keep_the_order_of_the_page(norrby):
    assert [block["type"] for block in norrby.body] == [
        "paragraph", "quote", "paragraph", "heading", "list", "list", "quote",
        "paragraph", "table", "link_list",
    ]  # fmt: skip


def test_quotes_are_lifted_out_only_when_that_loses_no_markup(norrby):
    quotes = [block for block in norrby.body if block["type"] == "quote"]

    assert [quote["name"] for quote in quotes] == ["Maja Lindfors", "Eva Ek"]
    assert quotes[1]["organisation"] == "Väg & Gata"
    assert "<em>måste</em>" in norrby.body[2]["html"]
    assert {"possible_quote", "quote_without_name"} <= codes(norrby)


def test_lists_in_lists_are_made_one_and_told_of(norrby):
    assert norrby.body[4]["items"] == [
        "Först <strong>gräver</strong> vi",
        "på Skolgatan",
        "Sedan målar vi",
    ]
    assert norrby.body[5]["ordered"]
    assert "nested_list" in codes(norrby)


def test_tables_keep_their_headers(norrby):
    table = norrby.body[8]

    assert table["caption"] == "Veckor"
    assert table["header_row"]
    assert table["header_column"]
    assert table["rows"] == [["Gata", "Vecka"], ["Skolgatan", "16"], ["Älvgatan", "20"]]


def test_links_within_the_site_are_unresolved_with_their_address(norrby):
    assert norrby.body[-1]["links"] == [
        {"kind": "unresolved", "text": "Karta över skolvägar", "href": "/skola/vagar"},
        {
            "kind": "external",
            "url": "https://trafik.example/rad.pdf",
            "text": "Råd om skolvägar (pdf, 1 MB)",
            "language": "",
        },
    ]


def test_contact_and_date_are_found_beside_the_text(norrby):
    assert norrby.contact.email == "kundtjanst@norrby.example"
    assert norrby.contact.visiting["building"] == "Kommunhuset"
    assert norrby.contact.visiting["street"] == "Älvgatan 4"
    assert norrby.page_updated.isoformat() == "2024-07-04T09:05:00+02:00"


def test_media_and_what_stands_beside_are_listed(norrby):
    assert [line.code for line in norrby.unplaced] == [
        "image", "image", "image_caption", "embed", "aside", "aside",
    ]  # fmt: skip
    assert norrby.unplaced[0].text == "<img> Barn vid en skola – /bilder/skola.jpg"


def test_the_frame_of_the_page_is_dropped(norrby):
    assert {line.code for line in norrby.dropped} == {
        "head", "script", "cookies", "navigation", "form", "comment", "interface",
        "hidden", "outside",
    }  # fmt: skip


@pytest.mark.parametrize("html", [NORRBY, FRAGMENT, UNMARKED])
def test_every_word_is_accounted_for_once(html):
    article = read(html, "page.html")
    soup = BeautifulSoup(html.replace("&shy;", ""), "html.parser")
    text = words(*soup.find_all(string=True)[1 if soup.html else 0 :])
    attributes = words(*(line.text for line in article.unplaced if "<" in line.text))
    code = words("style", "script")

    missing = words(soup.get_text(" ")) - entered(article)
    added = entered(article) - text - attributes - code
    assert not missing
    assert not added
    assert not entered(article, Place.BODY) - shown(article) - STRUCTURAL


def test_broken_html_is_read_like_a_browser_would():
    article = read(FRAGMENT, "fragment.html")

    assert article.title == "En nyhet"
    assert article.ingress == "Lös text som är ingress."
    assert [block.get("html") or block["items"] for block in article.body] == [
        "<p>Ett stycke <strong>med</strong> fetstil.</p>",
        "<p>oavslutat</p>",
        "<p>mera</p>",
        ["ett", "två"],
        "<p>– Ja, säger Eva Ek, rektor.<br>Rad två</p>",
    ]


def test_a_page_without_marked_content_loses_its_frame():
    article = read(UNMARKED, "page.html")

    assert article.title == "Rubrik"
    assert [block["html"] for block in article.body] == [
        "<p>Text &lt;b&gt; &amp; mer.</p>",
        "<p>Plats<br>Ån</p>",
    ]
    assert article.contact.phones[0]["e164"] == "+46980319200"
    assert [line.text for line in article.dropped] == ["Norrby kommun", "Box 1"]


def test_heading_levels_never_jump():
    body = body_of("<h4>A</h4><p>x.</p><h4>B</h4><p>y.</p><h1>C</h1><p>z.</p>")

    assert [b["level"] for b in body if b["type"] == "heading"] == [2, 3, 2]


def test_the_title_may_come_from_the_technical_head():
    article = read(
        "<html><head><title>Nyheten – Norrby kommun</title></head>"
        "<body><p>Ingress här.</p><p>Text.</p></body></html>"
    )

    assert article.title == "Nyheten"
    assert article.ingress == "Ingress här."
    assert "title_from_head" in codes(article)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//polisen.example",
        "http://[::1",
        'https://x.example/" onclick="x',
        "cms:00000000-0000-0000-0000-000000000000",
    ],
)
def test_dangerous_or_unfinished_addresses_are_not_kept(href):
    quoted = href.replace('"', "&quot;")

    [paragraph] = body_of(f'<p>Se <a href="{quoted}">den här</a> sidan nu.</p>')

    assert paragraph["html"] == "<p>Se den här sidan nu.</p>"


def test_markup_cannot_be_smuggled_in():
    [paragraph] = body_of(
        "<p><scr<script>x</script>ipt>&lt;script&gt;alert(1)&lt;/script&gt;"
        "<svg onload=x><b onmouseover=x>fet</b></svg><b style=x>text</b></p>"
    )

    assert paragraph["html"] == (
        "<p>xipt&gt;&lt;script&gt;alert(1)&lt;/script&gt;<strong>text</strong></p>"
    )


def test_soft_hyphens_written_as_entities_are_removed():
    article = read("<h1>Kommun&shy;fullmäktige</h1><p>Ing&#8203;ress.</p>")

    assert article.title == "Kommunfullmäktige"
    assert article.ingress == "Ingress."
    assert "controls_removed" in codes(article)


def test_a_tag_that_never_ends_is_text():
    article = read("<h1>Rubrik</h1><p>Ingress.</p><p>Priset är <50 kr <a href=")

    assert article.body[0]["html"] == "<p>Priset är &lt;50 kr &lt;a href=</p>"


def test_a_page_too_deep_or_without_words_is_refused():
    with pytest.raises(UnreadableFile) as deep:
        read("<div>" * 300 + "x")
    with pytest.raises(UnreadableFile) as empty:
        read("<html><body><script>x</script></body></html>")

    assert deep.value.code == "too_deep"
    assert empty.value.code == "empty"


def test_html_in_a_text_file_is_told_of():
    assert "html_in_text" in codes(read("<p>Text.</p>", "page.txt"))


def test_text_in_an_html_file_is_text():
    article = read("Rubrik\n\nIngress med 1 < 2 & 3 > 2.", "page.html")

    assert article.ingress == "Ingress med 1 < 2 & 3 > 2."

"""From an editor's rich text to the HTML of a document."""

from __future__ import annotations

import pytest

from cms.core.rich_text import clean, document_html, inline_html
from tests.factories.files import make_file


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ""),
        ("<p>Hej <b>du</b> och <i>ni</i></p>", "<p>Hej <strong>du</strong> och <em>ni</em></p>"),
        ("<p>a<br/>b</p>", "<p>a<br>b</p>"),
        ("<h2>Rubrik</h2>", "Rubrik"),
        ("<p onclick='x()' style='color:red' class='a'>a</p>", "<p>a</p>"),
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ("<p>1 < 2 & 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="https://example.org/" target="_blank">x</a>', '<a href="https://example.org/">x</a>'),
        ('<a href="tel:+4626240000">x</a>', '<a href="tel:+4626240000">x</a>'),
        ("<p>مرحبا</p>", "<p>مرحبا</p>"),
    ],
)  # fmt: skip
def test_only_what_a_document_may_hold_remains(source, expected):
    assert document_html(source) == expected


@pytest.mark.parametrize("href", ["cms:x", " CMS:x", "cms:12345678-1234-1234"])
def test_nobody_types_an_internal_address(href):
    """Or a reader would get a link that leads nowhere."""
    assert document_html(f'<p><a href="{href}">ord</a></p>') == "<p>ord</p>"


def test_link_to_a_page_names_its_key(site):
    source = f'<a linktype="page" id="{site.index.pk}">nyheter</a>'

    expected = f'<a href="cms:{site.index.translation_key}">nyheter</a>'
    assert document_html(source) == expected


def test_link_to_a_document_is_its_address(site):
    document = make_file()
    source = f'<a linktype="document" id="{document.pk}">planen</a>'

    assert document_html(source) == f'<a href="{document.public_address}">planen</a>'


@pytest.mark.parametrize("kind", ["page", "document"])
def test_link_to_what_was_deleted_leaves_its_words(site, kind):
    assert document_html(f'<p>a <a linktype="{kind}" id="0">b</a></p>') == "<p>a b</p>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>En</p>", "En"),
        ("<p>En</p><p>Två</p>", "En<br>Två"),
        ("<p>En <b>sak</b></p>", "En <strong>sak</strong>"),
        ("En", "En"),
    ],
)
def test_item_of_a_list_has_no_paragraph_around_it(source, expected):
    assert inline_html(source) == expected


def test_cleaning_twice_changes_nothing():
    once = clean('<p><a href="/a?b=1&amp;c=2">x</a> &lt;b&gt;<u>y</u></p>')

    assert clean(once) == once

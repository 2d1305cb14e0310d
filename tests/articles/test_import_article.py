"""Bringing in the text of a web page: a draft, and a word about every line of it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

if TYPE_CHECKING:
    from tests.factories.site import Municipality

PAGE = """\
Translate

Telefon
Medborgarservice: 026-24 00 00

E-post
medborgarservice@sandviken.example

Nya bänkar längs ån

I vår får promenaden längs ån tolv nya bänkar.

Bänkarna kommer i mars. De står tätast där många går.

Så valde vi platserna

Över hundra personer svarade på vår fråga.

Mer information

Promenaden längs ån

Sidan om bänkar

Sidan uppdaterad: 2024-03-01 08.30
"""


def bring_in(site: Municipality, text: str = PAGE, **facts):
    from articles.actions import import_article  # noqa: PLC0415

    facts = {"filename": "page.txt", "parent": site.index, **facts}
    return import_article(text.encode(), **facts)


def test_the_page_becomes_a_draft_that_nobody_sees(site):
    from cms.log.models import Head  # noqa: PLC0415

    page = bring_in(site).page

    assert page.title == "Nya bänkar längs ån"
    assert page.ingress == "I vår får promenaden längs ån tolv nya bänkar."
    assert page.slug == "nya-bankar-langs-an"
    assert not page.live
    assert not Head.objects.filter(key=page.translation_key).exists()


def test_headings_and_paragraphs_keep_their_order(site):
    site.live_article(title="Promenaden längs ån")

    page = bring_in(site).page

    kinds = [block.block_type for block in page.body]

    assert kinds == ["paragraph", "heading", "paragraph", "link_list"]


def test_the_date_of_the_page_is_shown_once_it_is_published(site):
    from cms.reading.pages import read_path  # noqa: PLC0415
    from tests.factories.pages import publish  # noqa: PLC0415

    page = publish(bring_in(site).page)

    reading = read_path(page.public_path())
    assert f"{reading.content_updated_at:%Y-%m-%d %H:%M}" == "2024-03-01 07:30"


def test_contact_details_are_matched_with_the_block_we_have(site):
    block = site.contact
    text = PAGE.replace("medborgarservice@sandviken.example", block.email)

    report = bring_in(site, text)

    assert report.contact == block
    assert not report.contact_is_new
    assert report.page.contact_block == block


def test_unknown_contact_details_are_proposed_as_a_draft(site):
    text = PAGE.replace("026-24 00 00", "026-11 11 11").replace(
        "medborgarservice@", "tekniska@"
    )

    report = bring_in(site, text)

    assert report.contact_is_new
    assert not report.contact.live
    assert report.contact.email == "tekniska@sandviken.example"


def test_a_link_is_matched_by_title_and_another_is_reported(site):
    page = site.live_article(title="Promenaden längs ån")

    report = bring_in(site)

    [links] = [
        b.value["links"] for b in report.page.body if b.block_type == "link_list"
    ]

    assert [link["page"].pk for link in links] == [page.pk]
    assert report.unmatched_links == ["Sidan om bänkar"]


def test_an_imported_article_goes_through_review_like_any_other(site):
    from cms.reading.pages import read_path  # noqa: PLC0415
    from tests.factories.pages import publish  # noqa: PLC0415

    page = bring_in(site).page
    assert read_path(page.public_path()) is None

    publish(page)

    assert read_path(page.public_path()).title == "Nya bänkar längs ån"


def test_a_file_without_text_makes_no_page(site):
    from articles.importing import ArticleImportError  # noqa: PLC0415
    from articles.models import ArticlePage  # noqa: PLC0415

    with pytest.raises(ArticleImportError):
        bring_in(site, "")

    assert not ArticlePage.objects.exists()


def test_a_heading_that_never_ends_is_refused_with_a_sentence(site):
    from articles.importing import ArticleImportError  # noqa: PLC0415

    html = f"<main><h1>{'Nya bänkar ' * 40}</h1><p>De kommer i mars.</p></main>"

    with pytest.raises(ArticleImportError, match="Första raden"):
        bring_in(site, html, filename="page.html")


def test_the_command_says_where_every_part_went(site, tmp_path: Path):
    file = tmp_path / "page.txt"
    file.write_text(PAGE, encoding="utf-8")
    out = StringIO()

    call_command("import_article", str(file), stdout=out)

    said = out.getvalue()
    for word in ("Nya bänkar längs ån", "Sidan om bänkar", "Translate", "2024-03-01"):
        assert word in said


def test_the_command_brings_nothing_into_another_language(site, tmp_path: Path):
    with pytest.raises(CommandError, match="Swedish"):
        call_command("import_article", str(tmp_path / "x"), "--locale", "fi")

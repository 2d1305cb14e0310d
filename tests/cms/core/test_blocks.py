"""Each block as an editor fills it in and as the document holds it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cms.core.blocks import body as blocks
from cms.core.blocks.from_document import body_value
from cms.core.blocks.links import LinkBlock
from cms.core.blocks.media import ImageBlock
from cms.core.blocks.standard import STANDARD
from cms.core.blocks.table import TableBlock
from cms.core.building import body_of
from tests.factories.files import make_file, make_image
from tests.factories.town import every_block


@pytest.fixture
def body(site):
    """The document of a body with every block type; all links lead to public pages."""
    page = site.article(body=every_block(site.index, site.home, site.index))
    return {block["type"]: block for block in body_of(page.body)}


def test_every_block_type_is_covered(body):
    """Cards show what is published elsewhere: see the tests of pledges."""
    assert set(body) == {block.kind.type_name for block in STANDARD}
    assert set(body) < set(blocks.stream_block().child_blocks)
    assert all(block["id"] for block in body.values())


def test_heading_has_its_level(body):
    assert (body["heading"]["level"], body["heading"]["text"]) == (3, "Köpmangatan")


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("paragraph", "html"),
        ("facts", "html"),
        ("callout", "html"),
        ("video", "transcript_html"),
    ],
)
def test_running_text_refers_to_pages_by_key(site, body, kind, field):
    assert f'<a href="cms:{site.index.translation_key}">' in body[kind][field]
    assert "linktype" not in body[kind][field]


def test_list_has_items_without_paragraphs(body):
    assert body["list"]["ordered"] is True
    assert body["list"]["items"][1] == "Två <em>lampor</em>"


def test_quote_says_who_but_not_that_it_was_approved(body):
    assert set(body["quote"]) == {
        "type", "id", "text", "name", "title", "organisation",
    }  # fmt: skip


def test_callout_has_a_tone(body):
    assert (body["callout"]["tone"], body["callout"]["heading"]) == ("warning", "Obs")


def test_list_of_links_has_each_kind(site, body):
    page, *_, external, file = body["link_list"]["links"]

    assert page == {
        "id": page["id"],
        "kind": "page",
        "key": str(site.index.translation_key),
        "text": "",
    }
    assert external == {
        "id": external["id"],
        "kind": "external",
        "url": "https://polisen.se/",
        "text": "Polisen",
        "language": "sv",
    }
    assert (file["kind"], file["text"], file["file_type"], file["size"]) == (
        "document", "Planen", "PDF", 8,
    )  # fmt: skip


def test_image_has_sizes_from_small_to_large(body):
    image = body["image"]["image"]

    assert body["image"]["alt"] == "En lampa"
    assert body["image"]["credit"] == "Eva Exempel"
    assert [size["width"] for size in image["srcset"]] == [480, 960, 1440]
    assert (image["width"], image["height"]) == (1440, 720)


def test_small_image_is_not_blown_up(site):
    block = ImageBlock()
    image = make_image(width=300)
    value = block.to_python(
        {"image": image.pk, "alt": "x", "decorative": True, "caption": ""}
    )

    document = block.to_document(value) or {}

    assert [size["width"] for size in document["image"]["srcset"]] == [300]
    assert (document["alt"], document["decorative"]) == ("x", True)
    assert block.kind.answer(document, None)["alt"] == ""


def test_film_and_file_are_files_of_ours(body):
    assert body["video"]["url"].endswith(".mp4")
    assert body["video"]["captions"] == []
    assert body["document"]["title"] == "Planen"
    assert body["document"]["accessible"] is True


def test_table_has_rows_of_text_with_its_headings_first(body):
    table = body["table"]
    assert table["columns"] == ["Plats", "Lampor"]
    assert table["rows"] == [["Storvik", "12"], ["Järbo", "11"]]

    answer = TableBlock.kind.answer(table, None)
    assert (answer["header_row"], answer["header_column"]) == (True, True)
    assert answer["rows"] == [["Plats", "Lampor"], ["Storvik", "12"], ["Järbo", "11"]]


def test_block_whose_file_was_deleted_is_left_out(site):
    """A reader would get an empty frame."""
    file, image = make_file(), make_image()
    nothing = {"page": None, "url": "", "text": "", "language": ""}
    page = site.article(
        body=[
            ("document", {"document": file, "title": "Borta"}),
            ("image", {"image": image, "alt": "x", "decorative": False, "caption": ""}),
            ("video", {"video": file, "captions": [], "title": "Borta",
                       "duration": "", "transcript": ""}),
            ("link_list", {"heading": "Mer", "links": [{**nothing, "document": file}]}),
        ]
    )  # fmt: skip
    file.delete()
    image.delete()
    page = type(page).objects.get(pk=page.pk)

    (links,) = body_of(page.body)

    assert (links["type"], links["links"]) == ("link_list", [])


def test_image_needs_a_text_alternative_unless_it_decorates(site):
    block = ImageBlock()
    facts = {"image": make_image().pk, "alt": " ", "decorative": False, "caption": ""}

    with pytest.raises(ValidationError):
        block.clean(block.to_python(facts))
    block.clean(block.to_python({**facts, "decorative": True}))


@pytest.mark.parametrize("targets", [{}, {"url": "https://example.org/", "page": True}])
def test_link_has_exactly_one_target(site, targets):
    block = LinkBlock()
    value = {"page": None, "url": "", "document": None, "text": "x", "language": ""}
    value |= targets
    value["page"] = site.index.pk if value["page"] else None

    with pytest.raises(ValidationError):
        block.clean(block.to_python(value))


def test_blocks_of_a_document_become_a_body_again(site):
    """What imports and sample content are written in."""
    blocks: list[dict[str, Any]] = [
        {"type": "heading", "level": 2, "text": "Rubrik"},
        {"type": "paragraph", "html": "<p>Hej</p>"},
        {"type": "list", "ordered": False, "items": ["en", "två"]},
        {"type": "quote", "text": "Ja.", "name": "Jonas Ek", "title": "",
         "organisation": ""},
        {"type": "facts", "heading": "Fakta", "html": "<p>23</p>"},
        {"type": "callout", "tone": "info", "heading": "Obs", "html": "<p>!</p>"},
        {"type": "table", "caption": "T", "columns": ["a", "b"], "rows": [["1", "2"]]},
        {"type": "link_list", "heading": "Mer", "links": [
            {"kind": "external", "url": "https://example.org/", "text": "E",
             "language": "sv"}]},
    ]  # fmt: skip
    page = site.article(body=body_value(blocks))

    document = body_of(page.body)

    for block in document:
        del block["id"]
        for link in block.get("links", []):
            del link["id"]
    assert document == blocks

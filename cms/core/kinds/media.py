"""What is shown: pictures, films, tables."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _

from cms.kinds.kinds import BlockKind, Json, example_address
from cms.kinds.media import Captions, Picture
from cms.kinds.members import (
    Fact,
    Html,
    Id,
    Inner,
    Media,
    Read,
    Text,
)


class ImageBlock(BlockKind, Picture):
    """An image in the text."""

    verbose_name = _("Image")
    template = "site/blocks/image.html"
    example = {
        "type": "image",
        "id": "a8",
        "alt": "En lampa",
        "caption": "Lampan vid torget",
        "credit": "Eva Exempel",
        "image": {
            "src": example_address("lampa.width-960.webp"),
            "width": 960,
            "height": 480,
            "srcset": [
                {"src": example_address("lampa.width-480.webp"), "width": 480},
                {"src": example_address("lampa.width-960.webp"), "width": 960},
            ],
        },
        "decorative": False,
    }

    type: Annotated[Literal["image"], Id()]


class VideoBlock(BlockKind):
    """A film: captions by language, a transcript, minutes.seconds; empty when absent.

    ``captions_url`` is the first of the captions.
    """

    verbose_name = _("Film")
    template = "site/blocks/video.html"
    example = {
        "type": "video",
        "id": "a9",
        "title": "Så byts en lampa",
        "url": example_address("film.mp4"),
        "captions": [{"language": "sv", "url": example_address("film.vtt")}],
        "transcript_html": "<p>En lampa byts.</p>",
        "duration": "1.20",
    }

    type: Annotated[Literal["video"], Id()]
    title: Annotated[str, Text(_("title"))]
    url: Annotated[str, Media("", source="video")]
    captions: Annotated[list[Captions], Inner(_("captions"))] = []
    captions_url: Annotated[str, Read()] = ""
    transcript_html: Annotated[str, Html(_("transcript"), source="transcript")]
    duration: Annotated[str, Fact(_("length"))]

    @classmethod
    def answer(cls, values: Json, links: Any) -> Json:
        urls = [each["url"] for each in values["captions"]]
        return {**values, "captions_url": urls[0] if urls else ""}


class TableBlock(BlockKind):
    """A table of plain text; which cells are headings, the two flags say."""

    verbose_name = _("Table")
    template = "site/blocks/table.html"
    example = {
        "type": "table",
        "id": "b1",
        "caption": "Lampor per ort",
        "columns": ["Plats", "Lampor"],
        "rows": [["Storvik", "12"]],
    }

    type: Annotated[Literal["table"], Id()]
    caption: Annotated[str, Text(_("caption"))]
    columns: Annotated[list[str], Text(_("headings"), answered="rows")]
    """The headings, empty when the table has none; in answers the first of the rows."""
    rows: Annotated[list[list[str]], Text(_("row"))]
    header_row: Annotated[bool, Read()] = False
    header_column: Annotated[bool, Read()] = True

    @classmethod
    def answer(cls, values: Json, links: Any) -> Json:
        head, rows = values["columns"], values["rows"]
        return {
            **values,
            "header_row": bool(head),
            "header_column": True,
            "rows": [head, *rows] if head else rows,
        }

"""What running text consists of."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _

from cms.kinds.kinds import BlockKind
from cms.kinds.members import (
    Fact,
    Html,
    Id,
    Text,
    Weight,
)

#: The key of an example.
KEY = "7f6c3a0e-5b1f-4a53-9e41-1c1f2d3b4a5e"


class HeadingBlock(BlockKind):
    """A heading in the text; the title of the page is level 1."""

    verbose_name = _("Heading")
    template = "site/blocks/heading.html"
    is_heading = True
    example = {"type": "heading", "id": "a1", "level": 2, "text": "Tre fokusområden"}

    type: Annotated[Literal["heading"], Id()]
    level: Annotated[Literal[2, 3], Fact(_("level"), detail=True)]
    text: Annotated[str, Text("", weight=Weight.HEADING)]


class ParagraphBlock(BlockKind):
    """One or several paragraphs of running text."""

    verbose_name = _("Paragraph")
    template = "site/blocks/paragraph.html"
    example = {
        "type": "paragraph",
        "id": "a2",
        "html": f'<p>Läs om <a href="cms:{KEY}">löftena</a>.</p>',
    }

    type: Annotated[Literal["paragraph"], Id()]
    html: Annotated[str, Html("")]


class ListBlock(BlockKind):
    """A list with bullets, or with numbers when ``ordered``. Items are formatted."""

    verbose_name = _("List")
    template = "site/blocks/list.html"
    example = {
        "type": "list",
        "id": "a3",
        "ordered": False,
        "items": ["droger", "<strong>ljus</strong>"],
    }

    type: Annotated[Literal["list"], Id()]
    ordered: Annotated[bool, Fact(_("numbered"), detail=True)]
    items: Annotated[list[str], Html(_("item"), inline=True)]


class QuoteBlock(BlockKind):
    """What a named person said. Quotation marks are the front end's to add."""

    verbose_name = _("Quote")
    template = "site/blocks/quote.html"
    example = {
        "type": "quote",
        "id": "a4",
        "text": "Det blir ljusare.",
        "name": "Eva Exempel",
        "title": "säkerhetschef",
        "organisation": "Exempel kommun",
    }

    type: Annotated[Literal["quote"], Id()]
    text: Annotated[str, Text(_("text"))]
    name: Annotated[str, Fact(_("name"), weight=Weight.BODY)]
    title: Annotated[str, Text(_("title"))]
    organisation: Annotated[str, Text(_("organisation"))]


class FactsBlock(BlockKind):
    """A box with facts beside the text."""

    verbose_name = _("Facts box")
    template = "site/blocks/facts.html"
    example = {
        "type": "facts",
        "id": "a5",
        "heading": "Fakta",
        "html": "<p>23 lampor</p>",
    }

    type: Annotated[Literal["facts"], Id()]
    heading: Annotated[str, Text(_("heading"), weight=Weight.HEADING)]
    html: Annotated[str, Html("", source="text")]


class CalloutBlock(BlockKind):
    """Something the reader must not miss; ``emergency`` before anything else."""

    verbose_name = _("Callout")
    template = "site/blocks/callout.html"
    example = {
        "type": "callout",
        "id": "a6",
        "tone": "warning",
        "heading": "Obs",
        "html": "<p>Koka.</p>",
    }

    type: Annotated[Literal["callout"], Id()]
    tone: Annotated[
        Literal["info", "warning", "emergency"],
        Fact(
            _("tone"),
            choices={
                "info": _("Information"),
                "warning": _("Warning"),
                "emergency": _("Emergency"),
            },
            detail=True,
        ),
    ] = "info"
    heading: Annotated[str, Text(_("heading"), weight=Weight.HEADING)]
    html: Annotated[str, Html("", source="text")]

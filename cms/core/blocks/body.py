"""The body of a page: which blocks there are, and how they become the document."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

from cms.core.blocks.cards import (
    ChartBlock,
    FocusAreaCardBlock,
    PlacesBlock,
    PledgeCardBlock,
)
from cms.core.blocks.links import DocumentBlock, LinkListBlock
from cms.core.blocks.media import ImageBlock, VideoBlock
from cms.core.blocks.table import TableBlock
from cms.core.blocks.text import (
    CalloutBlock,
    FactsBlock,
    HeadingBlock,
    ItemsBlock,
    ParagraphBlock,
    QuoteBlock,
)


class BodyBlock(blocks.StreamBlock):
    """Every block that running text may consist of."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    list = ItemsBlock()
    quote = QuoteBlock()
    facts = FactsBlock()
    callout = CalloutBlock()
    link_list = LinkListBlock()
    image = ImageBlock()
    video = VideoBlock()
    table = TableBlock()
    document = DocumentBlock()
    pledge_card = PledgeCardBlock()
    focus_area_card = FocusAreaCardBlock()
    chart = ChartBlock()
    places = PlacesBlock()

    class Meta:
        required = False


def body_document(body: Any) -> list[dict[str, Any]]:
    """Return the blocks of a body as the document holds them.

    A block whose image or file has been deleted has nothing to show and is left out.
    """
    parts = ((child, child.block.to_document(child.value)) for child in body)
    return [
        {"type": child.block_type, "id": child.id, **part}
        for child, part in parts
        if part is not None
    ]

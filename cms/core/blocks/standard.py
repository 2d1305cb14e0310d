"""The blocks that every site has, in the order in which editors find them."""

from __future__ import annotations

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

STANDARD = (
    HeadingBlock, ParagraphBlock, ItemsBlock, QuoteBlock, FactsBlock, CalloutBlock,
    LinkListBlock, ImageBlock, VideoBlock, TableBlock, DocumentBlock,
)  # fmt: skip

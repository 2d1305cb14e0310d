"""What the blocks of running text and the blocks of every site consist of."""

from __future__ import annotations

from cms.core.kinds.links import DocumentBlock, LinkListBlock
from cms.core.kinds.media import ImageBlock, TableBlock, VideoBlock
from cms.core.kinds.shared import Contact, Emergency
from cms.core.kinds.text import (
    CalloutBlock,
    FactsBlock,
    HeadingBlock,
    ListBlock,
    ParagraphBlock,
    QuoteBlock,
)

__all__ = [
    "CalloutBlock",
    "Contact",
    "DocumentBlock",
    "Emergency",
    "FactsBlock",
    "HeadingBlock",
    "ImageBlock",
    "LinkListBlock",
    "ListBlock",
    "ParagraphBlock",
    "QuoteBlock",
    "TableBlock",
    "VideoBlock",
]

"""From plain block dictionaries to the raw value of a body: the way back.

For imports and sample content. The dictionaries have the shape of a document's blocks;
what a document names by key they name by primary key (a page as ``page``).
"""

from __future__ import annotations

from collections.abc import Iterable

from cms.core.blocks import body
from cms.core.blocks.described import Given, Raw, row


def body_value(blocks: Iterable[Given]) -> list[Raw]:
    """Return what a ``StreamField`` stores, with an id for each block.

    Raises ``KeyError`` for a block that no app offers.
    """
    offered = body.stream_block().child_blocks
    return [
        row(offered[block["type"]].raw_value(block), block["type"]) for block in blocks
    ]

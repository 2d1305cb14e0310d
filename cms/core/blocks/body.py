"""The body of a page: which blocks there are.

Apps add blocks of their own from ``ready()``, each with its kind.
"""

from __future__ import annotations

from typing import Any

from wagtail import blocks

from cms.core.blocks.described import Described
from cms.kinds import registry

_blocks: dict[str, type[Described]] = {}


def register(*classes: type[Described]) -> None:
    """Offer blocks to editors, and make their kinds known to readers."""
    for block in classes:
        registry.register(block.kind)
        _blocks[block.kind.type_name] = block


def stream_block() -> blocks.StreamBlock:
    """Return a new block of every block that running text may consist of."""
    made: list[tuple[str, Any]] = [(name, block()) for name, block in _blocks.items()]
    return blocks.StreamBlock(made, required=False)

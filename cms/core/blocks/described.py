"""What all blocks of a body have in common."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from wagtail import blocks

from cms.core import building
from cms.kinds.kinds import BlockKind
from cms.kinds.structure import fields

Raw = dict[str, Any]
#: A block in words: the shape of a document's block, but what a document names by key
#: is named by primary key.
Given = Mapping[str, Any]


class Described(blocks.Block):
    """A block with a kind, from which its part of a document follows."""

    kind: ClassVar[type[BlockKind]]

    def to_document(self, value: Any) -> dict[str, Any] | None:
        """Return the members that the kind describes; nothing to leave the block out."""
        return building.part_of(self.kind, value)

    def raw_value(self, given: Given) -> Any:
        """Return what a stream field stores: the way back, for imports and samples."""
        raise NotImplementedError


class DescribedStruct(Described, blocks.StructBlock):
    """A block with parts; the kind's members come from the parts of their names."""

    def raw_value(self, given: Given) -> Raw:
        sources = {f.member.source or f.name: f.name for f in fields(self.kind)}
        return {
            name: given.get(name, given.get(sources.get(name, name), default_of(child)))
            for name, child in self.child_blocks.items()
        }


def default_of(block: blocks.Block) -> Any:
    """Return the raw value of a part that nothing is said about."""
    return block.get_prep_value(block.get_default())


def row(value: Any, kind: str = "item") -> Raw:
    """Return a block of a list or stream, with an id of its own."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}

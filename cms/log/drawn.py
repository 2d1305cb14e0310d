"""Which texts an answer draws on, recorded while it is made.

Whoever keeps answers can then tell which of them a publication changes. A record counts
only if the reader has said that it draws on nothing else: `nothing_else`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID


@dataclass
class Record:
    """The keys of the pages and blocks that were read, in whatever language."""

    keys: set[UUID] = field(default_factory=set)
    is_complete: bool = False


_record: ContextVar[Record | None] = ContextVar("record", default=None)


@contextmanager
def recorded() -> Iterator[Record]:
    """Record what is read inside; whoever records around it gets that too."""
    record, around = Record(), _record.get()
    token = _record.set(record)
    try:
        yield record
    finally:
        _record.reset(token)
        if around is not None:
            around.keys |= record.keys
            around.is_complete |= record.is_complete


def note(key: UUID) -> None:
    """Note that the head of a page or block was read."""
    record = _record.get()
    if record is not None:
        record.keys.add(key)


def nothing_else() -> None:
    """Say that the answer follows from the heads that were read, and from the date.

    Not said by answers that count, search, or follow references backwards.
    """
    record = _record.get()
    if record is not None:
        record.is_complete = True

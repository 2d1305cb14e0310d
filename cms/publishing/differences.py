"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"

# Words, marks, spaces, and whole tags of the small markup of translated segments.
_TOKEN = re.compile(r"</?\w[^<>]*>|\s+|[^\s<.,;:!?()]+|.", re.DOTALL)
# Comparing takes time with the square of the length; beyond this, all has changed.
_MOST_TOKENS = 6_000


@dataclass(frozen=True)
class Change:
    """A stretch of text that is the same in both, or stands only in one of them."""

    kind: str
    text: str


def word_changes(old: str, new: str) -> list[Change]:
    """Return ``new`` with what was removed from ``old``, in reading order."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) + len(after) > _MOST_TOKENS:
        found = [Change(REMOVED, old), Change(ADDED, new)]
    else:
        found = list(_joined(_stretches(before, after)))
    return [change for change in found if change.text]


def _stretches(
    before: list[str], after: list[str]
) -> Iterator[tuple[bool, list[str], list[str]]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for verb, i1, i2, j1, j2 in matcher.get_opcodes():
        yield verb == "equal", before[i1:i2], after[j1:j2]


def _joined(
    stretches: Iterator[tuple[bool, list[str], list[str]]],
) -> Iterator[Change]:
    """Join changes with only a space between them: two words read better as one."""
    removed: list[str] = []
    added: list[str] = []
    for is_same, old, new in stretches:
        changed = bool(removed or added)
        if is_same and not (changed and not "".join(new).strip()):
            yield from _changed(removed, added)
            removed, added = [], []
            yield Change(SAME, "".join(new))
        else:
            removed += old
            added += new
    yield from _changed(removed, added)


def _changed(removed: list[str], added: list[str]) -> Iterator[Change]:
    old, new = "".join(removed), "".join(added)
    if old == new:
        yield Change(SAME, new)
        return
    yield Change(REMOVED, old)
    yield Change(ADDED, new)

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
# Below this the few words in common are chance, and showing them only confuses.
_LEAST_LIKENESS = 0.4


@dataclass(frozen=True)
class Change:
    """A stretch of text that is the same in both, or stands only in one of them."""

    kind: str
    text: str


def word_changes(old: str, new: str) -> list[Change]:
    """Return ``new`` with what was removed from ``old``, in reading order."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    found = [Change(REMOVED, old), Change(ADDED, new)]
    if old == new:
        found = [Change(SAME, new)]
    elif len(before) + len(after) <= _MOST_TOKENS:
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        stretches = [
            (verb == "equal", before[i1:i2], after[j1:j2])
            for verb, i1, i2, j1, j2 in matcher.get_opcodes()
        ]
        if _likeness(stretches) >= _LEAST_LIKENESS:
            found = list(_joined(stretches))
    return [change for change in found if change.text]


# Whether it is the same in both, what the old text has there, and what the new one.
_Stretch = tuple[bool, list[str], list[str]]


def _likeness(stretches: list[_Stretch]) -> float:
    """Return how many words two texts share, from 0 to 1; spaces do not count."""
    words = shared = 0
    for is_same, old, new in stretches:
        count = sum(1 for token in [*old, *new] if token.strip())
        words += count
        shared += count if is_same else 0
    return shared / words if words else 1.0


def _joined(stretches: list[_Stretch]) -> Iterator[Change]:
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

"""What the two ways to search have in common."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

#: A question of more words is answered by its first.
MOST_WORDS = 8


@dataclass(frozen=True)
class Match:
    """A page that was found, by its text in one language."""

    key: UUID
    locale: str


@dataclass(frozen=True)
class Matches:
    """The best matches; ``words`` are folded words to point out in their texts."""

    found: list[Match]
    total: int
    words: frozenset[str]

"""The place in a text that shows why a page was found."""

from __future__ import annotations

from dataclasses import dataclass

from cms.search.texts import Texts
from cms.search.words import fold, places

#: Letters in a snippet, about two lines, and how many may stand before the first hit.
LENGTH = 200
BEFORE = 60


@dataclass(frozen=True)
class Piece:
    """A stretch of text; ``is_hit`` when it is what was asked for, or like it."""

    text: str
    is_hit: bool = False


def snippet(texts: Texts, words: frozenset[str]) -> list[Piece]:
    """Return the best stretch of a page's lead or text, in pieces.

    The lead's beginning when what was asked for stands in the title only.
    """
    for text in (texts.lead, texts.body, texts.headings):
        first = _first_hit(text, words)
        if first is not None:
            return marked(_around(text, first), words)
    return marked(_around(texts.lead or texts.body, 0), words)


def marked(text: str, words: frozenset[str]) -> list[Piece]:
    """Cut a text into pieces at the words that were asked for."""
    pieces, end = [], 0
    for place in places(text):
        if fold(place.group()) in words:
            if place.start() > end:
                pieces.append(Piece(text[end : place.start()]))
            pieces.append(Piece(place.group(), is_hit=True))
            end = place.end()
    if end < len(text):
        pieces.append(Piece(text[end:]))
    return pieces


def _first_hit(text: str, words: frozenset[str]) -> int | None:
    hits = (place for place in places(text) if fold(place.group()) in words)
    return next((place.start() for place in hits), None)


def _around(text: str, place: int) -> str:
    """Return ``LENGTH`` letters around a place, cut between words."""
    start = max(0, place - BEFORE)
    if start:
        start = text.find(" ", start, place) + 1 or place
    end = start + LENGTH
    if end >= len(text):
        return ("… " if start else "") + text[start:]
    cut = text.rfind(" ", start, end)
    shown = text[start : cut if cut > place else end].rstrip(" ,;:–")
    return ("… " if start else "") + shown + " …"

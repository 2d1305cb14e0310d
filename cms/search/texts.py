"""The words of a published document, in the order of their weight.

Its kind says which members hold words, and how much they weigh.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from cms.kinds.kinds import Kind
from cms.kinds.members import Html, Weight
from cms.kinds.references import texts
from cms.kinds.walking import walk
from cms.search.words import plain

#: A text vector has a limit (1 MB); no page comes near this many letters.
LONGEST_TEXT = 200_000

_BREAK = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Texts:
    """What a page says: weights A, B, C and D."""

    title: str
    lead: str
    headings: str
    body: str


def texts_of(kind: type[Kind], title: str, document: dict[str, Any]) -> Texts:
    """Return the words of a document, as plain text."""
    found: dict[Weight, list[str]] = {weight: [] for weight in Weight}
    for place in walk(kind, document):
        if place.member.weight:
            is_formatted = isinstance(place.member, Html)
            clean = _unformatted if is_formatted else _clean
            found[place.member.weight] += map(clean, texts(place.value))
    return Texts(
        title=_clean(title),
        lead=_joined(found[Weight.LEAD]),
        headings=_joined(found[Weight.HEADING]),
        body=_joined(found[Weight.BODY]),
    )


def _unformatted(fragment: str) -> str:
    """Return the words of formatted text; what it puts on new lines stays apart."""
    return _clean(html.unescape(_TAG.sub("", _BREAK.sub(" ", fragment))))


def _clean(text: str) -> str:
    return _SPACE.sub(" ", plain(text)).strip()


def _joined(texts: list[str]) -> str:
    return " ".join(texts)[:LONGEST_TEXT]

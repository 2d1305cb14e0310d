"""The words of a published document, in the order of their weight.

Walks the document without knowing page types: a new kind of text is found without
being named here. What is left out are facts, references and codes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cms.search.words import plain

#: Members that hold no words for readers, or words that are somewhere else.
NOT_WORDS = frozenset(
    {
        "accessible", "ancestors", "captions_url", "contact_block", "duration",
        "e164", "facts", "file_type", "id", "image", "key", "kind", "language",
        "level", "list_date", "news_date", "references", "search_description",
        "sensitivity", "seo_title", "sign_video", "size", "sort_key", "src", "tel",
        "tone", "translation_priority", "type", "unit", "url",
    }
)  # fmt: skip
#: Blocks that only name other pages, each with its own words.
CARDS = frozenset({"pledge_card", "focus_area_card", "chart", "places"})
HEADINGS = frozenset({"heading", "title"})
#: Members of blocks that hold formatted text; outside, their names end with ``_html``.
FORMATTED = frozenset({"html", "items"})
#: A text vector has a limit (1 MB); no page comes near this many letters.
LONGEST_TEXT = 200_000

_BREAK = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Texts:
    """What a page says: weights A, B, C and D."""

    title: str
    lead: str
    headings: str
    body: str


def texts_of(title: str, document: dict[str, Any]) -> Texts:
    """Return the words of a document, as plain text."""
    rest = {
        name: value
        for name, value in document.items()
        if name not in {"title", "ingress"}
    }
    found = list(_texts(rest))
    return Texts(
        title=_clean(title),
        lead=_clean(document.get("ingress") or ""),
        headings=_joined(text for is_heading, text in found if is_heading),
        body=_joined(text for is_heading, text in found if not is_heading),
    )


def _texts(value: Any, name: str = "", *, is_heading: bool = False) -> Iterator[Any]:
    """Yield ``(is_heading, text)`` for every text inside a value."""
    if isinstance(value, str):
        if value and not _UUID.fullmatch(value):
            is_formatted = name in FORMATTED or name.endswith("_html")
            shown = _unformatted(value) if is_formatted else _clean(value)
            yield is_heading or name in HEADINGS, shown
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, name, is_heading=is_heading)
    elif isinstance(value, dict) and value.get("type") not in CARDS:
        headed = value.get("type") == "heading"
        for member, inner in value.items():
            if member not in NOT_WORDS:
                yield from _texts(inner, member, is_heading=headed)


def _unformatted(fragment: str) -> str:
    """Return the words of formatted text; what it puts on new lines stays apart."""
    return _clean(html.unescape(_TAG.sub("", _BREAK.sub(" ", fragment))))


def _clean(text: str) -> str:
    return _SPACE.sub(" ", plain(text)).strip()


def _joined(texts: Iterator[str]) -> str:
    return " ".join(texts)[:LONGEST_TEXT]

"""Lines: the pieces that both plain text and HTML are cut into before being read.

A line carries its markup when it came from HTML, so that one set of rules can look
for furniture, dates and contact details in both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape

SENTENCE_END = (".", "!", "?", "…", ".”", '."', ".»", "!”", '!"', "?”", '?"')
_SPACES = re.compile(r"\s+")
_HOLDS_NUMBER = re.compile(r"(?<=\d)\u00a0(?=\S)|(?<=\S)\u00a0(?=\d)")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
MAX_SHORT = 100
MAX_LONG_TITLE = 200


@dataclass(frozen=True)
class Table:
    """The cells of a table, all rows of the same length."""

    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    header_row: bool = False
    header_column: bool = False


@dataclass(frozen=True)
class Markup:
    """What HTML said about a line: text, heading, item, table, quote or cite."""

    shape: str
    html: str
    level: int = 0
    href: str = ""
    ordered: bool = False
    is_ingress: bool = False
    table: Table | None = None


@dataclass(frozen=True)
class Line:
    """One line of the source. Lines without a blank line between share a group."""

    number: int
    text: str
    group: int
    indent: int = 0
    markup: Markup | None = None
    lost_links: tuple[tuple[str, str], ...] = ()

    def in_group(self, group: int) -> Line:
        """Return the same line in another group."""
        return replace(self, group=group)

    @property
    def html(self) -> str:
        """Inline HTML of the line, escaped."""
        return self.markup.html if self.markup else escape(self.text, quote=False)


def split_lines(text: str) -> list[Line]:
    """Return the lines that have something on them, numbered from one."""
    lines: list[Line] = []
    group = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        stripped = raw.strip()
        if not stripped:
            group += 1
            continue
        indent = len(raw) - len(raw.lstrip())
        cleaned = stripped if "\t" in stripped else tidy(stripped)
        lines.append(Line(number, cleaned, group, indent))
    return lines


def tidy(text: str) -> str:
    """Return one line of text with single spaces and none at the ends."""
    return single_spaces(text).strip()


def single_spaces(text: str) -> str:
    """Collapse white space; a no-break space stays where it holds a number together."""
    if "\u00a0" not in text:
        return _SPACES.sub(" ", text)
    kept = _HOLDS_NUMBER.sub("\x00", text)
    return _SPACES.sub(" ", kept).replace("\x00", "\u00a0")


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set: how the word lists here are written."""
    return frozenset(words.split())


def words_key(text: str) -> str:
    """Return text in the form that labels are compared in: no case, no punctuation."""
    return " ".join(_EDGES.sub("", text).casefold().split())


def ends_sentence(text: str) -> bool:
    """Tell whether text ends as a sentence does."""
    return text.endswith(SENTENCE_END)


def may_be_title(text: str) -> bool:
    """Tell whether text may be a title; the first line of a page may be a long one."""
    return is_short(text) or (
        len(text) <= MAX_LONG_TITLE and not text.endswith((".", ",", ";", ":", "…"))
    )


def is_short(text: str) -> bool:
    """Tell whether text may be a heading: short, and not a finished sentence."""
    if len(text) > MAX_SHORT or text.endswith((".", ",", ";", ":", "…")):
        return False
    if ends_sentence(text):
        return len(text) <= 80 and not re.search(r"[.!?]\s", text)
    return True

"""What strangers write, as plain text that shows nothing but letters."""

from __future__ import annotations

import re
import unicodedata

# Control characters but for the ends of lines, halves of characters, and what turns or
# hides the text around it (T25). Joiners stay: Persian and emoji are written with them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029")


def plain(text: str) -> str:
    """Return several lines of text."""
    lines = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))
    return unicodedata.normalize("NFC", lines).strip()


def one_line(text: str) -> str:
    """Return a single line of text."""
    return " ".join(plain(text).split())

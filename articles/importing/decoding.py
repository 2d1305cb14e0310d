"""From bytes to clean text: size, encoding, control characters.

A wrong guess must never pass in silence: whatever was assumed is a notice.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING

from articles.importing.messages import unreadable

if TYPE_CHECKING:
    from articles.importing.book import Book

MAX_BYTES = 2 * 1024 * 1024
MAX_CONTROL_SHARE = 0.01

_KINDS = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "office"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"{\\rtf", "office"),
)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.I)
_FALLBACKS = {"iso-8859-15": "iso-8859-15", "latin-9": "iso-8859-15"}
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d"
_SUSPECT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_DAMAGED = re.compile("Ã[¤¥¶„…–©¼]|â€[œ\u009d™“”]|Â[ §»«]|\ufffd")


def decode(data: bytes, book: Book) -> str:
    """Return the text of a file: NFC, line feeds only, no invisible characters."""
    if len(data) > MAX_BYTES:
        raise unreadable("too_large", limit=MAX_BYTES // (1024 * 1024))
    for signature, code in _KINDS:
        if data.startswith(signature):
            raise unreadable(code)
    text = _LINE_BREAKS.sub("\n", _to_text(data, book))
    if "\0" in text:
        raise unreadable("binary")
    text = unicodedata.normalize("NFC", _without_controls(text, book))
    if not text.strip():
        raise unreadable("empty")
    if damaged := _DAMAGED.search(text):
        start = max(damaged.start() - 8, 0)
        example = " ".join(text[start : damaged.end() + 8].split())
        book.note("damaged_letters", text.count("\n", 0, start) + 1, example=example)
    return text


def _to_text(data: bytes, book: Book) -> str:
    if data.startswith(_UTF16_MARKS):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise unreadable("encoding", encoding="UTF-16") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    encoding = _fallback_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise unreadable("binary") from error
    book.note("encoding_assumed", encoding=encoding.replace("cp", "Windows-"))
    return text


def _fallback_encoding(data: bytes) -> str:
    """Return the one-byte encoding to read by: Windows-1252 unless the page knows.

    Browsers read a page that declares ISO-8859-1 as Windows-1252, so that we do too.
    """
    declared = _DECLARED.search(data[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    return _FALLBACKS.get(name, "cp1252")


def _without_controls(text: str, book: Book) -> str:
    """Remove controls and invisible characters; too many of them mean binary data."""
    cleaned, removed = strip_invisible(text)
    controls = sum(map(_is_control, removed))
    if controls > max(len(text) * MAX_CONTROL_SHARE, 2):
        raise unreadable("binary")
    if removed:
        book.note("controls_removed", count=len(removed))
    return cleaned


def strip_invisible(text: str) -> tuple[str, list[str]]:
    """Return text without control and invisible characters, and those characters."""
    removed: list[str] = []

    def judge(match: re.Match[str]) -> str:
        character = match.group()
        if character in _JOINERS and not _is_stray_joiner(text, match.start()):
            return character
        removed.append(character)
        return ""

    return _SUSPECT.sub(judge, text), removed


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc"


def _is_stray_joiner(text: str, position: int) -> bool:
    """Tell whether a joiner stands where no script needs one.

    Persian and emoji sequences need theirs; Swedish text has them by accident.
    """
    if position == 0:
        return True
    before = text[position - 1]
    return unicodedata.category(before) not in ("So", "Mn", "Sk") and (
        unicodedata.bidirectional(before) not in ("R", "AL")
    )

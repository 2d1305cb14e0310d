"""What is taken out of an HTML page before it is read: code, hidden parts, media."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bs4 import Tag
from bs4.element import Comment, Doctype, PreformattedString

from articles.importing.decoding import strip_invisible
from articles.importing.lines import tidy
from articles.importing.messages import unreadable

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

    from articles.importing.book import Book

MAX_DEPTH = 250
MAX_TAGS = 100_000
MAX_EXCERPT = 200
_CODE = ("script", "style", "template", "noscript")
_MEDIA = ("iframe", "video", "audio", "object", "embed")
_ZONES = ("nav", "header", "footer", "form", "aside")
_NEVER_BANNER = ("html", "body", "main", "article")
_CONSENT = re.compile(r"(?:^|[\s_-])(?:cookie|cookies|consent|kakor)", re.IGNORECASE)
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def check_size(soup: BeautifulSoup) -> None:
    """Refuse a page deeper or larger than any page made for people."""
    depths = {id(soup): 0}
    for node in soup.descendants:
        if not isinstance(node, Tag):
            continue
        depth = depths[id(node.parent)] + 1
        if depth > MAX_DEPTH:
            raise unreadable("too_deep", limit=MAX_DEPTH)
        if len(depths) > MAX_TAGS:
            raise unreadable("too_many_tags", limit=MAX_TAGS)
        depths[id(node)] = depth


def take_head_title(soup: BeautifulSoup) -> tuple[int, str]:
    """Take the title out of the technical head; return its line and words."""
    if soup.head is None or soup.head.title is None:
        return 0, ""
    title = soup.head.title.extract()
    return title.sourceline or 0, " ".join(title.get_text().split())


def take_code(soup: BeautifulSoup, book: Book) -> None:
    """Take out comments, scripts and style sheets; enter a short excerpt of each."""
    for string in soup.find_all(string=True):
        if isinstance(string, PreformattedString):
            if not isinstance(string, Doctype) and str(string).strip():
                kind = "comment" if isinstance(string, Comment) else "head"
                book.drop_piece(_line(string.parent), _excerpt(str(string)), kind)
            string.extract()
    for tag in soup.find_all(_CODE):
        if tag.decomposed or tag.parent is None:
            continue
        inside = _excerpt(tag.get_text(" ")) or str(tag.get("src") or "")
        book.drop_piece(_line(tag), f"<{tag.name}> {inside}".strip(), "script")
        tag.extract()


def clean_strings(soup: BeautifulSoup, book: Book) -> None:
    """Remove the invisible characters that were written as entities (&shy;)."""
    count = 0
    for string in soup.find_all(string=True):
        cleaned, removed = strip_invisible(str(string))
        cleaned = unicodedata.normalize("NFC", cleaned)
        if cleaned != str(string):
            count += len(removed)
            string.replace_with(cleaned)
    if count:
        book.note("controls_removed", count=count)


def take_hidden(soup: BeautifulSoup, book: Book) -> None:
    """Take out what the page did not show, and the box that asks about cookies."""
    for tag in soup.find_all(True):
        if tag.parent is None or tag.name in _NEVER_BANNER or _is_detached(tag, soup):
            continue
        if tag.name == "svg":
            code = "interface"
        elif _is_hidden(tag):
            code = "hidden"
        elif _is_consent(tag):
            code = "cookies"
        else:
            continue
        if text := tidy(" ".join(tag.get_text(" ").split())):
            book.drop_piece(_line(tag), text, code)
        tag.extract()


def take_media(root: Tag, soup: BeautifulSoup, book: Book) -> set[int]:
    """Take out images and media; return the ids of the figures they stood in.

    Those in the content are listed for the editor; those of the frame are not.
    """
    figures: set[int] = set()
    for tag in soup.find_all(["img", *_MEDIA]):
        if _is_detached(tag, soup):
            continue
        code = "image" if tag.name == "img" else "embed"
        zone = tag.find_parent(_ZONES)
        in_content = root in tag.parents and (
            zone is None or (zone.name in ("header", "aside") and root in zone.parents)
        )
        if figure := tag.find_parent("figure"):
            figures.add(id(figure))
        text = _media_text(tag)
        if in_content:
            book.leave_piece(_line(tag), text, code)
        elif words := " ".join(tag.get_text(" ").split()):
            book.drop_piece(_line(tag), words, "outside")
        tag.extract()
    return figures


def _media_text(tag: Tag) -> str:
    source = tag.find("source", src=True) if tag.name in ("video", "audio") else None
    address = tag.get("src") or tag.get("data") or tag.get("data-src")
    address = str(address or (source.get("src") if source else "") or "")
    words = [
        str(tag.get("alt") or tag.get("title") or ""),
        address if not address.startswith("data:") else "data:…",
        " ".join(tag.get_text(" ").split()),
    ]
    return f"<{tag.name}> " + " – ".join(filter(None, map(str.strip, words)))


def _is_detached(tag: Tag, soup: BeautifulSoup) -> bool:
    """Tell whether the tag went out with one around it."""
    top: Tag | None = tag
    while top is not None and top is not soup:
        top = top.parent
    return top is None


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style") or "")
    return (
        tag.has_attr("hidden")
        or str(tag.get("aria-hidden") or "").lower() == "true"
        or bool(_INVISIBLE.search(style))
    )


def _is_consent(tag: Tag) -> bool:
    names = tag.get("class")
    classes = names if isinstance(names, list) else [str(names or "")]
    marked = _CONSENT.search(" ".join([*classes, str(tag.get("id") or "")]))
    return bool(marked) and tag.find(["h1", "main", "article"]) is None


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= MAX_EXCERPT else f"{flat[:MAX_EXCERPT]}…"


def _line(tag: Tag | None) -> int:
    return (tag.sourceline or 0) if tag is not None else 0

"""Lists of links: «Mer information» and the short lines that follow it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from articles.importing.lines import is_short, words_key

if TYPE_CHECKING:
    from articles.importing.book import Book
    from articles.importing.model import Block

HEADINGS = frozenset(
    [
        "mer information",
        "mer info",
        "läs mer",
        "läs också",
        "läs även",
        "läs mer om ämnet",
        "mer om ämnet",
        "mer att läsa",
        "relaterade länkar",
        "relaterad information",
        "relaterat",
        "relaterat innehåll",
        "relaterade sidor",
        "länkar",
        "länk",
        "externa länkar",
        "se även",
        "vidare läsning",
        "mer på andra webbplatser",
    ]
)
URL = re.compile(
    r"(?<![\w@.])(?:https?://|www\.)[^\s<>\"”»]+[^\s<>\"”».,;:!?)\]]", re.I
)
_INLINE = re.compile(
    rf"^({'|'.join(sorted(HEADINGS, key=len, reverse=True))})(?:\s+på)?\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
MAX_LINK = 150


def is_links_heading(text: str) -> bool:
    """Tell whether text announces a list of links."""
    return words_key(text) in HEADINGS


def announced_link(text: str) -> tuple[str, str] | None:
    """Split «Läs mer: https://…» into heading and link, if it is just that."""
    found = _INLINE.match(text)
    if not found or len(text) > MAX_LINK + 50:
        return None
    rest = text[found.end() :]
    address = URL.search(rest)
    alone = address and not words_key(URL.sub("", rest, count=1))
    return (found.group(1), rest) if alone else None


def is_link_line(text: str) -> bool:
    """Tell whether a line under such a heading may be a link."""
    if URL.search(text):
        rest = URL.sub("", text).strip()
        return len(rest) <= MAX_LINK and not re.search(r"[.!?]\s+\S", rest)
    return is_short(text)


def is_bare_url(text: str) -> bool:
    """Tell whether text is an address and nothing else."""
    return bool(URL.search(text)) and not words_key(URL.sub("", text, count=1))


def link(text: str, href: str, book: Book, number: int) -> Block:
    """Return one link of a list.

    Without a full address the link is «unresolved»: the caller may find the page by
    its title (or by `href`, when the page gave an address within its own site).
    """
    if href.startswith(("http://", "https://")):
        return {"kind": "external", "url": href, "text": text, "language": ""}
    if href:
        return {"kind": "unresolved", "text": text, "href": href}
    found = URL.search(text)
    if not found:
        return {"kind": "unresolved", "text": text}
    url = found.group()
    name = f"{text[: found.start()]} {text[found.end() :]}"
    name = " ".join(name.split()).strip(" :–-|()<>")
    if not url.lower().startswith("http"):
        book.note("scheme_assumed", number, address=url)
        url = f"https://{url}"
    return {
        "kind": "external",
        "url": url,
        "text": name or found.group(),
        "language": "",
    }

"""Reading a page that was saved as HTML."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

from articles.importing.composition import compose
from articles.importing.contact import take_contact
from articles.importing.dates import take_page_facts
from articles.importing.furniture import set_aside_furniture
from articles.importing.html_cleaning import (
    check_size,
    clean_strings,
    take_code,
    take_head_title,
    take_hidden,
    take_media,
)
from articles.importing.html_lines import LineReader, Zone
from articles.importing.lines import Markup, words_key
from articles.importing.messages import unreadable
from articles.importing.model import ImportedArticle, Place
from articles.importing.plain_text import assemble
from articles.importing.units import Item, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bs4 import Tag

    from articles.importing.book import Book
    from articles.importing.lines import Line

_BEGINS = re.compile(
    r"^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).){0,5000}-->\s*)*"
    r"<(?:!doctype\s+html|(?:html|head|body|main|article|section|div|header|nav|h[1-6]|p"
    r"|ul|ol|dl|table|figure|blockquote|aside|footer|meta|title)(?:\s[^>]{0,2000})?>)",
    re.IGNORECASE | re.DOTALL,
)
_ANY_TAG = re.compile(r"</?[a-z][a-z0-9-]{0,20}(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_SITE_NAME = re.compile(r"^(.+)\s[-–—|•·]\s[^-–—|•·]+$")


def is_html(text: str, filename: str) -> bool:
    """Tell whether text is HTML: by how it begins, or by its name if it has tags."""
    if _BEGINS.match(text):
        return True
    named = filename.lower().endswith((".html", ".htm", ".xhtml"))
    return named and bool(_ANY_TAG.search(text))


def read_html(text: str, book: Book) -> ImportedArticle:
    """Return the article of an HTML page."""
    soup = BeautifulSoup(_without_open_ends(text), "html.parser")
    check_size(soup)
    base = _base_address(soup)
    take_code(soup, book)
    clean_strings(soup, book)
    head_line, head_title = take_head_title(soup)
    take_hidden(soup, book)
    root = _root(soup)
    figures = take_media(root, soup, book)
    reader = LineReader(root, base, figures, book)
    lines = reader.read(soup)
    if not lines and not head_title:
        raise unreadable("empty")
    facts, lines = take_page_facts(lines, book)
    lines = set_aside_furniture(lines, book)
    contact, lines = take_contact(lines, book)
    units = _units(_content(lines, reader.zones, book))
    units = _with_title(units, head_line, head_title, book)
    article = compose(units, book)
    if not article.title:
        book.note("no_title")
    return assemble(article, facts, contact, book)


def _without_open_ends(text: str) -> str:
    """Return text in which a tag or comment that never ends is text, and not lost.

    The parser would also try each of them to the end of the file, which takes hours.
    """
    end = text.rfind(">") + 1
    text = text[:end] + text[end:].replace("<", "&lt;")
    end = text.rfind("-->") + len("-->") if "-->" in text else 0
    text = text[:end] + text[end:].replace("<!--", "&lt;!--")
    return f"{text} "  # Beautiful Soup warns of a text without spaces


def _base_address(soup: BeautifulSoup) -> str:
    """Return where the page says that it stood, or nothing."""
    for name, attribute in (("base", "href"), ("link", "href"), ("meta", "content")):
        for found in soup.find_all(name):
            says = found.get_attribute_list("rel") + [found.get("property")]
            address = str(found.get(attribute) or "").strip()
            told = name == "base" or "canonical" in says or "og:url" in says
            if told and re.match(r"https?://[^\s<>\"]+$", address):
                return address
    return ""


def _root(soup: BeautifulSoup) -> Tag:
    """Return the element that holds the page's own content."""
    marked = soup.find("main") or soup.find(role="main")
    if marked is not None:
        return marked
    articles = soup.find_all("article")
    if len(articles) == 1:
        return articles[0]
    return soup.body or soup


def _content(lines: Sequence[Line], zones: dict[int, Zone], book: Book) -> list[Line]:
    """Return the lines of the content; enter the others as dropped or unplaced."""
    content: list[Line] = []
    for line in lines:
        zone = zones[line.group]
        if zone is Zone.CONTENT:
            content.append(line)
        elif zone in (Zone.ASIDE, Zone.CAPTION):
            book.leave(line, zone.value)
        else:
            book.drop(line, zone.value)
    return content


def _with_title(
    units: list[Unit], head_line: int, head_title: str, book: Book
) -> list[Unit]:
    """See to it that the units have a title, from the technical head if need be."""
    if not head_title:
        return units
    named = _SITE_NAME.match(head_title)
    short = named.group(1) if named else head_title
    has_title = any(unit.shape == "heading" and unit.level == 1 for unit in units)
    same = [
        position
        for position, unit in enumerate(units)
        if words_key(unit.text) in (words_key(short), words_key(head_title))
    ]
    if has_title or same:
        book.drop_piece(head_line, head_title, "head")
        if has_title:
            return units
        unit = units[same[0]]
        title = Unit("heading", unit.lines, unit.text, unit.html, level=1)
        return [*units[: same[0]], title, *units[same[0] + 1 :]]
    book.note("title_from_head", head_line)
    book.place_piece(head_line, short, Place.TITLE)
    if rest := head_title.removeprefix(short).strip():
        book.drop_piece(head_line, rest, "head")
    return [Unit("heading", (), short, "", level=1), *units]


def _units(lines: Sequence[Line]) -> list[Unit]:
    """Put lines of one group together again."""
    return [_unit(list(group)) for _, group in groupby(lines, key=lambda at: at.group)]


def _unit(lines: list[Line]) -> Unit:
    markup = lines[0].markup or Markup("text", "")
    text = " ".join(line.text for line in lines)
    html = "<br>".join(line.html for line in lines)
    shape = markup.shape
    if shape == "item":
        items = tuple(
            Item(line.text, line.html, line.markup.href if line.markup else "")
            for line in lines
        )
        return Unit("list", tuple(lines), text, "", items=items, ordered=markup.ordered)
    if shape in ("quote", "cite"):
        said = [line for line in lines if line.markup and line.markup.shape == "quote"]
        cite = " ".join(line.text for line in lines if line not in said)
        words = "\n".join(line.text for line in said)
        html = "<br>".join(line.html for line in said)
        return Unit("quote", tuple(lines), words, html, cite=cite)
    return Unit(
        shape,
        tuple(lines),
        text,
        html,
        level=markup.level,
        marked_up=shape == "text",
        is_ingress=markup.is_ingress,
        href=markup.href if len(lines) == 1 else "",
        table=markup.table,
    )

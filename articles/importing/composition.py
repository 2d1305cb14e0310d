"""Units into an article: which is the title, the ingress, a heading, a list of links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from articles.importing.furniture import is_furniture_by_place
from articles.importing.lines import is_short, may_be_title
from articles.importing.links import (
    URL,
    announced_link,
    is_bare_url,
    is_link_line,
    is_links_heading,
    link,
)
from articles.importing.model import MAX_INGRESS, MAX_TITLE, Place
from articles.importing.quotes import Quotation, read_attribution, split_quotes
from articles.importing.units import Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.importing.book import Book
    from articles.importing.model import Block
    from articles.importing.units import Unit

SUBSTANTIAL = ("heading", "list", "table", "quote")


@dataclass
class Composition:
    """The text of an article while it is put together."""

    title: str = ""
    ingress: str = ""
    body: list[Block] = field(default_factory=list)


def compose(units: Sequence[Unit], book: Book) -> Composition:
    """Return the article that the units make up."""
    article = Composition()
    title_at = _find_title(units)
    if title_at is None:
        rest = list(units)
    else:
        for unit in units[:title_at]:
            _set_aside(unit, "before_title", book)
        title = units[title_at]
        article.title = title.text
        book.place(title.lines, Place.TITLE)
        if len(article.title) > MAX_TITLE:
            length = len(article.title)
            book.note("title_long", title.number, length=length, limit=MAX_TITLE)
        rest = list(units[title_at + 1 :])
        article.ingress = _take_ingress(rest, book)
    _Body(rest, article.body, book).build()
    return article


def is_paragraph(unit: Unit) -> bool:
    """Tell whether a unit is running text."""
    return unit.shape == "text" and (unit.marked_up or not is_short(unit.text))


def _find_title(units: Sequence[Unit]) -> int | None:
    """Return the position of the title.

    HTML says which it is. In plain text it is the first line, after the furniture,
    that a paragraph follows.
    """
    for position, unit in enumerate(units):
        if unit.shape == "heading" and unit.level == 1:
            return position
    shape = "heading" if any(unit.shape == "heading" for unit in units) else "text"
    shown = [
        (position, unit)
        for position, unit in enumerate(units)
        if not is_furniture_by_place(unit.text)
    ]
    candidates = [
        place
        for place, (_, unit) in enumerate(shown)
        if unit.shape == shape
        and (is_short(unit.text) or (place == 0 and may_be_title(unit.text)))
        and not unit.href
        and not is_links_heading(unit.text)
    ]
    for place in candidates:
        if place + 1 < len(shown) and is_paragraph(shown[place + 1][1]):
            return shown[place][0]
    return shown[candidates[0]][0] if candidates else None


def _take_ingress(rest: list[Unit], book: Book) -> str:
    """Take the paragraph after the title (or the one marked as ingress) off the list."""
    while rest and is_furniture_by_place(rest[0].text) and is_short(rest[0].text):
        _set_aside(rest.pop(0), "after_text", book)
    marked = [unit for unit in rest if unit.is_ingress]
    unit = marked[0] if marked else next(iter(rest), None)
    if unit is None or not is_paragraph(unit):
        book.note("no_ingress")
        return ""
    rest.remove(unit)
    book.place(unit.lines, Place.INGRESS)
    _tell_lost_links(unit, book)
    if "<" in unit.html:
        book.note("ingress_markup", unit.number)
    if len(unit.text) > MAX_INGRESS:
        length = len(unit.text)
        book.note("ingress_long", unit.number, length=length, limit=MAX_INGRESS)
    split_quotes(unit.text, book, unit.number, may_split=False)
    return unit.text


def _set_aside(unit: Unit, code: str, book: Book) -> None:
    for line in unit.lines:
        if is_furniture_by_place(line.text):
            book.drop(line, "interface")
        else:
            book.leave(line, code)


def _tell_lost_links(unit: Unit, book: Book) -> None:
    for line in unit.lines:
        for text, href in line.lost_links:
            book.note("link_removed", line.number, text=text, href=href)


class _Body:
    """Turns the units after the ingress into blocks."""

    def __init__(self, units: list[Unit], blocks: list[Block], book: Book) -> None:
        self.units = units
        self.blocks = blocks
        self.book = book
        self.level = 1
        substantial = [
            position
            for position, unit in enumerate(units)
            if unit.shape in SUBSTANTIAL or is_paragraph(unit)
        ]
        self.last_substantial = substantial[-1] if substantial else -1

    def build(self) -> None:
        """Add a block for every unit, or set the unit aside."""
        position = 0
        while position < len(self.units):
            position = self._links(position) or self._one(position)

    def _one(self, position: int) -> int:
        unit = self.units[position]
        if unit.shape == "text":
            self._text(position)
            return position + 1
        if unit.shape == "heading":
            self._heading(unit, unit.level)
        elif unit.shape == "quote":
            self._quote(unit)
        else:
            self._add(unit, self._list(unit) if unit.items else self._table(unit))
        return position + 1

    def _add(self, unit: Unit, *blocks: Block) -> None:
        self.blocks.extend(blocks)
        self.book.place(unit.lines, Place.BODY)
        _tell_lost_links(unit, self.book)

    def _text(self, position: int) -> None:
        """Add plain text as heading or paragraph, by what follows it."""
        unit = self.units[position]
        follower = self.units[position + 1] if position + 1 < len(self.units) else None
        leads = follower is not None and (
            is_paragraph(follower) or follower.shape in ("list", "table", "quote")
        )
        if is_furniture_by_place(unit.text) and (unit.marked_up or not leads):
            _set_aside(unit, "after_text", self.book)
        elif is_paragraph(unit):
            self._paragraph(unit)
        elif leads and not URL.search(unit.text):
            self._heading(unit, 2)
        elif position > self.last_substantial:
            _set_aside(unit, "after_text", self.book)
        else:
            self._paragraph(unit)

    def _heading(self, unit: Unit, level: int) -> None:
        """Add a heading of level 2 or 3, never 3 without a 2 before it."""
        allowed = min(max(level, 2), 3, self.level + 1)
        if allowed != level:
            self.book.note("heading_level", unit.number, heading=unit.text)
        self.level = allowed
        self._add(unit, {"type": "heading", "level": allowed, "text": unit.text})

    def _paragraph(self, unit: Unit) -> None:
        plain = "<" not in unit.html
        pieces = split_quotes(unit.text, self.book, unit.number, may_split=plain)
        if not plain or len(pieces) == 1 and isinstance(pieces[0], str):
            self._add(unit, {"type": "paragraph", "html": f"<p>{unit.html}</p>"})
        else:
            self._add(unit, *map(_piece_block, pieces))

    def _quote(self, unit: Unit) -> None:
        """Add a marked quote if it says whose it is, else an ordinary paragraph."""
        text = unit.text
        speaker = read_attribution(unit.cite) if unit.cite else None
        if speaker:
            words = _without_marks(text)
            quote = Quotation(words, speaker.name, speaker.title, speaker.organisation)
            self._add(unit, _piece_block(quote))
            return
        opened = text if text[:1] in '–—”"»“«' else f"– {text}"
        pieces = [] if unit.cite else split_quotes(opened, self.book, unit.number)
        if len(pieces) == 1 and isinstance(pieces[0], Quotation):
            self._add(unit, _piece_block(pieces[0]))
            return
        self.book.note("quote_without_name", unit.number)
        htmls = [unit.html, *([escape(unit.cite, quote=False)] if unit.cite else [])]
        self._add(
            unit, *({"type": "paragraph", "html": f"<p>{html}</p>"} for html in htmls)
        )

    def _list(self, unit: Unit) -> Block:
        items = [item.html for item in unit.items]
        return {"type": "list", "ordered": unit.ordered, "items": items}

    def _table(self, unit: Unit) -> Block:
        table = unit.table
        return {
            "type": "table",
            "caption": table.caption if table else "",
            "header_row": bool(table and table.header_row),
            "header_column": bool(table and table.header_column),
            "rows": [list(row) for row in table.rows] if table else [],
        }

    def _links(self, position: int) -> int:
        """Add a list of links if one begins here; return where to go on, or 0."""
        unit = self.units[position]
        if unit.shape not in ("text", "heading"):
            return 0
        if not unit.href and (announced := announced_link(unit.text)):
            heading, text = announced
            href = unit.lines[0].markup.href if unit.lines[0].markup else ""
            found = link(text, href, self.book, unit.number)
            self._add(unit, {"type": "link_list", "heading": heading, "links": [found]})
            return position + 1
        if not is_links_heading(unit.text):
            return 0
        links, end = self._collect_links(position + 1)
        if not links:
            return 0
        heading = unit.text.rstrip(": ")
        self._add(unit, {"type": "link_list", "heading": heading, "links": links})
        for used in self.units[position + 1 : end]:
            self.book.place(used.lines, Place.BODY)
        return end

    def _collect_links(self, start: int) -> tuple[list[Block], int]:
        links: list[Block] = []
        position = start
        while position < len(self.units):
            unit = self.units[position]
            if not self._holds_links(position, first=not links):
                break
            for item in unit.items or (Item(unit.text, unit.html, unit.href),):
                if is_bare_url(item.text) and links and _wants_address(links[-1]):
                    name = links.pop()["text"]
                    item = Item(f"{name} {item.text}", "", item.href)
                links.append(link(item.text, item.href, self.book, unit.number))
            position += 1
        return links, position

    def _holds_links(self, position: int, *, first: bool) -> bool:
        unit = self.units[position]
        marked_up = bool(unit.lines[0].markup)
        if unit.shape == "list":
            return all(
                bool(item.href or URL.search(item.text))
                if marked_up
                else is_link_line(item.text)
                for item in unit.items
            )
        if unit.shape != "text" or is_links_heading(unit.text):
            return False
        if marked_up:
            return bool(unit.href) or (
                bool(URL.search(unit.text)) and is_link_line(unit.text)
            )
        if is_furniture_by_place(unit.text) or not is_link_line(unit.text):
            return False
        follower = self.units[position + 1] if position + 1 < len(self.units) else None
        begins_section = follower is not None and is_paragraph(follower)
        return first or bool(URL.search(unit.text)) or not begins_section


def _wants_address(found: Block) -> bool:
    return found["kind"] == "unresolved" and "href" not in found


def _piece_block(piece: str | Quotation) -> Block:
    if isinstance(piece, str):
        return {"type": "paragraph", "html": f"<p>{escape(piece, quote=False)}</p>"}
    return {
        "type": "quote",
        "text": piece.text,
        "name": piece.name,
        "title": piece.title,
        "organisation": piece.organisation,
    }


def _without_marks(text: str) -> str:
    """Return quoted words without the marks around them; the page puts its own."""
    inner = text.strip().lstrip("–—").strip()
    pairs = ("””", '""', "“”", "»«", "»»", "«»", "„”", "„“")
    if len(inner) > 2 and inner[0] + inner[-1] in pairs:
        return inner[1:-1].strip()
    return inner

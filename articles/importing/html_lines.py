"""An HTML page into lines, each with its markup and the part of the page it is from."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bs4 import Tag

from articles.importing.contact import is_label
from articles.importing.html_inline import Segment, segments
from articles.importing.lines import Line, Markup, Table, word_set

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bs4 import PageElement

    from articles.importing.book import Book


class Zone(StrEnum):
    """The part of the page a line stands in; all but the content is set aside."""

    CONTENT = "content"
    ASIDE = "aside"
    CAPTION = "image_caption"
    NAVIGATION = "navigation"
    FORM = "form"
    OUTSIDE = "outside"


_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = word_set(
    "address article aside blockquote body button center dd details dialog div dl "
    "dt fieldset figcaption figure footer form header hgroup hr html label legend "
    "li main menu nav ol option p pre section select summary table tbody td "
    "textarea tfoot th thead tr ul head"
) | frozenset(_HEADINGS)
_FORMS = ("form", "button", "select", "textarea", "dialog")
_INGRESS = ("ingress", "preamble", "lead", "intro")
_LAYOUT = ("table", "ul", "ol", "h1", "h2", "h3", "h4", "form")


class LineReader:
    """Walks a cleaned page and writes down its lines in order."""

    def __init__(self, root: Tag, base: str, figures: set[int], book: Book) -> None:
        self.root = root
        self.base = base
        self.figures = figures
        self.book = book
        self.lines: list[Line] = []
        self.zones: dict[int, Zone] = {}
        self.group = 0
        self.term_group = 0
        self.with_blocks: set[int] = set()
        above = [{id(up) for up in title.parents} for title in root.find_all("h1")]
        self.around_titles = set.intersection(*above) if above else set()

    def read(self, soup: Tag) -> list[Line]:
        """Return the lines of the page; `zones` then tells where each group stood."""
        for tag in soup.find_all(_BLOCKS):
            above = tag.parent
            while above is not None and id(above) not in self.with_blocks:
                self.with_blocks.add(id(above))
                above = above.parent
        self._inside(soup, Zone.CONTENT if soup is self.root else Zone.OUTSIDE)
        return self.lines

    def _inside(self, parent: Tag, zone: Zone) -> None:
        """Read the children of a tag: runs of inline nodes are paragraphs."""
        inline: list[PageElement] = []
        for child in list(parent.children):
            if isinstance(child, Tag) and (
                child.name in _BLOCKS or id(child) in self.with_blocks
            ):
                self._text(inline, parent, zone)
                inline = []
                self._block(child, self._zone(child, zone))
            else:
                inline.append(child)
        self._text(inline, parent, zone)

    def _zone(self, tag: Tag, zone: Zone) -> Zone:
        """Return the zone of a tag that stands in this zone."""
        if tag is self.root:
            return Zone.CONTENT
        if tag.name == "nav" or tag.get("role") == "navigation":
            return Zone.NAVIGATION
        if tag.name in _FORMS:
            return Zone.FORM
        if zone is Zone.CONTENT and tag.name in ("aside", "footer", "header"):
            return self._zone_beside(tag)
        return zone

    def _zone_beside(self, tag: Tag) -> Zone:
        """Return the zone of an aside, a footer or a header inside the content.

        Where the page does not mark its content they may be those of the whole site;
        a header then belongs to the content if it holds the only title.
        """
        whole_page = self.root.name not in ("main", "article")
        if tag.name == "aside":
            return Zone.ASIDE
        if tag.name == "footer":
            return Zone.OUTSIDE if whole_page else Zone.ASIDE
        if not whole_page:
            return Zone.CONTENT
        return Zone.CONTENT if id(tag) in self.around_titles else Zone.OUTSIDE

    def _block(self, tag: Tag, zone: Zone) -> None:
        name = tag.name
        if name in _HEADINGS and not self._has_sections(tag):
            self._text([tag], tag, zone, Markup("heading", "", _HEADINGS[name]))
        elif name == "summary":
            self._text([tag], tag, zone, Markup("heading", "", 3))
        elif name in ("ul", "ol", "menu") and zone is not Zone.NAVIGATION:
            self._list(tag, zone)
        elif name == "table" and zone is Zone.CONTENT and not _is_layout(tag):
            self._table(tag)
        elif name == "blockquote" and zone is Zone.CONTENT:
            self._quote(tag, tag.find(["cite", "footer"]), zone)
        elif name == "figure" and zone is Zone.CONTENT:
            self._figure(tag, zone)
        elif name == "dl":
            self.term_group = 0
            self._inside(tag, zone)
        elif name in ("dt", "dd"):
            self._term(tag, zone)
        else:
            self._inside(tag, zone)

    @staticmethod
    def _has_sections(tag: Tag) -> bool:
        return tag.find(["p", "ul", "ol", "table", *_HEADINGS]) is not None

    def _text(
        self,
        nodes: Iterable[PageElement],
        parent: Tag,
        zone: Zone,
        markup: Markup | None = None,
    ) -> None:
        """Write inline nodes down as lines of one group, or more where they gap."""
        nodes = list(nodes)
        classes = _classes(parent) | {
            c for n in nodes if isinstance(n, Tag) for c in _classes(n)
        }
        is_ingress = any(word in _INGRESS for word in classes) or any(
            word.endswith(("-ingress", "__ingress", "-preamble", "__preamble"))
            for word in classes
        )
        self.group += 1
        for segment in segments(nodes, self.base):
            if not segment.text:
                self.group += 0 if markup else 1
                continue
            shape, level = (markup.shape, markup.level) if markup else ("text", 0)
            self._add(
                segment,
                parent,
                zone,
                Markup(shape, segment.html, level, segment.href, is_ingress=is_ingress),
            )

    def _add(self, segment: Segment, tag: Tag, zone: Zone, markup: Markup) -> None:
        line = Line(
            tag.sourceline or 0, segment.text, self.group, 0, markup, segment.lost_links
        )
        self.lines.append(line)
        self.zones[self.group] = zone

    def _list(self, tag: Tag, zone: Zone) -> None:
        """Read a list; the items of a list inside it come after their own item."""
        self.group += 1
        if tag.find(["ul", "ol"]) is not None and zone is Zone.CONTENT:
            self.book.note("nested_list", tag.sourceline or 0)
        self._items(tag, tag.name == "ol", zone)

    def _items(self, tag: Tag, ordered: bool, zone: Zone) -> None:
        for child in list(tag.children):
            if not isinstance(child, Tag):
                self._item([child], tag, ordered, zone)
            elif child.name in ("ul", "ol"):
                self._items(child, ordered, zone)
            else:
                self._entry(child, ordered, zone)

    def _entry(self, tag: Tag, ordered: bool, zone: Zone) -> None:
        """Read an item; what is nested in it (or follows it unclosed) comes after."""
        nested = _outermost(tag, ["ul", "ol", "li"])
        for inner in nested:
            inner.extract()
        self._item(list(tag.children), tag, ordered, zone)
        for inner in nested:
            if inner.name == "li":
                self._entry(inner, ordered, zone)
            else:
                self._items(inner, ordered, zone)

    def _item(
        self, nodes: list[PageElement], tag: Tag, ordered: bool, zone: Zone
    ) -> None:
        parts = [part for part in segments(nodes, self.base) if part.text]
        if not parts:
            return
        text = " ".join(part.text for part in parts)
        html = "<br>".join(part.html for part in parts)
        href = parts[0].href if len(parts) == 1 else ""
        lost = tuple(link for part in parts for link in part.lost_links)
        markup = Markup("item", html, 0, href, ordered=ordered)
        self._add(Segment(text, html, href, lost), tag, zone, markup)

    def _term(self, tag: Tag, zone: Zone) -> None:
        """Read a term or its description; they stay together in one group."""
        start = len(self.lines)
        self._inside(tag, zone)
        if tag.name == "dt":
            self.term_group = self.lines[-1].group if len(self.lines) > start else 0
        elif self.term_group:
            for position in range(start, len(self.lines)):
                self.lines[position] = self.lines[position].in_group(self.term_group)

    def _table(self, tag: Tag) -> None:
        rows = tag.find_all("tr")
        cells = [[_words(cell) for cell in row.find_all(["td", "th"])] for row in rows]
        caption = tag.find("caption")
        filled = [
            (row, texts) for row, texts in zip(rows, cells, strict=True) if any(texts)
        ]
        width = max((len(texts) for _, texts in filled), default=0)
        if not width:
            return
        padded = tuple((*texts, *[""] * (width - len(texts))) for _, texts in filled)
        kinds = [
            [cell.name for cell in row.find_all(["td", "th"])] for row, _ in filled
        ]
        header_row = all(kind == "th" for kind in kinds[0])
        body = kinds[1:] if header_row else kinds
        header_column = bool(body) and all(kind[0] == "th" for kind in body)
        table = Table(
            padded, _words(caption) if caption else "", header_row, header_column
        )
        number = tag.sourceline or 0
        first = next(filter(None, padded[0]), "")
        if not (header_row or header_column):
            self.book.note("table_headers", number, cell=first)
        if (
            tag.find(["td", "th"], colspan=True)
            or tag.find("a", href=True)
            or (tag.find(["td", "th"], rowspan=True))
        ):
            self.book.note("table_simplified", number, cell=first)
        self.group += 1
        text = "\n".join([table.caption, *("\t".join(row) for row in padded)]).strip()
        self._add(
            Segment(text, "", "", ()),
            tag,
            Zone.CONTENT,
            Markup("table", "", table=table),
        )

    def _quote(self, tag: Tag, cite: Tag | None, zone: Zone) -> None:
        """Read a block quote: its words, then who said them, in one group."""
        source = cite.extract() if cite is not None else None
        self.group += 1
        for shape, part in (("quote", tag), ("cite", source)):
            if part is None:
                continue
            for segment in segments(list(part.children), self.base):
                if segment.text:
                    self._add(segment, tag, zone, Markup(shape, segment.html))

    def _figure(self, tag: Tag, zone: Zone) -> None:
        caption = tag.find("figcaption")
        quote = tag.find("blockquote")
        if quote is not None:
            self._quote(quote, caption or quote.find(["cite", "footer"]), zone)
            quote.extract()
            self._inside(tag, zone)
            return
        if caption is not None and id(tag) in self.figures:
            caption.extract()
            self._inside(caption, Zone.CAPTION)
        self._inside(tag, zone)


def _outermost(tag: Tag, names: list[str]) -> list[Tag]:
    """Return the tags of these names inside a tag, without those inside them."""
    tags = tag.find_all(names)
    known = {id(found) for found in tags}
    return [
        found
        for found in tags
        if not any(id(parent) in known for parent in found.parents)
    ]


def _classes(tag: Tag) -> set[str]:
    found = tag.get("class")
    names = found if isinstance(found, list) else str(found or "").split()
    return {name.lower() for name in names}


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def _is_layout(table: Tag) -> bool:
    """Tell whether a table only holds things in place, or holds contact details."""
    if table.get("role") in ("presentation", "none") or table.find(_LAYOUT):
        return True
    rows = [row.find_all(["td", "th"]) for row in table.find_all("tr")]
    if max((len(row) for row in rows), default=0) < 2:
        return True
    return sum(bool(row) and is_label(_words(row[0])) for row in rows) > 1

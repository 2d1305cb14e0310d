"""Plain lines into units: joining wrapped lines, recognising lists and tables."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from articles.importing.lines import Table, ends_sentence, tidy, word_set
from articles.importing.links import is_links_heading
from articles.importing.units import Item, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.importing.book import Book
    from articles.importing.lines import Line

_BULLET = re.compile(r"^(?:[•·*▪◦‣●○-]|–)\s+(?=\S)")
_TALK_DASH = re.compile(r"^[–—-]\s+\S")
_NUMBER = re.compile(r"^(\d{1,2})[.)]\s+(?=\S)")
_SPEECH = re.compile(
    r"[,?!”\"]\s+(?:säger|sade|sa|menar|berättar|förklarar|tycker|konstaterar)\s", re.I
)
_ADDRESS = re.compile(r"^\S+(?:\.\S+/|://|@)\S*")
_HANGING = word_set(
    "i på av till från med för om hos vid och eller samt att som en ett den det "
    "de när mot under över efter mellan är var har kan ska inte sin sitt sina"
)
EVEN_SHARE = 0.8
MAX_WIDTH = 120
MIN_WIDTH = 50
MIN_WRAPPED = 30


def to_units(lines: Sequence[Line], book: Book) -> list[Unit]:
    """Return the units of a plain text, in order."""
    width = _wrap_width(lines)
    units: list[Unit] = []
    for _, group in groupby(lines, key=lambda line: line.group):
        units.extend(_group_units(list(group), width, book))
    return _merge_lists(units)


def _wrap_width(lines: Sequence[Line]) -> int:
    """Return the width the text was wrapped to, or 0 if it was not."""
    lengths = [len(line.text) + line.indent for line in lines]
    longest = max(lengths, default=0)
    return longest if MIN_WIDTH <= longest <= MAX_WIDTH else 0


def _local_width(group: list[Line]) -> int:
    """Return the width of lines that are all but equally long, or 0."""
    lengths = [len(line.text) + line.indent for line in group[:-1]]
    if not lengths or not MIN_WIDTH <= max(lengths) <= MAX_WIDTH:
        return 0
    even = len(lengths) > 1 and min(lengths) >= EVEN_SHARE * max(lengths)
    return max(lengths) if even and len(group[-1].text) <= max(lengths) else 0


def _group_units(group: list[Line], width: int, book: Book) -> Iterable[Unit]:
    """Cut lines without a blank line between them into units."""
    width = _local_width(group) or width
    position = 0
    talks = _has_talk(group)
    while position < len(group):
        end = _table_end(group, position)
        if end - position > 1:
            yield _table(group[position:end], book)
            position = end
            continue
        end = position + 1
        while end < len(group) and _continues(group[end - 1], group[end], width):
            end += 1
        joined = group[position:end]
        if _is_item(group[position].text, talks=talks):
            while end < len(group) and group[end].indent > joined[0].indent + 1:
                if _BULLET.match(group[end].text) or _NUMBER.match(group[end].text):
                    break
                end += 1
            joined = group[position:end]
            yield _list_unit(joined, _join(joined, book))
        else:
            text = _join(joined, book)
            yield Unit("text", tuple(joined), text, escape(text, quote=False))
        position = end


def _continues(line: Line, after: Line, width: int) -> bool:
    """Tell whether a line was broken only because it was full."""
    if _must_part(line, after):
        return False
    first_word = after.text.split()[0]
    if width and len(line.text) + line.indent + 1 + len(first_word) > width:
        return True
    if len(line.text) < MIN_WRAPPED or ends_sentence(line.text):
        return False
    hangs = line.text.split()[-1] in _HANGING
    return hangs or (after.text[0].islower() and not line.text.endswith(":"))


def _must_part(line: Line, after: Line) -> bool:
    """Tell whether two lines are different things, however long they are."""
    return (
        after.number != line.number + 1
        or "\t" in line.text + after.text
        or is_links_heading(line.text)
        or is_links_heading(after.text)
        or any(mark.match(after.text) for mark in (_BULLET, _NUMBER, _ADDRESS))
    )


def _join(lines: Sequence[Line], book: Book) -> str:
    """Join wrapped lines; a hyphen at the end is kept, and told of."""
    parts = [lines[0].text]
    for before, line in pairwise(lines):
        word, first = before.text.split()[-1], line.text.split()[0]
        divided = word.endswith("-") and len(word) > 1 and word[-2].isalpha()
        if divided and first[0].islower() and first not in ("och", "eller", "samt"):
            book.note("hyphen", line.number, word=f"{word}{first}")
        else:
            parts.append(" ")
        parts.append(line.text)
    return tidy("".join(parts))


def _is_item(text: str, *, talks: bool) -> bool:
    """Tell whether a line is an item of a list, and not somebody talking."""
    if _NUMBER.match(text):
        return True
    return bool(_BULLET.match(text)) and not (talks and _TALK_DASH.match(text))


def _has_talk(group: list[Line]) -> bool:
    """Tell whether the dashes in a group of lines open speech.

    An en dash does when it stands alone; several lines with dashes are a list unless
    one of them says who is talking.
    """
    dashes = [line.text for line in group if _TALK_DASH.match(line.text)]
    if len(dashes) == 1 and dashes[0].startswith(("–", "—")):
        return True
    return bool(dashes) and any(_SPEECH.search(f"{line.text} ") for line in group)


def _list_unit(lines: list[Line], text: str) -> Unit:
    number = _NUMBER.match(text)
    marker = number or _BULLET.match(text)
    words = text[marker.end() :] if marker else text
    item = Item(words, escape(words, quote=False))
    return Unit(
        "list",
        tuple(lines),
        text,
        escape(text, quote=False),
        level=int(number.group(1)) if number else 0,
        items=(item,),
        ordered=bool(number),
    )


def _merge_lists(units: Sequence[Unit]) -> list[Unit]:
    """Put neighbouring items into one list; numbers that are no list stay as text."""
    merged: list[Unit] = []
    run: list[Unit] = []
    for unit in units:
        if run and not _same_list(run, unit):
            merged.extend(_close(run))
            run = []
        if unit.shape == "list":
            run.append(unit)
        else:
            merged.append(unit)
    return [*merged, *_close(run)]


def _same_list(run: list[Unit], unit: Unit) -> bool:
    if unit.shape != "list" or unit.ordered != run[0].ordered:
        return False
    return not unit.ordered or unit.level == run[-1].level + 1


def _close(run: list[Unit]) -> list[Unit]:
    """Return the list of a run; a numbered one counts only from one, to two or more."""
    if not run:
        return []
    if run[0].ordered and (run[0].level != 1 or len(run) < 2):
        return [Unit("text", unit.lines, unit.text, unit.html) for unit in run]
    return [
        Unit(
            "list",
            tuple(line for unit in run for line in unit.lines),
            "\n".join(unit.text for unit in run),
            "",
            items=tuple(item for unit in run for item in unit.items),
            ordered=run[0].ordered,
        )
    ]


def _table_end(group: list[Line], start: int) -> int:
    """Return the end of the run of lines that have the same number of columns."""
    columns = group[start].text.count("\t")
    end = start + 1
    while columns and end < len(group) and group[end].text.count("\t") == columns:
        end += 1
    return end


def _table(lines: list[Line], book: Book) -> Unit:
    rows = tuple(tuple(tidy(cell) for cell in line.text.split("\t")) for line in lines)
    digits = [any(any(map(str.isdigit, cell)) for cell in row) for row in rows]
    book.note("table_headers", lines[0].number, cell=rows[0][0])
    return Unit(
        "table",
        tuple(lines),
        "\n".join(line.text for line in lines),
        "",
        table=Table(rows, header_row=not digits[0] and any(digits[1:])),
    )

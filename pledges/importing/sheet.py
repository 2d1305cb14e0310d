"""A whole file: rows as figures, and a report of what is wrong, by row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import IO

from django.utils.translation import gettext as _

from pledges.importing.columns import Columns, find_columns
from pledges.importing.decoding import read_text
from pledges.importing.figures import (
    Expectations,
    Figure,
    WrongCell,
    is_formula,
    read_figure,
)
from pledges.importing.mistakes import Mistake, UnreadableFile

MAX_ROWS = 5_000
#: A report that nobody reads to its end is no report.
MAX_PROBLEMS = 200
_DELIMITERS = (";", "\t", ",")


@dataclass
class Sheet:
    """What a file holds. ``figures`` are complete only when there are no problems."""

    figures: list[Figure] = field(default_factory=list)
    problems: list[Mistake] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_sheet(file: IO[bytes], expected: Expectations) -> Sheet:
    """Read a CSV file. Raises ``UnreadableFile`` when there are no rows to report on."""
    text, remarks = read_text(file)
    # All of them, before the first is looked at: a file that is too long is refused as
    # a whole, whatever stands in it.
    rows = iter(list(_rows(text)))
    columns = _columns(rows)
    sheet = Sheet(remarks=remarks)
    if columns.unknown:
        remark = _("These columns are not used: %(columns)s.")
        sheet.remarks.append(remark % {"columns": ", ".join(columns.unknown)})
    _read_rows(rows, columns, expected, sheet)
    if not sheet.figures and not sheet.problems:
        raise UnreadableFile(_("There are no rows below the headings."))
    return sheet


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its number; stops with a refusal when there are too many."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number > MAX_ROWS + 1:
                message = _(
                    "The file has more than %(limit)s rows. Divide it into several "
                    "files."
                )
                raise UnreadableFile(
                    message % {"limit": f"{MAX_ROWS:,}".replace(",", " ")}
                )
            yield number, cells
    except csv.Error as error:
        message = _("Row %(row)s cannot be read: look for a quotation mark too many.")
        raise UnreadableFile(message % {"row": number + 1}) from error


def _delimiter(text: str) -> str:
    """Return what parts the columns: whatever makes most sense of the headings."""
    first = text.lstrip("\r\n").partition("\n")[0].rstrip("\r")
    return max(
        _DELIMITERS,
        key=lambda mark: (
            len(find_columns(_split(first, mark)).places),
            first.count(mark),
        ),
    )


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _columns(rows: Iterator[tuple[int, list[str]]]) -> Columns:
    headings = next(
        (cells for _number, cells in rows if any(map(str.strip, cells))), []
    )
    columns = find_columns(headings)
    if columns.missing:
        message = _("The file has no column for: %(columns)s.")
        raise UnreadableFile(message % {"columns": ", ".join(columns.missing)})
    if columns.repeated:
        message = _("Two columns hold the same: %(columns)s.")
        raise UnreadableFile(message % {"columns": ", ".join(columns.repeated)})
    return columns


def _read_rows(
    rows: Iterator[tuple[int, list[str]]],
    columns: Columns,
    expected: Expectations,
    sheet: Sheet,
) -> None:
    seen: dict[tuple[str, str, str], int] = {}
    for number, cells in rows:
        if not any(map(str.strip, cells)):
            continue
        try:
            figure = _figure(cells, columns, expected)
            if earlier := seen.get(figure.place):
                raise WrongCell(_("The same as row %(row)s.") % {"row": earlier})
        except WrongCell as wrong:
            heading = (
                columns.heading(wrong.column) if wrong.column in columns.places else ""
            )
            sheet.problems.append(Mistake(number, heading, str(wrong)))
            if len(sheet.problems) >= MAX_PROBLEMS:
                text = _("There are more problems below. Mend these first.")
                sheet.remarks.append(text)
                return
            continue
        seen[figure.place] = number
        sheet.figures.append(figure)


def _figure(cells: list[str], columns: Columns, expected: Expectations) -> Figure:
    if len(cells) > len(columns.headings) and any(
        cell.strip() for cell in cells[len(columns.headings) :]
    ):
        raise WrongCell(_("The row has more columns than there are headings."))
    for place, cell in enumerate(cells):
        if is_formula(cell):
            text = _("'%(cell)s' is a formula. Paste the value instead.")
            name = next((n for n, p in columns.places.items() if p == place), "")
            raise WrongCell(text % {"cell": cell.strip()[:40]}, name)
    named = {
        name: cells[place] if place < len(cells) else ""
        for name, place in columns.places.items()
    }
    return read_figure(named, expected)

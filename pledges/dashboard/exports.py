"""The dashboard's lists as files for a spreadsheet.

A spreadsheet runs what begins like a formula. Text from drafts, names and readers'
languages is therefore written so that it is shown and never run; numbers stay numbers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from pledges import words
from pledges.dashboard.queries import ActivityRow, Dashboard, FollowUpRow
from pledges.staff_choices import TargetOp

CSV, XLSX = "csv", "xlsx"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Control characters that XML, and so a spreadsheet file, cannot hold.
_UNWRITABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])

Cell = str | Decimal | date | int | None


def safe(value: Cell) -> Cell:
    """Return a cell that no spreadsheet runs: text like a formula gets an apostrophe."""
    if not isinstance(value, str):
        return value
    text = value.translate(_UNWRITABLE)
    return f"'{text}" if text.startswith(_RUNS) else text


def activity_table(board: Dashboard) -> list[list[Cell]]:
    head: list[Cell] = [
        _("Programme"), _("Pledge"), _("Activity"), _("Responsible"), _("At least, at "
        "most or exactly"), _("Target"), _("Result"), _("Of what"), _("Status"),
        _("Latest follow-up"), _("To be done by"), _("Late"),
    ]  # fmt: skip
    return [head, *(_activity(row) for row in board.activities)]


def _activity(row: ActivityRow) -> list[Cell]:
    each = row.standing
    return [
        each.programme.title,
        each.pledge_title,
        each.title,
        row.responsible,
        str(TargetOp(each.op).label) if each.target is not None else "",
        each.target,
        each.actual,
        each.unit,
        row.status,
        each.latest.title if each.latest else "",
        each.due,
        _("yes") if row.is_late else _("no"),
    ]


def followup_table(board: Dashboard) -> list[list[Cell]]:
    head: list[Cell] = [
        _("Programme"), _("Follow-up"), _("Due on"), _("State"), _("Days late"),
        _("Draft"),
    ]  # fmt: skip
    return [head, *(_followup(row) for row in board.followups)]


def _followup(row: FollowUpRow) -> list[Cell]:
    return [
        row.occasion.programme.title,
        row.occasion.label,
        row.occasion.due_on,
        row.state,
        row.days_late,
        row.draft.title if row.draft else "",
    ]


def as_csv(rows: Iterable[list[Cell]]) -> bytes:
    """Return the rows as Swedish spreadsheets read them: semicolons, decimal commas."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    for row in rows:
        writer.writerow([_csv_cell(each) for each in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _csv_cell(value: Cell) -> str:
    if isinstance(value, Decimal):
        return words.figure(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(safe(value))


def as_xlsx(rows: Iterable[list[Cell]], title: str) -> bytes:
    """Return the rows as a workbook: numbers and days as such, text as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for row in rows:
        sheet.append([_xlsx_cell(sheet, each) for each in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsx_cell(sheet: Any, value: Cell) -> Any:
    cell = WriteOnlyCell(sheet, value=safe(value))
    if isinstance(value, str):
        # Never a formula, whatever it looks like.
        cell.data_type = "s"
    return cell

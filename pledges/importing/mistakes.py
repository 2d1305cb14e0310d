"""What the import says about a file that it cannot take, or takes with a remark."""

from __future__ import annotations

from dataclasses import dataclass


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the message says what to do about it."""


@dataclass(frozen=True)
class Mistake:
    """What is wrong in one row.

    ``row`` counts as a spreadsheet does: the headings are row 1. ``column`` is the
    heading as it stands in the file, or an empty text when it concerns the whole row.
    """

    row: int
    column: str
    message: str

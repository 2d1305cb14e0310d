"""The accounts of one import: every piece of text is entered here exactly once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.importing.messages import NOTICES, REASONS
from articles.importing.model import Leftover, Notice, Place, Placed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.importing.lines import Line


class Book:
    """Collects what became of the source while it is being read."""

    def __init__(self) -> None:
        self.placed: list[Placed] = []
        self.dropped: list[Leftover] = []
        self.unplaced: list[Leftover] = []
        self.notices: dict[Notice, None] = {}

    def place(self, lines: Iterable[Line], place: Place) -> None:
        """Enter lines that became part of the article."""
        self.placed.extend(Placed(line.number, line.text, place) for line in lines)

    def place_piece(self, number: int, text: str, place: Place) -> None:
        """Enter a part of a line."""
        self.placed.append(Placed(number, text, place))

    def drop(self, line: Line, code: str) -> None:
        """Enter furniture."""
        self.drop_piece(line.number, line.text, code)

    def drop_piece(self, number: int, text: str, code: str) -> None:
        """Enter furniture that is not a line of its own."""
        self.dropped.append(Leftover(number, text, code, str(REASONS[code])))

    def leave(self, line: Line, code: str) -> None:
        """Enter a line that the editor has to find a place for."""
        self.leave_piece(line.number, line.text, code)

    def leave_piece(self, number: int, text: str, code: str) -> None:
        """Enter a part of a line that the editor has to find a place for."""
        self.unplaced.append(Leftover(number, text, code, str(REASONS[code])))

    def note(self, code: str, line: int = 0, **values: object) -> None:
        """Tell the editor something, once."""
        self.notices[Notice(code, str(NOTICES[code]) % values, line)] = None

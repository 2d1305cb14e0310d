"""Which survey results may leave the desk (I10). Pure: looks at figures, not at rows.

A cell with few answers points at people. It stays inside even when nobody shows it,
if it can be worked out from the total and the cells beside it: then another one stays
inside too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from pledges.choices import Dimension

#: Fewer answers than this point at people.
MIN_ANSWERS = 30


class Cell(Protocol):
    """What suppression needs to know about a result."""

    @property
    def indicator_id(self) -> int: ...
    @property
    def dimension(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def n(self) -> int | None: ...
    @property
    def suppressed(self) -> bool: ...


C = TypeVar("C", bound=Cell)


def answers(cell: Cell, answered: int | None) -> int | None:
    """Return how many answers a result rests on; None when nobody knows.

    Everybody who answered the survey stands behind a total that says nothing else.
    """
    if cell.n is None and cell.dimension == Dimension.TOTAL:
        return answered
    return cell.n


def published(cells: Iterable[C], answered: int | None) -> list[C]:
    """Return the results that may be published, in the order given."""
    cells = list(cells)
    hidden = {
        index for index, cell in enumerate(cells) if _points_at_people(cell, answered)
    }
    for question in {cell.indicator_id for cell in cells}:
        own = [i for i, cell in enumerate(cells) if cell.indicator_id == question]
        totals = [i for i in own if cells[i].dimension == Dimension.TOTAL]
        for dimension in {cells[i].dimension for i in own} - {Dimension.TOTAL}:
            parts = [i for i in own if cells[i].dimension == dimension]
            hidden |= _companions(
                cells, parts, hidden, any(i in hidden for i in totals)
            )
    return [cell for index, cell in enumerate(cells) if index not in hidden]


def _points_at_people(cell: Cell, answered: int | None) -> bool:
    behind = answers(cell, answered)
    return cell.suppressed or behind is None or behind < MIN_ANSWERS


def _companions(
    cells: Sequence[Cell], parts: Sequence[int], hidden: set[int], total_hidden: bool
) -> set[int]:
    """Return what must be hidden beside what is, so that nothing can be worked out.

    A total that is not in the survey counts as known: it may stand somewhere else.
    """
    inside = [index for index in parts if index in hidden]
    outside = sorted(
        (index for index in parts if index not in hidden),
        key=lambda index: (cells[index].n or 0, cells[index].group),
    )
    more: set[int] = set()
    while outside and _can_be_worked_out([cells[i] for i in inside], total_hidden):
        more.add(outside[0])
        inside.append(outside.pop(0))
    return more


def _can_be_worked_out(inside: Sequence[Cell], total_hidden: bool) -> bool:
    """Say whether the total less what is shown gives away what is hidden.

    Without the total, one hidden part protects the others and the total itself. With
    it, the hidden parts together are known: they must be several, and many people.
    """
    if total_hidden:
        return not inside
    if not inside:
        return False
    return len(inside) == 1 or sum(cell.n or 0 for cell in inside) < MIN_ANSWERS

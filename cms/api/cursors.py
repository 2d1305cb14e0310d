"""Opaque cursors: a place in a list, newest first, as the list was when reading began.

An entry stays at the place that it had then. What is published, moved to another date
or withdrawn while somebody reads on neither repeats nor hides another entry.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from cms.log import heads
from cms.reading import selections
from cms.reading.queries import Row
from cms.reading.selections import Selection

_BIGGEST = 2**63
_ALL = 2**31


class BadCursor(ValueError):
    """The cursor was not made by us."""


@dataclass(frozen=True, order=True)
class Position:
    """The date and id of an entry; ``as_of`` is the last publication of the list."""

    date: datetime
    head: int
    as_of: int


def encode(place: Position) -> str:
    """Return the cursor of what comes after a place."""
    text = f"{place.as_of}|{place.date.isoformat()}|{place.head}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str) -> Position:
    """Return the place. Raises ``BadCursor``."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        as_of, date, head = base64.urlsafe_b64decode(padded).decode().split("|")
        place = Position(datetime.fromisoformat(date), int(head), int(as_of))
    except (ValueError, binascii.Error) as error:
        raise BadCursor from error
    if timezone.is_naive(place.date):
        raise BadCursor
    if not (0 < place.head < _BIGGEST and 0 < place.as_of < _BIGGEST):
        raise BadCursor
    return place


def after(
    selection: Selection, place: Position | None, limit: int
) -> tuple[list[Row], Position | None]:
    """Return the next entries of a list, and the place of the last one.

    The place is None at the end of the list. One query for the beginning of a list and
    two for the rest of it, and a third when what is in it has changed since.
    """
    if place is None:
        rows = selections.listed(selection, limit=limit + 1)
        places = {Position(row.list_date, row.id, row.as_of or 0): row for row in rows}
    else:
        places = _unchanged(selection, place, limit) | _changed(selection, place)
    ordered = sorted(places, reverse=True)
    shown = ordered[:limit]
    has_more = len(ordered) > limit
    return [places[each] for each in shown], shown[-1] if has_more else None


def _unchanged(
    selection: Selection, place: Position, limit: int
) -> dict[Position, Row]:
    """Return what follows the place among entries that are as they were."""
    rest = replace(selection, date=place.date, id=place.head, until=place.as_of)
    rows = selections.listed(rest, limit=limit + 1)
    return {Position(row.list_date, row.id, place.as_of): row for row in rows}


def _changed(selection: Selection, place: Position) -> dict[Position, Row]:
    """Return what follows the place among entries published again since, where the
    log knows them from; what is new since then was not in the list.
    """
    rows = selections.listed(replace(selection, after=place.as_of), limit=_ALL)
    keys = [row.key for row in rows]
    known = selections.as_they_were(keys, place.as_of) if keys else {}
    places: dict[Position, Row] = {}
    for row in rows:
        then = known.get(row.key)
        if then is None or not then.is_public:
            continue
        date = heads.moment(then.list_date) or then.content_updated_at
        if (then_at := Position(date, row.id, place.as_of)) < place:
            places[then_at] = row
    return places

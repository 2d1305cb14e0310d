"""Opaque cursors: a place in a list, newest first, as the list was when reading began.

An entry stays at the place that it had then. What is published, moved to another date
or withdrawn while somebody reads on neither repeats nor hides another entry.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from cms.log import heads
from cms.log.models import Head, Publication

_BIGGEST = 2**63


class BadCursor(ValueError):
    """The cursor was not made by us."""


@dataclass(frozen=True, order=True)
class Place:
    """The date and id of an entry; ``as_of`` is the last publication of the list."""

    date: datetime
    head: int
    as_of: int


def encode(place: Place) -> str:
    """Return the cursor of what comes after a place."""
    text = f"{place.as_of}|{place.date.isoformat()}|{place.head}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str) -> Place:
    """Return the place. Raises ``BadCursor``."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        as_of, date, head = base64.urlsafe_b64decode(padded).decode().split("|")
        place = Place(datetime.fromisoformat(date), int(head), int(as_of))
    except (ValueError, binascii.Error) as error:
        raise BadCursor from error
    if timezone.is_naive(place.date):
        raise BadCursor
    if not (0 < place.head < _BIGGEST and 0 < place.as_of < _BIGGEST):
        raise BadCursor
    return place


def after(
    sources: QuerySet[Head], place: Place | None, limit: int
) -> tuple[list[Head], Place | None]:
    """Return the next entries of the list ``sources``, and the place of the last one.

    The place is None at the end of the list. One query for the beginning of a list and
    two for the rest of it, and a third when what is in it has changed since.
    """
    places = _beginning(sources, limit) if place is None else {}
    if place is not None:
        places = _unchanged(sources, place, limit) | _changed(sources, place)
    ordered = sorted(places, key=lambda head: places[head], reverse=True)
    shown = ordered[:limit]
    return shown, places[shown[-1]] if len(ordered) > limit else None


def _beginning(sources: QuerySet[Head], limit: int) -> dict[Head, Place]:
    """Return the newest entries, and the log that they are of, with one query."""
    newest = Publication.objects.order_by("-id").values("id")[:1]
    found = _newest_first(sources.annotate(as_of=Subquery(newest)))
    # Annotated.
    return {
        head: Place(head.list_date, head.pk, head.as_of)  # type: ignore[attr-defined]
        for head in found[: limit + 1]
    }


def _unchanged(sources: QuerySet[Head], place: Place, limit: int) -> dict[Head, Place]:
    """Return what follows the place among entries that are as they were."""
    earlier = Q(list_date__lt=place.date) | Q(list_date=place.date, pk__lt=place.head)
    # Says less than the line before, but in words that an index understands.
    earlier &= Q(list_date__lte=place.date)
    found = _newest_first(sources.filter(earlier, publication_id__lte=place.as_of))
    return {
        head: Place(head.list_date, head.pk, place.as_of) for head in found[: limit + 1]
    }


def _changed(sources: QuerySet[Head], place: Place) -> dict[Head, Place]:
    """Return what follows the place among entries published again since, where the
    log knows them from; what is new since then was not in the list.
    """
    then = Publication.objects.filter(
        key=OuterRef("key"), locale=OuterRef("locale"), id__lte=place.as_of
    ).order_by("-id")
    changed = sources.filter(publication_id__gt=place.as_of).annotate(
        then_id=Subquery(then.values("id")[:1])
    )
    known = {head.then_id: head for head in changed.filter(then_id__isnull=False)}
    places: dict[Head, Place] = {}
    for publication in Publication.objects.filter(id__in=known) if known else ():
        head = known[publication.pk]
        before = heads.advance(None, publication)
        then_at = Place(before.list_date, head.pk, place.as_of)
        if before.is_public and then_at < place:
            places[head] = then_at
    return places


def _newest_first(found: QuerySet[Head]) -> QuerySet[Head]:
    return found.order_by("-list_date", "-id")

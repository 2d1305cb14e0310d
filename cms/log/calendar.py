"""On which day a public text tells readers something else, without being published.

Which days these are, its kind says (`cms.kinds.kinds.Kind.turns`). When such a day has
begun, the gate puts it on record, so that whoever keeps copies of answers hears of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from cms.kinds import registry
from cms.log.models import Head, HeadTurn, Publication


def due(today: date) -> list[UUID]:
    """Return the keys of what tells readers something else since a day not on record."""
    found = HeadTurn.objects.filter(day__lte=today).order_by("day", "pk")
    return list(found.values_list("head__key", flat=True))


def update(head: Head, publication: Publication, *, is_new: bool) -> None:
    """Note the next day of what is public now; a query if there is anything to note."""
    if head.type not in registry.turning() or head.locale != settings.LANGUAGE_CODE:
        return
    day = _next(publication)
    if day:
        _note([HeadTurn(head=head, day=day)])
    elif not is_new:
        HeadTurn.objects.filter(head=head).delete()


def add(pairs: Iterable[tuple[Head, Publication]]) -> None:
    """Note the next day of each head, from the publication that it has."""
    of_originals = (pair for pair in pairs if pair[0].locale == settings.LANGUAGE_CODE)
    days = ((head, _next(publication)) for head, publication in of_originals)
    _note(HeadTurn(head=head, day=day) for head, day in days if day)


def rebuild() -> None:
    """Derive every day again from what is public now."""
    HeadTurn.objects.all().delete()
    heads = Head.objects.public().filter(
        locale=settings.LANGUAGE_CODE, type__in=registry.turning()
    )
    heads = heads.select_related("publication").order_by("pk")
    add((head, head.publication) for head in heads.iterator(chunk_size=500))


def _note(turns: Iterable[HeadTurn]) -> None:
    HeadTurn.objects.bulk_create(
        turns,
        1000,
        update_conflicts=True,
        unique_fields=["head"],
        update_fields=["day"],
    )


def _next(publication: Publication) -> date | None:
    """Return the first day after that of the publication, in Swedish time."""
    if not publication.is_public:
        return None
    told_on = timezone.localdate(publication.published_at)
    days = registry.of(publication.type).turns(publication.document)
    return min((day for day in days if day > told_on), default=None)

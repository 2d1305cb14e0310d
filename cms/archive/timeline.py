"""Every publication of one page in one language, and what differs between two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.http import Http404

from cms.archive.looking import require_archivist
from cms.archive.shadow import as_it_was
from cms.gate.reviews import Comparison, compare_documents
from cms.kinds import registry
from cms.log import entries
from cms.log.models import Publication
from cms.reading.languages import prefix_of, source_code, split_path
from cms.reading.pages import Reading, read_path


@dataclass(frozen=True)
class Timeline:
    """What happened to a page, newest first; ``then`` is what readers met."""

    key: UUID
    locale: str
    publications: list[Publication]
    then: Publication | None


def timeline(path: str, moment: datetime, *, by: User) -> Timeline | None:
    """Return the history of what is, or once was, at an address.

    Of the page that was there at the moment; else of the last one that ever was.
    """
    require_archivist(by)
    place = _place_then(path, moment) or _place_ever(path)
    if place is None:
        return None
    key, locale = place
    rows = Publication.objects.filter(key=key, locale=locale).order_by("-id")
    then = entries.as_of(moment, key=key, locale=locale)
    return Timeline(key, locale, list(rows.defer("document")), then)


def _place_then(path: str, moment: datetime) -> tuple[UUID, str] | None:
    with as_it_was(moment):
        reading = read_path(path)
    if isinstance(reading, Reading):
        return UUID(reading.key), reading.served.code
    return None


def _place_ever(path: str) -> tuple[UUID, str] | None:
    """Return whose address it last was; a Swedish one may follow another prefix."""
    _code, rest = split_path(path)
    for candidate in dict.fromkeys([path, prefix_of(source_code()) + rest]):
        row = Publication.objects.filter(path=candidate).order_by("-id").first()
        if row:
            return row.key, row.locale
    return None


def compared(
    first: int, second: int, *, by: User
) -> tuple[Publication, Publication, Comparison]:
    """Return two publications of the same text, the older first, and what differs.

    Raises Http404 when they are not of the same text.
    """
    require_archivist(by)
    rows = Publication.objects.filter(pk__in=[first, second]).order_by("pk")
    if len(rows) != 2 or len({(row.key, row.locale) for row in rows}) != 1:
        raise Http404
    before, after = rows
    return (
        before,
        after,
        compare_documents(registry.of(after.type), before.document, after.document),
    )

"""How heads follow from the log: one step per publication, pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from cms.kinds.kinds import SAFETY_CRITICAL
from cms.log.models import Action, Head, Significance

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from cms.log.models import Publication

#: Every fact of a head, for writing and comparing.
FACTS = tuple(f.attname for f in Head._meta.concrete_fields if not f.primary_key)

_OUTDATES_TRANSLATIONS = frozenset(
    {Significance.FIRST, Significance.CONTENT, Significance.CRITICAL}
)


def advance(previous: Head | None, publication: Publication) -> Head:
    """Return the head that this publication leaves behind (not saved).

    A withdrawal has no document: it keeps the place in menus and lists that the page
    had, and it changes no text, so `content_id` and `critical_id` stay.
    """
    head = Head(
        pk=previous.pk if previous else None,
        publication_id=publication.pk,
        key=publication.key,
        locale=publication.locale,
        kind=publication.kind,
        type=publication.type,
        path=publication.path,
        parent_key=publication.parent_key,
        title=publication.title,
        is_public=publication.is_public,
        origin=publication.origin,
        review=publication.review,
        made_from=publication.source_publication_id,
    )
    if publication.is_public or previous is None:
        _place(head, publication)
    else:
        head.in_menu = previous.in_menu
        head.is_sensitive = previous.is_sensitive
        head.sort_key = previous.sort_key
        head.list_date = previous.list_date
    head.content_id, head.critical_id = _text_ids(previous, publication)
    publishes = publication.action == Action.PUBLISH
    head.text_id = publication.pk if publishes or not previous else previous.text_id
    return head


def differing_facts(stored: Head, expected: Head) -> list[str]:
    """Name the facts in which a stored head disagrees with the log."""
    return [n for n in FACTS if getattr(stored, n) != getattr(expected, n)]


def fold(publications: Iterable[Publication]) -> list[Head]:
    """Return the heads that a whole log leaves behind."""
    heads: dict[tuple[UUID, str], Head] = {}
    for publication in publications:
        place = (publication.key, publication.locale)
        heads[place] = advance(heads.get(place), publication)
    return list(heads.values())


def _place(head: Head, publication: Publication) -> None:
    """Take the place in menus and lists from the document."""
    document = publication.document
    head.in_menu = bool(document.get("show_in_menus", False))
    head.is_sensitive = document.get("sensitivity") == SAFETY_CRITICAL
    head.sort_key = document.get("sort_key") or ""
    head.list_date = moment(document.get("list_date")) or (
        publication.content_updated_at
    )


def moment(text: str | None) -> datetime | None:
    """Read a time of a document; without a zone it is Swedish time."""
    if not text:
        return None
    found = datetime.fromisoformat(text)
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _text_ids(
    previous: Head | None, publication: Publication
) -> tuple[int, int | None]:
    """Return content_id and critical_id after this publication."""
    content_id = previous.content_id if previous else publication.pk
    critical_id = previous.critical_id if previous else None
    if publication.action != Action.PUBLISH:
        return content_id, critical_id
    if publication.significance in _OUTDATES_TRANSLATIONS:
        content_id = publication.pk
    if publication.significance == Significance.CRITICAL:
        critical_id = publication.pk
    return content_id, critical_id

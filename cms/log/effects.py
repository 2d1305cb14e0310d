"""What a stretch of the log can have changed for readers of other pages."""

from __future__ import annotations

from itertools import islice
from uuid import UUID

from cms.log.models import Action, Publication

#: After so many publications it is cheaper to look at everything anew.
MOST = 50


def changed_between(after: int, until: int) -> frozenset[UUID] | None:
    """Return the keys whose texts were published anew after one row, up to another.

    An answer that did not show any of them in any language is as it was. None: it may
    not be, because something appeared, went away, moved, or took another place in a
    menu or a list; or because too much has happened.
    """
    rows = Publication.objects.filter(id__gt=after, id__lte=until).order_by("id")
    published = list(islice(rows.iterator(), MOST + 1))
    if len(published) > MOST or not all(_stays_in_place(row) for row in published):
        return None
    return frozenset(row.key for row in published)


def _stays_in_place(row: Publication) -> bool:
    """Say whether the row only gives a public text another wording or content."""
    if row.action == Action.CALENDAR:
        return True
    if row.action != Action.PUBLISH:
        return False
    before = (
        Publication.objects.filter(key=row.key, locale=row.locale, id__lt=row.pk)
        .order_by("-id")
        .first()
    )
    return before is not None and before.is_public and _place(before) == _place(row)


def _place(row: Publication) -> tuple[object, ...]:
    """Return what puts a text into lists and menus (see `heads`).

    A page's document says its date, and keeps it; a block stands in no list.
    """
    document = row.document
    return (
        row.path,
        row.parent_key,
        bool(document.get("show_in_menus", False)),
        document.get("sort_key") or "",
        document.get("list_date"),
    )

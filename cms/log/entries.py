"""The log's doors: append to it, and read it by place, by time or by number.

Only the gate (`cms.gate`) calls `append`. Hashes are in `chain`, heads in `heads`,
the check of the whole in `verification`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import F, Subquery
from django.utils import timezone

from cms.log import calendar, chain, coverage, heads, references
from cms.log.models import (
    SAME_TEXT,
    Action,
    Head,
    Publication,
    PublicationKind,
    Significance,
)
from cms.log.signals import appended
from cms.log.verification import Flaw, verify

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

__all__ = [
    "Entry",
    "Flaw",
    "append",
    "append_first",
    "as_of",
    "current",
    "rebuild_heads",
    "since",
    "verify",
]

#: Names the log among PostgreSQL's advisory locks ("kommun" in ASCII).
LOCK = 0x6B6F6D6D756E
#: Where PostgreSQL tells other machines that there is something new (LISTEN).
CHANNEL = "publication"
#: What a withdrawal may say in its document.
REASON = "withdrawal_reason"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What the gate wants to put on record; the log adds number, time and hashes.

    - publish: the whole document.
    - withdraw: everything as last published, but the document holds at most the reason
      for readers (`REASON`): its ``text``, and the ``lang`` that it is written in.
    - move: everything as last published, but for path, parent and place in lists.
    - calendar: everything as last published.
    """

    key: UUID
    locale: str
    kind: str
    type: str
    action: str
    path: str
    parent_key: UUID | None = None
    title: str
    document: dict[str, Any]
    significance: str
    origin: str
    review: str
    reviewed_on: date | None = None
    source_publication_id: int | None = None
    content_updated_at: datetime
    actor: str


def append(entry: Entry, *, at: datetime) -> Publication:
    """Write one row to the end of the log and bring its head up to date.

    Needs an open transaction, and holds up every other append until it ends: take row
    locks on pages before the first append, never after, or two writers can deadlock.
    Raises ValueError or ValidationError for an entry that makes no sense, and
    IntegrityError when another public page has the path.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("append() needs an open transaction (transaction.atomic).")
    publication = _publication(entry, at)
    lock()
    family, publication.previous_hash = _family(publication.key)
    previous = family.get(entry.locale)
    _check_sequence(entry, previous)
    publication.row_hash = chain.row_hash(publication)
    publication.save(force_insert=True)
    head = heads.advance(previous, publication)
    head.save(force_insert=previous is None, force_update=previous is not None)
    references.update(head, publication.document, is_new=previous is None)
    calendar.update(head, publication, is_new=previous is None)
    coverage.count([(family, {**family, head.locale: head})])
    appended.send(Publication, publication=publication, head=head)
    return publication


def append_first(entries: Iterable[Entry], *, at: datetime) -> list[Publication]:
    """Write first publications as `append` does, in order, with one statement for each
    table.

    None of the keys may have been public in its language before. Whoever listens is told
    of each row, after all of them have been written.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("append_first() needs an open transaction.")
    rows = [_publication(entry, at) for entry in entries]
    lock()
    families: dict[UUID, dict[str, Head]] = {row.key: {} for row in rows}
    for head in Head.objects.filter(key__in=families):
        families[head.key][head.locale] = head
    before = {key: dict(family) for key, family in families.items()}
    places = {(key, code) for key, family in families.items() for code in family}
    previous = _last_hash()
    for row in rows:
        if row.action != Action.PUBLISH or (row.key, row.locale) in places:
            raise ValueError(f"This is no first publication: {row}.")
        places.add((row.key, row.locale))
        row.previous_hash = previous
        row.row_hash = previous = chain.row_hash(row)
    Publication.objects.bulk_create(rows)
    for row in rows:
        # Its number is known now.
        families[row.key][row.locale] = heads.advance(None, row)
    written = Head.objects.bulk_create(families[row.key][row.locale] for row in rows)
    pairs = list(zip(rows, written, strict=True))
    references.add((head, row.document) for row, head in pairs)
    calendar.add((head, row) for row, head in pairs)
    coverage.count((before[key], family) for key, family in families.items())
    for row, head in pairs:
        appended.send(Publication, publication=row, head=head)
    return rows


def current(key: UUID | str, locale: str) -> Publication | None:
    """Return what is public now; None if it is withdrawn or never was public."""
    return Publication.objects.filter(
        head__key=key, head__locale=locale, head__is_public=True
    ).first()


def as_of(
    moment: datetime,
    *,
    path: str | None = None,
    key: UUID | str | None = None,
    locale: str | None = None,
) -> Publication | None:
    """Return what was public at a moment, at a path or for a key and locale.

    None if nothing was: not yet published, withdrawn, or (by path) moved away.
    """
    until = Publication.objects.filter(published_at__lte=moment).order_by("-id")
    if path:
        latest = until.filter(path=path).values("key", "locale").first()
        if latest is None:
            return None
        key, locale = latest["key"], latest["locale"]
    elif key is None or locale is None:
        raise TypeError("as_of() needs a path, or a key and a locale.")
    publication = until.filter(key=key, locale=locale).first()
    if publication is None or not publication.is_public:
        return None
    return None if path and publication.path != path else publication


def since(publication_id: int, limit: int) -> list[Publication]:
    """Return the publications after an id, oldest first: the change feed."""
    return list(
        Publication.objects.filter(id__gt=publication_id).order_by("id")[:limit]
    )


def has_reached(publication_id: int) -> bool:
    """Say whether there is a publication with this id, or a later one."""
    newest = Publication.objects.order_by("-id").values_list("id", flat=True).first()
    return newest is not None and newest >= publication_id


def rebuild_heads() -> int:
    """Throw the heads away and derive them from the log again; return how many."""
    with transaction.atomic():
        lock()
        rows = Publication.objects.order_by("id").iterator(chunk_size=1000)
        rebuilt = heads.fold(rows)
        Head.objects.all().delete()
        Head.objects.bulk_create(rebuilt, batch_size=1000)
        references.rebuild()
        calendar.rebuild()
        coverage.rebuild()
    return len(rebuilt)


def _publication(entry: Entry, at: datetime) -> Publication:
    """Build the row, its values as the database will give them back."""
    for name, moment in (("at", at), ("content_updated_at", entry.content_updated_at)):
        if timezone.is_naive(moment):
            raise ValueError(f"{name} needs a time zone.")
    publication = Publication(**vars(entry), published_at=at)
    publication.document = chain.plain_document(entry.document)
    publication.clean_fields(
        exclude={"source_publication", "content_hash", "previous_hash", "row_hash"}
    )
    _check_entry(entry)
    publication.content_hash = chain.content_hash(publication)
    return publication


def _check_entry(entry: Entry) -> None:
    """Refuse an entry that contradicts itself."""
    if entry.kind == PublicationKind.BLOCK and entry.path:
        raise ValueError("A block has no path.")
    if entry.kind == PublicationKind.PAGE and not (
        entry.path.startswith("/") and entry.path.endswith("/")
    ):
        raise ValueError("The path of a page begins and ends with a slash.")
    if entry.action == Action.WITHDRAW and set(entry.document) - {REASON}:
        raise ValueError("A withdrawal has an empty document, or its reason.")
    if entry.action in SAME_TEXT and entry.significance != Significance.WORDING:
        raise ValueError(
            f"A {entry.action} changes no text: its significance is wording."
        )


def _check_sequence(entry: Entry, previous: Head | None) -> None:
    """Refuse what is about a public text when there is none, or when it is elsewhere."""
    if entry.action == Action.PUBLISH:
        return
    if previous is None or not previous.is_public:
        raise ValueError(f"Cannot {entry.action} what is not public.")
    if entry.action != Action.MOVE and entry.path != previous.path:
        raise ValueError(f"A {entry.action} row repeats the path that was public.")


def _family(key: UUID) -> tuple[dict[str, Head], str]:
    """Return a text in all its languages, and the hash that the next row names.

    One query; the log must be locked.
    """
    known = Head.objects.annotate(row_hash=F("publication__row_hash"))
    newest = Publication.objects.order_by("-id").values("id")[:1]
    found = known.filter(key=key).union(known.filter(publication=Subquery(newest)))
    rows: Any = sorted(found, key=lambda head: head.publication_id)
    family = {head.locale: head for head in rows if head.key == key}
    return family, rows[-1].row_hash if rows else chain.GENESIS


def _last_hash() -> str:
    """Return the hash that the next row names; the log must be locked."""
    newest = Publication.objects.order_by("-id").values_list("row_hash", flat=True)
    return newest.first() or chain.GENESIS


def lock() -> None:
    """Let one transaction at a time append, so that id order is commit order.

    The same statement tells other machines that listen, when it commits. SQLite has one
    writer at a time anyway, and nobody listens.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s), pg_notify(%s, '')", [LOCK, CHANNEL]
            )

"""Walk the whole log: check it against its hashes, and its heads against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max

from cms.log import chain, coverage, heads
from cms.log.derivation import heads_sql
from cms.log.models import Head, Publication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHUNK = 2000
_FIELDS = tuple(field.attname for field in Publication._meta.concrete_fields)


@dataclass(frozen=True)
class Flaw:
    """One thing in the log, or in what is derived from it, that cannot be right.

    Codes: `content_changed` and `row_changed` (a row no longer has its hash), `gap`
    (rows are missing before it), `broken_link` (the row before it was rewritten),
    `head_differs`, `head_missing`, `head_unknown` and `coverage_differs` (rebuild the
    heads).
    """

    publication_id: int
    code: str
    message: str


def verify(on_progress: Callable[[int], None] | None = None) -> Iterator[Flaw]:
    """Walk the log in order and yield what does not hold together.

    `on_progress` is told, chunk by chunk and at the end, how many rows were read.
    """
    last_id, last_hash, count = 0, chain.GENESIS, 0
    for facts in _rows():
        yield from _row_flaws(facts)
        yield from _link_flaws(last_id, last_hash, facts)
        last_id, last_hash = facts["id"], facts["row_hash"]
        count += 1
        if on_progress and count % _CHUNK == 0:
            on_progress(count)
    if on_progress:
        on_progress(count)
    found = list(_head_flaws(last_id))
    yield from found
    if not found:
        # They are counted: what is wrong with them would be said twice.
        yield from _coverage_flaws(last_id)


def _rows() -> Iterator[dict[str, Any]]:
    """Yield the fields of every row by name: model instances would cost as much again."""
    rows = Publication.objects.order_by("id").values_list(*_FIELDS)
    for row in rows.iterator(chunk_size=_CHUNK):
        yield dict(zip(_FIELDS, row, strict=True))


def _row_flaws(facts: dict[str, Any]) -> Iterator[Flaw]:
    if chain.content_hash_of(facts) != facts["content_hash"]:
        yield Flaw(
            facts["id"],
            "content_changed",
            "The text or its passport is not what was published.",
        )
    if chain.row_hash_of(facts) != facts["row_hash"]:
        yield Flaw(facts["id"], "row_changed", "The row is not what was written.")


def _link_flaws(before: int, hash_before: str, facts: dict[str, Any]) -> Iterator[Flaw]:
    """Compare the link with the row before.

    Numbers alone prove nothing, a rolled-back transaction leaves a hole in them; but
    when the link fails too, a hole tells that rows are missing.
    """
    if facts["previous_hash"] == hash_before:
        return
    if facts["id"] > before + 1:
        yield Flaw(
            facts["id"], "gap", f"Rows are missing between {before} and this one."
        )
    else:
        yield Flaw(
            facts["id"], "broken_link", f"Row {before} is not the one this follows."
        )


def _head_flaws(last_id: int) -> Iterator[Flaw]:
    """Compare the stored heads with those the log leaves behind; two queries if honest.

    A head beyond `last_id` was written while the log was being read: not a flaw.
    """
    for head in _not_stored(last_id):
        stored = Head.objects.filter(key=head.key, locale=head.locale).first()
        if stored is None:
            yield Flaw(head.publication_id, "head_missing", f"No head for {head}.")
        elif stored.publication_id <= last_id:
            facts = ", ".join(heads.differing_facts(stored, head))
            yield Flaw(
                head.publication_id,
                "head_differs",
                f"The head {stored} disagrees with the log: {facts}.",
            )
    for head in _without_log(last_id):
        yield Flaw(head.publication_id, "head_unknown", f"No log for the head {head}.")


def _coverage_flaws(last_id: int) -> Iterator[Flaw]:
    """Compare what is counted with the heads, unless somebody publishes meanwhile."""
    if coverage.is_right():
        return
    newest = Publication.objects.aggregate(newest=Max("id"))["newest"] or 0
    if newest == last_id:
        message = "The counts of the languages disagree with the heads."
        yield Flaw(last_id, "coverage_differs", message)


def _not_stored(last_id: int) -> list[Head]:
    """Return the heads that follow from the log and are not stored exactly so."""
    facts = ", ".join(f'"{name}"' for name in heads.FACTS)
    derived = heads_sql("id <= %s")
    return list(
        Head.objects.raw(
            f"SELECT 0 AS id, {facts} FROM ({derived}) AS derived"  # noqa: S608
            f" EXCEPT SELECT 0 AS id, {facts} FROM log_head",
            [last_id],
        )
    )


def _without_log(last_id: int) -> list[Head]:
    return list(
        Head.objects.raw(
            "SELECT * FROM log_head AS head"
            " WHERE publication_id <= %s AND NOT EXISTS ("
            "SELECT 1 FROM log_publication AS entry WHERE entry.key = head.key"
            " AND entry.locale = head.locale AND entry.id <= %s) ORDER BY id",
            [last_id, last_id],
        )
    )

"""Walk the whole log: check it against its hashes, and its heads against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cms.publication import chain, heads
from cms.publication.models import Head, Publication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

_CHUNK = 1000


@dataclass(frozen=True)
class Problem:
    """One thing in the log, or in what is derived from it, that cannot be right.

    Codes: `content_changed` and `row_changed` (a row no longer has its hash), `gap`
    (rows are missing before it), `broken_link` (the row before it was rewritten),
    `head_differs`, `head_missing` and `head_unknown` (rebuild the heads).
    """

    publication_id: int
    code: str
    message: str


def verify(on_progress: Callable[[int], None] | None = None) -> Iterator[Problem]:
    """Walk the log in order and yield what does not hold together.

    `on_progress` is told, chunk by chunk and at the end, how many rows were read.
    """
    expected: dict[tuple[UUID, str], Head] = {}
    previous: Publication | None = None
    count = 0
    for publication in _rows():
        yield from _row_problems(publication)
        yield from _link_problems(previous, publication)
        place = (publication.key, publication.locale)
        expected[place] = heads.advance(expected.get(place), publication)
        previous = publication
        count += 1
        if on_progress and count % _CHUNK == 0:
            on_progress(count)
    if on_progress:
        on_progress(count)
    yield from _head_problems(expected, previous.pk if previous else 0)


def _rows() -> Iterator[Publication]:
    return Publication.objects.order_by("id").iterator(chunk_size=_CHUNK)


def _row_problems(publication: Publication) -> Iterator[Problem]:
    if chain.content_hash(publication) != publication.content_hash:
        yield Problem(
            publication.pk,
            "content_changed",
            "The text or its passport is not what was published.",
        )
    if chain.row_hash(publication) != publication.row_hash:
        yield Problem(publication.pk, "row_changed", "The row is not what was written.")


def _link_problems(
    previous: Publication | None, publication: Publication
) -> Iterator[Problem]:
    """Compare the link with the row before.

    Numbers alone prove nothing, a rolled-back transaction leaves a hole in them; but
    when the link fails too, a hole tells that rows are missing.
    """
    before, link = (previous.pk, previous.row_hash) if previous else (0, chain.GENESIS)
    if publication.previous_hash == link:
        return
    if publication.pk > before + 1:
        yield Problem(
            publication.pk, "gap", f"Rows are missing between {before} and this one."
        )
    else:
        yield Problem(
            publication.pk, "broken_link", f"Row {before} is not the one this follows."
        )


def _head_problems(
    expected: dict[tuple[UUID, str], Head], last_id: int
) -> Iterator[Problem]:
    """Compare the stored heads with those the log leaves behind.

    A head beyond `last_id` was written while the log was being read: not a problem.
    """
    for stored in Head.objects.order_by("id").iterator(chunk_size=_CHUNK):
        head = expected.pop((stored.key, stored.locale), None)
        if stored.publication_id > last_id:
            continue
        if head is None:
            yield Problem(
                stored.publication_id, "head_unknown", f"No log for the head {stored}."
            )
        elif facts := heads.differing_facts(stored, head):
            yield Problem(
                head.publication_id,
                "head_differs",
                f"The head {stored} disagrees with the log: {', '.join(facts)}.",
            )
    for head in expected.values():
        yield Problem(head.publication_id, "head_missing", f"No head for {head}.")

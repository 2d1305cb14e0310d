"""The index that tells who names what. What a document names, its kind says."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any
from uuid import UUID

from cms.kinds import registry
from cms.kinds.kinds import Kind
from cms.kinds.references import named
from cms.log.models import Head, HeadReference


def _kind(head: Head) -> type[Kind]:
    return registry.of(head.type)


def update(head: Head, document: dict[str, Any], *, is_new: bool) -> None:
    """Bring the index up to date with what is public now; at most three queries."""
    wanted = {(relation, UUID(key)) for relation, key in named(_kind(head), document)}
    known = HeadReference.objects.filter(head=head)
    rows = [] if is_new else list(known.values_list("relation", "key", "pk"))
    found = {(relation, key) for relation, key, _pk in rows}
    if gone := [pk for relation, key, pk in rows if (relation, key) not in wanted]:
        known.filter(pk__in=gone).delete()
    HeadReference.objects.bulk_create(
        HeadReference(head=head, relation=relation, key=key)
        for relation, key in sorted(wanted - found)
    )


def add(heads: Iterable[tuple[Head, dict[str, Any]]]) -> None:
    """Index heads that are new, each with its document."""
    rows = (
        HeadReference(head=head, relation=relation, key=UUID(key))
        for head, document in heads
        for relation, key in dict.fromkeys(named(_kind(head), document))
    )
    while batch := list(islice(rows, 1000)):
        HeadReference.objects.bulk_create(batch)


def rebuild() -> None:
    """Derive the whole index again from what is public now."""
    HeadReference.objects.all().delete()
    heads = Head.objects.public().select_related("publication").order_by("pk")
    add((head, head.publication.document) for head in heads.iterator(chunk_size=500))


def public_users(key: UUID) -> Any:
    """Return the public heads that name ``key``, in any language."""
    return Head.objects.public().filter(references__key=key).distinct()

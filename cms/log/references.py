"""What a document names, and the index that tells who names what.

A document names other pages and blocks by key: its contact block, links in its text,
cards in its body, and the relations under ``references``. Pure but for `update`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from cms.log.models import Head, HeadReference

LINK = re.compile(r'<a href="cms:([0-9a-f-]{36})">(.*?)</a>', re.DOTALL)
HTML_FIELDS = ("html", "transcript_html")
#: Blocks of a body that show other pages or blocks, and the member that names them.
CARDS = {
    "pledge_card": "pledges",
    "focus_area_card": "focus_areas",
    "chart": "indicators",
    "places": "places",
}


def named(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield relation and key of everything that the document names.

    Relations: ``contact``, ``link``, ``card``, and those of ``references``.
    """
    if document.get("contact_block"):
        yield "contact", document["contact_block"]
    for relation, keys in document.get("references", {}).items():
        yield from ((relation, key) for key in keys)
    for block in document.get("body", []):
        for fragment in html_fragments(block):
            yield from (("link", match.group(1)) for match in LINK.finditer(fragment))
        for link in block.get("links", []):
            if link["kind"] == "page":
                yield "link", link["key"]
        if block["type"] in CARDS:
            yield from (("card", key) for key in block[CARDS[block["type"]]])
    for text in formatted_texts(document):
        yield from (("link", match.group(1)) for match in LINK.finditer(text))


def formatted_texts(value: dict[str, Any]) -> Iterator[str]:
    """Yield every formatted text outside the body: members that end with ``_html``."""
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from formatted_texts(inner)
        elif name.endswith("_html"):
            yield inner


def html_fragments(block: dict[str, Any]) -> Iterator[str]:
    """Yield every piece of formatted text in a block of a body."""
    yield from (block[name] for name in HTML_FIELDS if block.get(name))
    yield from block.get("items", [])


def update(head: Head, document: dict[str, Any], *, is_new: bool) -> None:
    """Bring the index up to date with what is public now; at most three queries."""
    wanted = {(relation, UUID(key)) for relation, key in named(document)}
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
        for relation, key in dict.fromkeys(named(document))
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

"""Which pages a publication may have changed. Too many rather than too few."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from cms.delivery.build import fingerprint
from cms.kinds import registry
from cms.log.models import Head, HeadReference, Kind, Publication
from cms.reading.models import Language
from cms.reading.safety import EMERGENCY


def surroundings() -> str:
    """Return a name for what every page shows or depends on.

    The program and its settings, the day, the languages, the menu, the front page's
    title and the emergency numbers. When one of them changes, everything is asked anew.
    """
    digest = hashlib.sha256(f"{fingerprint()} {timezone.localdate()}".encode())
    digest.update(repr(list(Language.objects.order_by("pk").values_list())).encode())
    heads = Head.objects.public()
    facts = ("key", "locale", "path", "title", "sort_key")
    for found in (
        heads.filter(in_menu=True).order_by("id").values_list(*facts),
        heads.filter(kind=Kind.PAGE, parent_key=None)
        .order_by("id")
        .values_list(*facts),
        heads.filter(type=EMERGENCY).order_by("id").values_list("publication_id"),
    ):
        digest.update(repr(list(found)).encode())
    return digest.hexdigest()


def keys_since(log_id: int) -> set[UUID]:
    """Return the keys of all pages that may look different since a place in the log.

    What was published or taken away, what names it, what is above and below it, and the
    front page. Texts of the kinds that an app draws together change with each other,
    because an account is put together from many documents.
    """
    rows = Publication.objects.filter(id__gt=log_id)
    published = set(rows.values_list("key", "type").distinct())
    if not published:
        return set()
    changed = {key for key, _type in published}
    changed |= _drawn_together({name for _key, name in published})
    changed |= _naming(changed)
    return changed | _above(changed) | _below(changed) | _front_pages()


def _drawn_together(types: set[str]) -> set[UUID]:
    """Return the texts that may show something of a text of these types."""
    heads = Head.objects.filter(type__in=registry.drawn_together(types))
    return set(heads.values_list("key", flat=True))


def _naming(keys: set[UUID]) -> set[UUID]:
    """Return who names the keys, and who names a block that does."""
    found: set[UUID] = set()
    asked = keys
    while asked:
        rows = HeadReference.objects.filter(key__in=asked)
        pairs = set(rows.values_list("head__key", "head__kind"))
        asked = {k for k, kind in pairs if kind == Kind.BLOCK} - found - keys
        found |= {key for key, _kind in pairs}
    return found


def _above(keys: Iterable[UUID]) -> set[UUID]:
    """Return the pages that list these, now or before."""
    rows = Publication.objects.filter(key__in=list(keys))
    parents = rows.values_list("parent_key", flat=True).distinct()
    return {parent for parent in parents if parent}


def _below(keys: set[UUID]) -> set[UUID]:
    """Return the pages that name these on the way down to them."""
    children: dict[UUID | None, set[UUID]] = defaultdict(set)
    for key, parent in Head.objects.pages().values_list("key", "parent_key"):
        children[parent].add(key)
    found: set[UUID] = set()
    asked = set(keys)
    while asked:
        asked = {child for key in asked for child in children[key]} - found
        found |= asked
    return found


def _front_pages() -> set[UUID]:
    heads = Head.objects.pages().filter(parent_key=None)
    return set(heads.values_list("key", flat=True))

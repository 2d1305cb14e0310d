"""Which pages a publication may have changed. Too many rather than too few."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.utils import timezone

from cms.delivery.build import fingerprint
from cms.log.models import Head, Publication, PublicationKind
from cms.reading import affected
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
        heads.filter(kind=PublicationKind.PAGE, parent_key=None)
        .order_by("id")
        .values_list(*facts),
        heads.filter(type=EMERGENCY).order_by("id").values_list("publication_id"),
    ):
        digest.update(repr(list(found)).encode())
    return digest.hexdigest()


def keys_since(log_id: int) -> set[UUID] | None:
    """Return the keys of all pages that may look different since a place in the log.

    And of the front pages, whose lists may end with something else. None: any may.
    """
    found = affected.keys(Publication.objects.filter(id__gt=log_id))
    return found | _front_pages() if found else found


def _front_pages() -> set[UUID]:
    heads = Head.objects.pages().filter(parent_key=None)
    return set(heads.values_list("key", flat=True))

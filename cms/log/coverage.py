"""How many public pages there are in each language: counted as they are published.

Whoever asks would otherwise read the heads of the whole site. Derived, as heads are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import connection

from cms.log.models import Coverage, Head, PublicationKind, ReviewState

#: A page in all its languages, by their codes.
Family = Mapping[str, Head]
_COUNTS = ("pages", "outdated", "machine")
_ADD = f"""
INSERT INTO {Coverage._meta.db_table} AS known (locale, pages, outdated, machine)
VALUES {{rows}} ON CONFLICT (locale) DO UPDATE SET
    pages = known.pages + excluded.pages,
    outdated = known.outdated + excluded.outdated,
    machine = known.machine + excluded.machine
"""  # noqa: S608


def count(changes: Iterable[tuple[Family, Family]]) -> None:
    """Count pages that were so and are so now; one statement, none when nothing differs."""
    total: Counter[tuple[str, str]] = Counter()
    for before, after in changes:
        total.update(_counted(after))
        total.subtract(_counted(before))
    codes = sorted({code for (code, _name), number in total.items() if number})
    if not codes:
        return
    values: list[Any] = [
        v for code in codes for v in (code, *(total[code, n] for n in _COUNTS))
    ]
    rows = ", ".join(["(%s, %s, %s, %s)"] * len(codes))
    with connection.cursor() as cursor:
        cursor.execute(_ADD.format(rows=rows), values)


def rebuild() -> None:
    """Count everything again."""
    Coverage.objects.all().delete()
    count(({}, family) for family in _families())


def is_right() -> bool:
    """Say whether what was counted agrees with the heads as they are."""
    found = Counter(place for family in _families() for place in _counted(family))
    stored = Counter(
        {
            (row.locale, name): getattr(row, name)
            for row in Coverage.objects.all()
            for name in _COUNTS
        }
    )
    return found == stored  # as counters: what is missing is none


def _families() -> Iterator[Family]:
    heads = Head.objects.public().order_by("key").iterator(chunk_size=1000)
    for _key, found in groupby(heads, attrgetter("key")):
        yield {head.locale: head for head in found}


def _counted(family: Family) -> Iterator[tuple[str, str]]:
    """Yield what a page counts as, in each language; a translation of nothing as nothing.

    A machine's text that nobody has reviewed is that, and not outdated besides.
    """
    source = family.get(settings.LANGUAGE_CODE)
    if source is None or not source.is_public or source.kind != PublicationKind.PAGE:
        return
    for code, head in family.items():
        if not head.is_public:
            continue
        yield code, "pages"
        if head.origin.startswith("machine") and head.review == ReviewState.NONE:
            yield code, "machine"
        elif head.made_from and source.content_id > head.made_from:
            yield code, "outdated"

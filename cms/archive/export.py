"""A period of the log, or one page, as a ZIP that proves itself.

The same log and the same files give the same bytes. Nothing is held in memory but the
list of what is in it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cms.archive import looking
from cms.archive.enclosures import assets_of, styles_of
from cms.archive.parcel import Parcel
from cms.archive.shadow import as_it_was, move_on
from cms.log import chain, clock
from cms.log.models import Publication, PublicationKind

#: More than this takes longer than somebody waits in front of a screen.
MOST_IN_ADMIN = 300
_ENCLOSED = Path(__file__).parent / "enclosed"


@dataclass(frozen=True)
class Chosen:
    """What is to be taken out. ``name`` is safe as the name of a file.

    ``is_everything``: every row of a stretch of time, not those of one page.
    """

    name: str
    rows: QuerySet[Publication]
    facts: dict[str, str]
    is_everything: bool


def period(start: datetime, end: datetime) -> Chosen:
    """Choose what was published from ``start``, until (not at) ``end``."""
    rows = Publication.objects.filter(published_at__gte=start, published_at__lt=end)
    name = f"archive-{start:%Y%m%dT%H%M}-{end:%Y%m%dT%H%M}"
    facts = {"from": start.isoformat(), "until": end.isoformat()}
    return Chosen(name, rows, facts, is_everything=True)


def page(key: UUID, locale: str) -> Chosen:
    """Choose everything that was published of one text in one language."""
    rows = Publication.objects.filter(key=key, locale=locale)
    facts = {"key": str(key), "locale": locale}
    return Chosen(f"archive-{key}-{locale}", rows, facts, is_everything=False)


def refusal(chosen: Chosen) -> str | None:
    """Say why this cannot be taken out while somebody waits; nothing if it can."""
    count = chosen.rows.count()
    if count == 0:
        return _("Nothing was published then.")
    if count > MOST_IN_ADMIN:
        text = _(
            "These are %(count)s publications, and at most %(most)s can be taken out "
            "here. Choose a shorter period, or use the command export_archive."
        )
        return text % {"count": count, "most": MOST_IN_ADMIN}
    return None


def to_temporary_file(chosen: Chosen, *, by: User) -> IO[bytes]:
    """Write the ZIP to a file that is gone when it is closed; return it at its start."""
    looking.require_archivist(by)
    file = tempfile.TemporaryFile()  # noqa: SIM115
    write(chosen, file)
    file.seek(0)
    return file


def write(
    chosen: Chosen, file: IO[bytes], on_progress: Callable[[], None] | None = None
) -> None:
    """Write the ZIP. The caller has made sure that the person may have it."""
    publications: list[dict[str, object]] = []
    ids: set[int] = set()
    missing: dict[str, list[int]] = {}
    with Parcel(file) as parcel:
        for enclosed in sorted(_ENCLOSED.glob("*.*")):
            parcel.add(enclosed.name, enclosed.read_bytes())
        for row, html in _as_they_were(chosen):
            publications.append(_add(parcel, row, html, missing))
            ids.add(row.pk)
            if on_progress:
                on_progress()
        parcel.add_json("chain.json", _chain(ids))
        parcel.seal(
            {
                "format": "kommun-archive/1",
                "site": settings.CMS_PUBLIC_BASE_URL,
                "chosen": chosen.facts,
                "publications": publications,
                "missing": [
                    {"address": address, "named_by": rows}
                    for address, rows in sorted(missing.items())
                ],
            }
        )


def _add(
    parcel: Parcel, row: Publication, html: str | None, missing: dict[str, list[int]]
) -> dict[str, object]:
    """Add what belongs to one row and return its entry in the manifest."""
    folder = f"publications/{row.pk:09}"
    facts = vars(row)
    entry: dict[str, object] = {
        **json.loads(chain.row_text(facts)),
        "id": row.pk,
        "row_hash": row.row_hash,
        "row": parcel.add(f"{folder}/row.json", chain.row_text(facts).encode()),
        "document": parcel.add(
            f"{folder}/document.json", chain.content_text(facts).encode()
        ),
        "files": {},
    }
    assets = list(dict.fromkeys(assets_of(row.document)))
    stored = {}
    for asset in assets + (styles_of(html) if html else []):
        if parcel.add_asset(asset):
            stored[asset.address] = asset.name
        else:
            missing.setdefault(asset.address, []).append(row.pk)
    entry["files"] = stored
    if html is not None:
        entry["page"] = parcel.add(
            f"{folder}/page.html", _with_copies(html, stored).encode()
        )
    return entry


def _with_copies(html: str, stored: dict[str, str]) -> str:
    """Let a page show the copies of its files that lie beside it."""
    for address in sorted(stored, key=len, reverse=True):
        for before in ('"', ", "):
            html = html.replace(before + address, f"{before}../../{stored[address]}")
    return html


def _as_they_were(chosen: Chosen) -> Iterator[tuple[Publication, str | None]]:
    """Yield each row, in the order of time, with its page as readers met it.

    A stretch of time moves one shadow on; one page has long gaps, and a new shadow for
    each of its rows is quicker than everything in between.
    """
    times = chosen.rows.order_by("published_at", "id").values_list("published_at", "id")
    with ExitStack() as stack:
        is_cast = False
        for moment, group in groupby(list(times), key=itemgetter(0)):
            ids = [number for _at, number in group]
            if chosen.is_everything and is_cast:
                move_on(moment, ids)
            else:
                stack.close()
                stack.enter_context(as_it_was(moment))
                is_cast = True
            rows = Publication.objects.filter(pk__in=ids).order_by("id")
            with clock.stopped_at(moment):
                pages = [(row, _page(row)) for row in rows]
            yield from pages


def _page(row: Publication) -> str | None:
    """Return the page that a row showed; withdrawals and blocks have none."""
    if not row.is_public or row.kind != PublicationKind.PAGE:
        return None
    return looking.answer(row.path).content.decode()


def _chain(ids: set[int]) -> list[dict[str, object]]:
    """Return the links of the rows that are here, and of those before and after each.

    ``follows`` is the number of the row before, whose hash must be ``previous_hash``.
    """
    links: list[dict[str, object]] = []
    for number, previous_hash, row_hash in _stretch(ids):
        links.append(
            {
                "id": number,
                "follows": links[-1]["id"] if links else None,
                "previous_hash": previous_hash,
                "row_hash": row_hash,
            }
        )
    wanted = set()
    for place, link in enumerate(links):
        if link["id"] in ids:
            wanted |= {place - 1, place, place + 1}
    return [link for place, link in enumerate(links) if place in wanted]


def _stretch(ids: set[int]) -> Iterator[tuple[int, str, str]]:
    """Yield number and hashes of every row from before the first to after the last."""
    if not ids:
        return
    log = Publication.objects.values_list("id", "previous_hash", "row_hash")
    yield from log.filter(id__lt=min(ids)).order_by("-id")[:1]
    inside = log.filter(id__gte=min(ids), id__lte=max(ids)).order_by("id")
    yield from inside.iterator(chunk_size=2000)
    yield from log.filter(id__gt=max(ids)).order_by("id")[:1]

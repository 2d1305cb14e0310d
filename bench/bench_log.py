"""The log at 100,000 rows: checking it, and looking at a page as it was.

    python bench/bench_log.py [ROWS]

Makes a log in a PostgreSQL of its own, in bulk and with honest hashes, then prints
seconds and rows per second; writes `var/bench/log.json`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

ROWS = 100_000
LOCALES = ("sv", "fi", "en", "ar", "so", "sv-x-lattlast")
#: How many rows a page has in each language, on average.
VERSIONS = 7
START = datetime(2018, 2, 2, 12, tzinfo=UTC)
STEP = timedelta(minutes=40)
SENTENCE = (
    "Kommunen och polisen har gått en trygghetsvandring i Storvik och bytt lampor. "
)


def main(rows: int) -> None:
    with database():
        seconds = {"made": _timed(lambda: make_log(rows))}
        before = time.process_time()
        seconds["verified"], problems = _verified()
        of_ours = time.process_time() - before
        assert problems == []
        figures = {
            "rows": rows,
            "verify_log_seconds": round(seconds["verified"], 2),
            "verify_log_cpu_seconds": round(of_ours, 2),
            "verify_log_rows_per_second": round(rows / seconds["verified"]),
            "as_of_milliseconds": _as_of(rows),
        }
    print(f"log made in {seconds['made']:.1f} s")
    print(json.dumps(figures, indent=2))
    target = ROOT / "var/bench/log.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(figures, indent=2) + "\n")


@contextmanager
def database() -> Iterator[None]:
    """Start a PostgreSQL, migrate it, and remove it afterwards."""
    from tests.postgres import start_server  # noqa: PLC0415

    server = start_server(os.environ)
    os.environ["DATABASE_URL"] = server.url
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    try:
        _set_up(server.url)
        yield
    finally:
        from django.db import connections  # noqa: PLC0415

        connections.close_all()
        server.stop()


def _set_up(url: str) -> None:
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    with psycopg.connect(url.replace("/kommun?", "/postgres?"), autocommit=True) as own:
        if not own.execute(
            "SELECT 1 FROM pg_database WHERE datname = 'kommun'"
        ).fetchone():
            own.execute("CREATE DATABASE kommun")
    django.setup()
    call_command("migrate", verbosity=0)


def make_log(rows: int) -> None:
    """Write the rows and their heads, in bulk."""
    from cms.log import entries  # noqa: PLC0415
    from cms.log.models import Publication  # noqa: PLC0415

    made = publications(rows)
    while batch := list(islice(made, 2000)):
        Publication.objects.bulk_create(batch)
    entries.rebuild_heads()


def publications(rows: int) -> Iterator[Any]:
    """Yield a chain of rows: pages in six languages, published again and again.

    Swedish first; every twentieth row takes a page away, which the next one about it
    publishes again.
    """
    from cms.log import chain  # noqa: PLC0415
    from cms.log.models import Publication  # noqa: PLC0415

    places = max(rows // VERSIONS, 1)
    seen: dict[int, int] = {}
    last_hash = chain.GENESIS
    for number in range(rows):
        # A stride that shares no factor with most numbers: every place in turn.
        place = number * 7919 % places
        version = seen.get(place, 0)
        seen[place] = version + 1
        row = Publication(id=number + 1, **_facts(number, place, version))
        row.content_hash = chain.content_hash(row)
        row.previous_hash = last_hash
        row.row_hash = last_hash = chain.row_hash(row)
        yield row


def _facts(number: int, place: int, version: int) -> dict[str, Any]:
    page, locale = divmod(place, len(LOCALES))
    code = LOCALES[locale]
    key = UUID(int=page + 1)
    withdrawn = version > 0 and number % 20 == 7
    moment = START + number * STEP
    prefix = "" if code == "sv" else f"/{code}"
    return {
        "key": key,
        "locale": code,
        "kind": "page",
        "type": "articles.article",
        "action": "withdraw" if withdrawn else "publish",
        "path": f"{prefix}/nyheter/sida-{page}/" if page else f"{prefix}/",
        "parent_key": UUID(int=1) if page else None,
        "title": f"Trygghetsvandring {page}",
        "document": {} if withdrawn else _document(page, version),
        "significance": "content" if version else "first",
        "origin": "source" if code == "sv" else "human",
        "review": "none" if code == "sv" else "approved",
        "content_updated_at": moment,
        "published_at": moment,
        "actor": "approver",
    }


def _document(page: int, version: int) -> dict[str, Any]:
    """Return a text of about two kilobytes, as the demo's are on average."""
    link = f'<p>Läs <a href="cms:{UUID(int=max(page - 1, 1))}">mer</a>. '
    return {
        "title": f"Trygghetsvandring {page}",
        "ingress": SENTENCE,
        "show_in_menus": page < 6,
        "sort_key": f"{page:08}",
        "list_date": (START + page * STEP).isoformat(),
        "ancestors": [str(UUID(int=1))],
        "contact_block": None,
        "body": [
            {"type": "heading", "id": f"a{part}", "level": 2, "text": "Nya lampor"}
            if part % 2
            else {
                "type": "paragraph",
                "id": f"b{part}",
                "html": f"{link}{SENTENCE * 4}{version}</p>",
            }
            for part in range(8)
        ],
        "references": {"focus_areas": [str(UUID(int=page % 7 + 1))]},
    }


def _verified() -> tuple[float, list[Any]]:
    from cms.log import entries  # noqa: PLC0415

    problems: list[Any] = []
    seconds = _timed(lambda: problems.extend(entries.verify()))
    return seconds, problems


def _as_of(rows: int) -> dict[str, float]:
    """Return how long a page as it was takes, at three points of the history (ms)."""
    from cms.archive.looking import answer  # noqa: PLC0415
    from cms.archive.shadow import as_it_was  # noqa: PLC0415
    from cms.log.models import Publication  # noqa: PLC0415

    took: dict[str, float] = {}
    for name, share in (("early", 0.1), ("middle", 0.5), ("now", 1)):
        row = Publication.objects.get(pk=max(int(rows * share), 1))
        with as_it_was(row.published_at):
            expected = Publication.objects.count()
        assert expected == row.pk

        def look(at: datetime = row.published_at) -> None:
            with as_it_was(at):
                answer("/")

        took[name] = round(min(_timed(look) for _ in range(3)) * 1000)
    return took


def _timed(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)

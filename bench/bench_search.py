"""What a search costs as the site grows: 1,000 and 10,000 pages in six languages.

Processor time of the API's answer, ours and the database's together, for words that
stand on nearly every page, on one page, misspelt, several, none. The texts are made of
few words, so nearly every one of them is on nearly every page: the worst case.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus, measure, servers

SIZES = (
    int(os.environ.get("BENCH_SMALL", "1000")),
    int(os.environ.get("BENCH_LARGE", "10000")),
)
TIMES = int(os.environ.get("BENCH_SEARCHES", "40"))
LIMIT = 1.5
QUESTIONS = {
    "on every page": ("sv", "belysning"),
    "on every page, misspelt": ("sv", "belysnign"),
    "on one page": ("sv", "123"),
    "three words": ("sv", "trygghet tunneln polisen"),
    "in Finnish, then Swedish": ("fi", "turvallisuus"),
    "Swedish word, asked in Arabic": ("ar", "Storvik"),
    "in Arabic": ("ar", "شرطة"),
    "without a grammar": ("so", "ammaan"),
    "nothing": ("sv", "xyzzyq"),
}
#: Nobody's language is like this: as many words as pages, all alike.
UNNATURAL = ("sv", corpus.name_of(123))


def main() -> int:
    report = measure.Report("search")
    curve: dict[str, list[float]] = {name: [] for name in QUESTIONS}
    with servers.database() as database:
        corpus.prepare(database)
        site = corpus.make_site()
        done = 0
        for size in SIZES:
            corpus.fill_log(site, range(done, size))
            done = size
            _index(report, size)
            for name, (tag, question) in QUESTIONS.items():
                curve[name].append(_cost(tag, question))
                report.fact(f"{size} pages, {name} (ms CPU)", curve[name][-1])
            cost = _cost(*UNNATURAL)
            report.fact(f"{size} pages, one of as many words alike (ms CPU)", cost)
    for name, (small, large) in curve.items():
        report.at_most(
            f"{SIZES[1]} pages against {SIZES[0]}: {name}", large / small, LIMIT
        )
    totals = [sum(costs[place] for costs in curve.values()) for place in (0, 1)]
    report.at_most("all of these together", totals[1] / totals[0], LIMIT)
    return report.close()


def _index(report: measure.Report, size: int) -> None:
    """Derive the index, and let the database look at it as its daemon would."""
    from django.db import connection  # noqa: PLC0415

    from cms.search import index  # noqa: PLC0415

    started = time.perf_counter()
    index.rebuild()
    report.fact(f"{size} pages, rebuild_search (s)", time.perf_counter() - started)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT pg_total_relation_size('cms_search_entry')")
        report.fact(f"{size} pages, index (MB)", cursor.fetchone()[0] / 1e6)


def _cost(tag: str, question: str) -> float:
    """Return the milliseconds of processor time of one answer, ours and PostgreSQL's.

    Of PostgreSQL only the process that answers us: others tidy up after the filling.
    """
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client()
    query = {"q": question, "lang": tag}
    for _time in range(5):
        client.get("/api/v1/search", query)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        database = cursor.fetchone()[0]
    samples = []
    for _turn in range(4):
        before = measure.cpu_of(os.getpid(), database)
        for _time in range(TIMES // 4):
            assert client.get("/api/v1/search", query).status_code == 200
        after = measure.cpu_of(os.getpid(), database)
        samples.append((after - before) * 1000 / (TIMES // 4))
    return median(samples)


if __name__ == "__main__":
    sys.exit(main())

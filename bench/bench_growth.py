"""Ten times the content: what reading, listing, searching and publishing then cost.

Articles in six languages go straight into the log; some are real pages besides. At each
size a fresh server, with nothing kept from before, is asked for what nobody asked for.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus, measure, servers

if TYPE_CHECKING:
    from bench.measure import Report
    from bench.servers import Database, Web
    from tests.factories.site import Municipality

SIZES = [int(n) for n in os.environ.get("BENCH_SIZES", "1000,3000,10000").split(",")]
READS, LISTS, SEARCHES, PUBLICATIONS, WARM = 90, 30, 30, 15, 300
Figures = dict[str, float]


def main() -> int:
    report = measure.Report("growth")
    with servers.database() as database:
        corpus.prepare(database)
        site = corpus.make_site()
        curve: dict[int, Figures] = {}
        there = 0
        for size in SIZES:
            corpus.fill_log(site, range(there, size))
            there = size
            _settle(database)
            curve[size] = _figures(database, site, size)
        _say(report, curve)
    return report.close()


def _settle(database: Database) -> None:
    """Index what was put into the log past its listeners; let the planner know."""
    from cms.search import index  # noqa: PLC0415

    index.rebuild()
    with database.connect() as connection:
        connection.execute("VACUUM ANALYZE")


def _figures(database: Database, site: Municipality, size: int) -> Figures:
    dice = random.Random(size)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        more = {"DELIVERY_ROOT": folder}
        with servers.granian(database.url, workers=1, more=more) as web:
            _ask(database, web, ["/", "/nyheter/", "/sok/?q=lampa", *_lists(99)][:4])
            found = {
                "cold page: ms CPU": _ask(database, web, list(_pages(dice, size))),
                "cold list of 20: ms CPU": _ask(database, web, list(_lists(11))),
                "search: ms CPU": _ask(database, web, list(_searches(dice, size))),
            }
            warm = [corpus.path_of(number) for number in range(WARM)]
            _ask(database, web, warm)
            found["memory of a worker: MB"] = max(
                servers.memory_of(worker) / 1e6 for worker in web.workers()
            )
    found |= _publish(database, site)
    return found


def _ask(database: Database, web: Web, paths: list[str]) -> float:
    target = measure.Target("", web.base, paths, [web.pid, database.pid])
    return measure.ask_once(target).cpu_us / 1000


def _pages(dice: random.Random, size: int) -> Iterator[str]:
    """Pages in every language, the newest and the oldest."""
    for number in dice.sample(range(WARM, size), READS):
        yield corpus.path_of(number, dice.choice(corpus.TAGS))


def _lists(year: int) -> Iterator[str]:
    """Lists of 20 that nobody has asked for yet."""
    for day in range(1, LISTS + 1):
        yield (
            f"/api/v1/pages?type=articles.article&limit=20&lang=fi"
            f"&since=20{year}-01-{day:02}"
        )


def _searches(dice: random.Random, size: int) -> Iterator[str]:
    for number in dice.sample(range(size), SEARCHES):
        yield f"/api/v1/search?q={corpus.name_of(number)}&lang=fi"


def _publish(database: Database, site: Municipality) -> Figures:
    """Approve new articles, one after the other."""
    from tests.factories.pages import approve, submit  # noqa: PLC0415

    drafts = [
        site.reloaded().article(contact_block=site.contact) for _ in range(PUBLICATIONS)
    ]
    for draft in drafts:
        submit(draft)
    with measure.stopwatch(os.getpid(), database.pid) as watch:
        for draft in drafts:
            approve(draft)
    return {"publish: ms CPU": watch["cpu"] / PUBLICATIONS * 1000}


def _say(report: Report, curve: dict[int, Figures]) -> None:
    """Print the curve, and compare its ends."""
    first, last = curve[SIZES[0]], curve[SIZES[-1]]
    print(f"  {'articles in six languages':<30}" + "".join(f"{n:>10}" for n in SIZES))
    for name in first:
        row = "".join(f"{curve[size][name]:>10.1f}" for size in SIZES)
        print(f"  {name:<30}{row}")
    report.facts["curve"] = {str(size): figures for size, figures in curve.items()}
    times = SIZES[-1] / SIZES[0]
    for name in first:
        limit = 1.2 if name.startswith("memory") else 1.3
        what = f"{times:g} times the content: {name.partition(':')[0]}"
        report.at_most(what, last[name] / first[name], limit)
    what = f"cold list of 20 at {SIZES[-1] * len(corpus.TAGS):,} pages"
    report.at_most(what, last["cold list of 20: ms CPU"], 5, " ms")


if __name__ == "__main__":
    sys.exit(main())

"""How soon two web machines that read from a replica show a publication.

A primary, a streaming replica and two granians with folders of their own, all on this
machine; an article is published on the primary, and both machines are asked until they
show it, in a list that they had kept and at an address that nobody had asked for.
"""

from __future__ import annotations

import argparse
import http.client
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench import corpus, measure, servers

PATIENCE = 10.0


def text_of(port: int, path: str) -> str:
    """Return what is answered, whatever its status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path)
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def shown_after(web: servers.Web, path: str, text: str, since: float) -> float:
    """Ask until the answer has the text; return the seconds since the publication."""
    while time.monotonic() - since < PATIENCE:
        if text in text_of(web.port, path):
            return time.monotonic() - since
        time.sleep(0.005)
    return PATIENCE


def main() -> int:
    """Publish and ask, again and again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--publications", type=int, default=20)
    number = parser.parse_args().publications
    report = measure.Report("replica")

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    from tests.operations.cluster import copy_of, empty_cluster  # noqa: PLC0415

    with ExitStack() as stack:
        primary = stack.enter_context(empty_cluster())
        with primary.connect() as connection:
            connection.execute("CREATE DATABASE kommun")
        database = servers.Database(primary.url("kommun"), primary.process.pid)
        corpus.prepare(database)
        site = corpus.make_site()
        replica = stack.enter_context(copy_of(str(primary.folder), replica=True))
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir="/tmp"))
        webs = []
        for name in ("one", "two"):
            more = {
                "DATABASE_REPLICA_URL": replica.url("kommun"),
                "DELIVERY_ROOT": f"{folder}/{name}",
            }
            web = servers.granian(database.url, workers=1, threads=16, more=more)
            webs.append(stack.enter_context(web))
        times = []
        for count in range(number):
            for each in webs:
                text_of(each.port, "/nyheter/")
            title = f"Nyhet nummer {count} om bron"
            site.live_article(title=title, slug=f"nyhet-{count}")
            since = time.monotonic()
            for each in webs:
                for path in ("/nyheter/", f"/nyheter/nyhet-{count}/"):
                    times.append(shown_after(each, path, title, since))
        report.fact("publications", number)
        report.fact("visible on both, p50 (s)", measure.percentile(times, 50))
        report.at_most("visible on both, p99", measure.percentile(times, 99), 2, " s")
        report.at_most("visible on both, slowest", max(times), 2, " s")
    return report.close()


if __name__ == "__main__":
    sys.exit(main())

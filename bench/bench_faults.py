"""What readers meet while something is broken: warm addresses, cold ones, and probes.

20 requests a second go to warm addresses while the database is stopped, hangs or holds
its tables locked, and while web workers are killed or renewed; one a second goes to an
address that nobody has asked for before. ``--seconds`` sets how long each fault lasts.
"""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench import corpus, measure, servers

RATE = 20
#: What happens in this many seconds after something was broken is the fault's instant.
INSTANT = 0.5
#: Tables that every answer is made from.
TABLES = "log_publication, log_head, reading_language"
WARM = 20
PROBES = ("/livez", "/readyz")
#: Seconds between two blows to the workers: a new one needs some to start.
EVERY = 25.0


@dataclass(frozen=True)
class Answer:
    """One request: when it was sent, what came (0: nothing), and how long it took."""

    at: float
    status: int
    ms: float
    stale: bool


def ask(port: int, path: str) -> Answer:
    """Send one request on a connection of its own."""
    at = time.monotonic()
    status, stale = 0, False
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        status = response.status
        stale = "stale" in (response.getheader("Cache-Status") or "")
    except (OSError, http.client.HTTPException):
        status = 0
    finally:
        connection.close()
    return Answer(at, status, (time.monotonic() - at) * 1000, stale)


class Probe:
    """Asks at a steady rate, whatever becomes of the answers."""

    def __init__(self, port: int, cold: Iterator[str]) -> None:
        self._port, self._cold = port, cold
        self._paths = warm_paths()

    def run(self, seconds: float) -> dict[str, list[Answer]]:
        """Ask for so long; return the answers of each kind."""
        waiting: dict[str, list[Future[Answer]]] = {
            kind: [] for kind in ("warm", "cold", *PROBES)
        }
        began = time.monotonic()
        with ThreadPoolExecutor(64) as pool:
            for number in range(int(seconds * RATE)):
                time.sleep(max(0.0, began + number / RATE - time.monotonic()))
                path = self._paths[number % len(self._paths)]
                waiting["warm"].append(pool.submit(ask, self._port, path))
                if number % RATE == RATE // 2:
                    cold = pool.submit(ask, self._port, next(self._cold))
                    waiting["cold"].append(cold)
                    for probe in PROBES:
                        waiting[probe].append(pool.submit(ask, self._port, probe))
        return {
            kind: [each.result() for each in some] for kind, some in waiting.items()
        }


def warm_paths() -> list[str]:
    """Pages in all languages, and the API's pages and list."""
    pages = [
        corpus.path_of(number, tag) for number in range(3) for tag in corpus.TAGS[:5]
    ]
    api = [f"/api/v1/pages/{corpus.key_of(number)}?lang=sv" for number in range(3)]
    return [*pages, *api, "/api/v1/pages?lang=sv", "/"][:WARM]


def warm_up(port: int) -> None:
    """Ask until every address is kept and answered quickly."""
    for path in warm_paths() * 3:
        answer = ask(port, path)
        if answer.status != 200:
            raise RuntimeError(f"{path} is answered with {answer.status}")


Fault = Callable[[], AbstractContextManager[list[float]]]


def faults_of(cluster: object, web: servers.Web) -> dict[str, Fault]:
    """Each breaks something on entry, mends it on exit, and tells when it struck."""
    from tests.operations.cluster import Cluster  # noqa: PLC0415

    assert isinstance(cluster, Cluster)

    @contextmanager
    def stopped() -> Iterator[list[float]]:
        cluster.stop()
        yield [time.monotonic()]
        cluster.start()

    @contextmanager
    def hung() -> Iterator[list[float]]:
        cluster.hang()
        yield [time.monotonic()]
        cluster.go_on()

    @contextmanager
    def locked() -> Iterator[list[float]]:
        with cluster.connect("kommun") as other, other.transaction():
            other.execute(f"LOCK TABLE {TABLES} IN ACCESS EXCLUSIVE MODE")
            yield [time.monotonic()]

    def again_and_again(strike: Callable[[], None]) -> Fault:
        @contextmanager
        def fault() -> Iterator[list[float]]:
            struck: list[float] = []
            over = threading.Event()

            def keep_on() -> None:
                wait = 1.0
                while not over.wait(wait):
                    strike()
                    struck.append(time.monotonic())
                    wait = EVERY

            thread = threading.Thread(target=keep_on)
            thread.start()
            yield struck
            over.set()
            thread.join()

        return fault

    def kill() -> None:
        # The busiest in memory: granian's helpers have none of the product in them.
        max(web.workers(), key=lambda each: each.memory_info().rss).kill()

    def reload() -> None:
        os.kill(web.pid, signal.SIGHUP)

    return {
        "database stopped": stopped,
        "database hung": hung,
        "table locked": locked,
        "worker killed": again_and_again(kill),
        "workers renewed": again_and_again(reload),
    }


def tell(
    report: measure.Report,
    name: str,
    found: dict[str, list[Answer]],
    struck: list[float],
) -> None:
    """Hold the answers to the promise."""
    warm = found["warm"]
    calm = [
        each for each in warm if not any(0 <= each.at - at < INSTANT for at in struck)
    ]
    share = sum(each.status == 200 for each in calm) / len(calm) * 100
    times = [each.ms for each in calm]
    report.at_least(f"{name}: warm answers that are 200", share, 99.99, "%")
    report.at_most(f"{name}: warm p99", measure.percentile(times, 99), 50, " ms")
    report.fact(f"{name}: warm p50 (ms)", measure.percentile(times, 50))
    report.fact(
        f"{name}: in the instant of the fault, not 200",
        sum(each.status != 200 for each in warm) - sum(e.status != 200 for e in calm),
    )
    report.fact(f"{name}: warm answers marked stale", sum(e.stale for e in warm))
    statuses = sorted({each.status for each in found["cold"]})
    report.fact(f"{name}: cold answers", f"{len(found['cold'])}, status {statuses}")
    slowest = max(each.ms for each in found["cold"])
    report.at_most(f"{name}: slowest cold answer", slowest, 1000, " ms")
    for path in PROBES:
        slowest = max(each.ms for each in found[path])
        report.at_most(f"{name}: slowest {path}", slowest, 500, " ms")


def main() -> int:
    """Break one thing after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = float(os.environ.get("BENCH_FAULT_SECONDS", "60"))
    parser.add_argument("--seconds", type=float, default=default)
    parser.add_argument("--only", default="", help="faults whose name contains this")
    arguments = parser.parse_args()
    seconds = arguments.seconds
    report = measure.Report("faults")
    report.fact("length of each fault (s)", seconds)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    from tests.operations.cluster import empty_cluster  # noqa: PLC0415

    with empty_cluster() as cluster:
        with cluster.connect() as connection:
            connection.execute("CREATE DATABASE kommun")
        database = servers.Database(cluster.url("kommun"), cluster.process.pid)
        corpus.prepare(database)
        corpus.fill_log(corpus.make_site(), range(200), announce=True)
        with cluster.connect() as connection:
            connection.execute("CHECKPOINT")  # this server does not sync
        # Nobody asks for the same one of these twice.
        cold = (corpus.path_of(number, tag) for tag in corpus.TAGS for number in range(10, 200))  # fmt: skip
        # granian lets go of an old worker so many seconds after it began a new one.
        more = {
            "GRANIAN_RESPAWN_FAILED_WORKERS": "true",
            "GRANIAN_RESPAWN_INTERVAL": "10",
        }
        with servers.granian(database.url, workers=2, threads=16, more=more) as web:
            for name, fault in faults_of(cluster, web).items():
                if arguments.only not in name:
                    continue
                warm_up(web.port)
                with fault() as struck:
                    found = Probe(web.port, cold).run(seconds)
                tell(report, name, found, struck)
                time.sleep(12)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())

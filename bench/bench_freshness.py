"""When a publication can be read: at once here, soon on another machine, never half.

One page is published over and over. Each edition has its number in title, lead and
body, so a reader that gets two numbers in one answer has met a mixture, and one that
gets a smaller number than was committed before it asked has met a stale answer. A
control run, with the signal on this machine switched off, shows that the test can fail.
"""

from __future__ import annotations

import http.client
import os
import re
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import corpus, measure, servers

if TYPE_CHECKING:
    from bench.servers import Web
    from cms.log.entries import Entry

READS = int(os.environ.get("BENCH_READS", "100000"))
PUBLICATIONS = int(os.environ.get("BENCH_PUBLICATIONS", "200"))
WORKERS, READERS = 2, 4
#: Seconds between two publications, so that most reads are warm and some are not.
PAUSE = 0.5
_EDITION = re.compile(rb"utgava-(\d+)-")
_NUMBER = 7


def main() -> int:
    report = measure.Report("freshness")
    with servers.database() as database, tempfile.TemporaryDirectory() as elsewhere:
        corpus.prepare(database)
        site = corpus.make_site()
        corpus.fill_log(site, range(100), ("sv", "fi"))
        writer = Writer()
        with servers.granian(database.url, workers=WORKERS) as web:
            found = _poll(web, writer, READS)
            report.facts["reads while publishing"] = found.reads
            report.fact("editions published meanwhile", found.editions)
            report.at_least("polled reads", found.reads, READS, "")
            report.at_most("stale reads on this machine", found.stale, 0, "")
            if found.late:
                report.fact("asked after the commit, ms, at most", max(found.late))
            report.at_most("mixtures of two editions", found.mixed, 0, "")
            report.at_most("answers that were not 200", found.errors, 0, "")
            with writer.unannounced():
                control = _poll(web, writer, READS // 10)
            report.at_least(
                "control without the signal: stale reads", control.stale, 1, ""
            )
        more = {"DELIVERY_ROOT": elsewhere}
        with servers.granian(database.url, workers=WORKERS, more=more) as web:
            lags, mixed = _other_machine(web, writer)
            report.fact("other machine: p50", measure.percentile(lags, 50))
            p99 = measure.percentile(lags, 99)
            report.at_most("other machine: stale for, p99", p99, 50, " ms")
            report.at_most("other machine: stale for, ever", max(lags), 1000, " ms")
            report.at_most("other machine: mixtures", mixed, 0, "")
    return report.close()


class Writer:
    """Publishes edition after edition of one page, as the gate does: by the log."""

    def __init__(self) -> None:
        self.edition = 0
        #: The edition that was committed last, and when; readers look before they ask.
        self.committed = (0, 0.0)

    def publish(self) -> float:
        """Publish the next edition; return when the commit had returned."""
        from django.db import transaction  # noqa: PLC0415
        from django.utils import timezone  # noqa: PLC0415

        from cms.log import entries  # noqa: PLC0415

        self.edition += 1
        with transaction.atomic():
            entries.append(self._entry(), at=timezone.now())
        self.committed = (self.edition, time.perf_counter())
        return self.committed[1]

    def _entry(self) -> Entry:
        from django.utils import timezone  # noqa: PLC0415

        from cms.log import entries  # noqa: PLC0415

        last = entries.current(corpus.key_of(_NUMBER), "sv")
        assert last is not None
        mark = f"utgava-{self.edition}-"
        blocks = [
            {**block, "html": f"<p>{mark}</p>"}
            if block["type"] == "paragraph"
            else block
            for block in last.document["body"]
        ]
        return entries.Entry(
            key=last.key,
            locale=last.locale,
            kind=last.kind,
            type=last.type,
            action="publish",
            path=last.path,
            parent_key=last.parent_key,
            title=f"{mark} titel",
            document={
                **last.document,
                "title": f"{mark} titel",
                "ingress": f"{mark} ingress",
                "body": blocks,
            },
            significance="content",
            origin="source",
            review="approved",
            content_updated_at=timezone.now(),
            actor="bench",
        )

    def unannounced(self) -> _Unannounced:
        return _Unannounced()


class _Unannounced:
    """While it lasts this machine hears of publications as another one would."""

    def __enter__(self) -> None:
        from cms.log.signals import appended  # noqa: PLC0415

        assert appended.disconnect(dispatch_uid="cms.delivery")

    def __exit__(self, *error: object) -> None:
        from django.apps import apps  # noqa: PLC0415

        apps.get_app_config("cms_delivery").ready()


@dataclass
class Found:
    """What the readers met."""

    reads: int = 0
    stale: int = 0
    mixed: int = 0
    errors: int = 0
    editions: int = 0
    #: For each stale answer how long after the commit it was asked for, in ms.
    late: list[float] = field(default_factory=list)
    etags: dict[tuple[str, str], int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(
        self, path: str, floor: int, late: float, answer: tuple[int, str, bytes]
    ) -> None:
        """Judge an answer that was asked for ``late`` ms after edition ``floor``."""
        status, etag, body = answer
        numbers = {int(each) for each in _EDITION.findall(body)}
        with self.lock:
            self.reads += 1
            if status != 200 or not numbers:
                self.errors += 1
                return
            edition = max(numbers)
            known = self.etags.setdefault((path, etag), edition)
            self.mixed += len(numbers) > 1 or known != edition
            if edition < floor:
                self.stale += 1
                self.late.append(late)


def _paths() -> list[str]:
    return [corpus.path_of(_NUMBER), f"/api/v1/pages/{corpus.key_of(_NUMBER)}"]


def _get(client: http.client.HTTPConnection, path: str) -> tuple[int, str, bytes]:
    client.request("GET", path)
    answer = client.getresponse()
    return answer.status, answer.getheader("ETag") or "", answer.read()


def _poll(web: Web, writer: Writer, reads: int) -> Found:
    """Read on several connections while editions are published, until it is enough."""
    found = Found()
    writer.publish()
    first = writer.edition

    def read() -> None:
        client = http.client.HTTPConnection("127.0.0.1", web.port, timeout=30)
        turn = 0
        while found.reads < reads:
            path = _paths()[turn % 2]
            turn += 1
            floor, committed = writer.committed
            late = (time.perf_counter() - committed) * 1000
            found.add(path, floor, late, _get(client, path))
        client.close()

    readers = [threading.Thread(target=read) for _each in range(READERS)]
    for reader in readers:
        reader.start()
    while any(reader.is_alive() for reader in readers):
        writer.publish()
        time.sleep(PAUSE)
    found.editions = writer.edition - first
    return found


def _other_machine(web: Web, writer: Writer) -> tuple[list[float], int]:
    """Return for each publication for how many ms a reader elsewhere got the old one."""
    client = http.client.HTTPConnection("127.0.0.1", web.port, timeout=30)
    api = _paths()[1]
    _get(client, api)
    time.sleep(2)  # until its watcher listens
    lags, found = [], Found()
    for _each in range(PUBLICATIONS):
        committed, last_stale = writer.publish(), None
        while True:
            asked = time.perf_counter()
            answer = _get(client, api)
            found.add(api, 0, 0, answer)
            if {int(n) for n in _EDITION.findall(answer[2])} == {writer.edition}:
                break
            last_stale = asked
        lags.append((last_stale - committed) * 1000 if last_stale else 0.0)
        time.sleep(0.02)
    client.close()
    return lags, found.mixed + found.errors


if __name__ == "__main__":
    sys.exit(main())

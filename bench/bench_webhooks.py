"""Webhooks to a receiver that fails, from workers that are killed (P7, T51).

    python bench/bench_webhooks.py [EVENTS]

Publishes 1,000 events of 100 pages in two languages to a receiver on this machine that
fails 30 % of the requests: with an error, by hanging up, or by hanging up *after* it has
taken the message. Six workers share the work, and five of them are killed (SIGKILL) in
the middle of a delivery. Prints what the receiver got, writes `var/bench/webhooks.json`.
A small version runs as a test.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import corpus, measure, servers  # noqa: E402 - found on the path above
from tests.cms.webhooks.receiver import Message, receiving  # noqa: E402

EVENTS, KILLS = 1_000, 5
FAILING = 0.3
LANGUAGES = ("sv", "fi")
#: How long a run may take before it counts as stuck.
SECONDS = 600

#: A worker: the product's own, as patient as standard input says.
WORKER = """
import json, sys
from datetime import timedelta
from threading import Event
import django
django.setup()
from cms.webhooks.worker import Pace, Worker
seconds, poll = json.loads(sys.argv[1])
pace = Pace(**{name: timedelta(seconds=value) for name, value in seconds.items()})
Worker(pace).run(Event(), poll=poll)
"""


@dataclass
class Ledger:
    """What a receiver does that keeps the ids it has seen: each has one effect."""

    seen: set[str] = field(default_factory=set)
    numbers: dict[tuple[str, str], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    attempts: int = 0
    failed: int = 0
    duplicates: int = 0

    def take(self, message: Message) -> None:
        """Act on a message, unless its id tells that this has been done."""
        if message.id in self.seen:
            self.duplicates += 1
            return
        self.seen.add(message.id)
        body = message.body
        self.numbers[body["key"], body["lang"]].append(body["id"])

    @property
    def is_in_order(self) -> bool:
        return all(found == sorted(set(found)) for found in self.numbers.values())


class Trouble:
    """How the receiver answers: chance by seed, and death at the moments asked for."""

    def __init__(self, ledger: Ledger, workers: list[psutil.Popen], kills: int) -> None:
        self.ledger, self.workers = ledger, workers
        self.chance = random.Random(corpus.SEED)  # noqa: S311 - no secret
        self.kills_left = kills
        self.spacing = 1

    def answer(self, message: Message) -> int | bytes:
        ledger = self.ledger
        ledger.attempts += 1
        if self.kills_left and ledger.attempts % self.spacing == 0:
            self.kills_left -= 1
            ledger.take(message)
            self._kill_sender(message)
            return 204
        if self.chance.random() >= FAILING:
            ledger.take(message)
            return 204
        ledger.failed += 1
        fault = self.chance.choice(["error", "hang up", "hang up late"])
        if fault == "hang up late":
            ledger.take(message)
        return 500 if fault == "error" else b""

    def _kill_sender(self, message: Message) -> None:
        """Kill the process at the other end of this connection."""
        port = int(message.headers[":port"])
        for worker in self.workers:
            if worker.is_running() and any(
                connection.laddr.port == port
                for connection in worker.net_connections("tcp4")
            ):
                worker.kill()
                worker.wait()
                return
        raise AssertionError("Nobody sent this message.")


def publish(events: int) -> int:
    """Append events about pages in turn, in one transaction for ten; return how many."""
    from django.db import transaction  # noqa: PLC0415

    from cms.log import entries  # noqa: PLC0415

    pages = max(events // 10, 1)
    start = datetime(2018, 2, 2, tzinfo=UTC)
    for first in range(0, events, 10):
        with transaction.atomic():
            for number in range(first, min(first + 10, events)):
                page, moment = number % pages, start + timedelta(minutes=number)
                language = LANGUAGES[page % len(LANGUAGES)]
                title = f"Nyhet {number}"
                entries.append(
                    entries.Entry(
                        key=UUID(int=page + 1),
                        locale=language,
                        kind="page",
                        type="articles.article",
                        action="publish",
                        path=f"/{language}/{page}/",
                        title=title,
                        document={"title": title, "body": []},
                        significance="first" if number < pages else "content",
                        origin="source",
                        review="none",
                        content_updated_at=moment,
                        actor="bench",
                    ),
                    at=moment,
                )
    return events


@contextmanager
def workers(
    number: int, environment: Mapping[str, str], pace: Mapping[str, float], poll: float
) -> Iterator[list[psutil.Popen]]:
    """Run workers of the product, and kill what is left of them at the end."""
    command = [sys.executable, "-c", WORKER, json.dumps([pace, poll])]
    started = [
        psutil.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
        for _ in range(number)
    ]
    try:
        yield started
    finally:
        for worker in started:
            if worker.is_running():
                worker.kill()
            worker.wait()


def prove(
    environment: Mapping[str, str],
    *,
    events: int,
    kills: int,
    pace: Mapping[str, float],
    poll: float = 0.05,
) -> dict[str, Any]:
    """Publish, deliver through all trouble, and say what the receiver found.

    Needs a set-up Django, whose tables `environment` leads other processes to.
    ``pace``: members of ``Pace`` in seconds, where they are not the product's own.
    """
    from cms.webhooks.models import Delivery, Endpoint  # noqa: PLC0415

    _offer_languages()
    ledger = Ledger()
    with receiving() as receiver:
        Endpoint.objects.create(name="Bench", url=receiver.url)
        with workers(kills + 1, environment, pace, poll) as running:
            trouble = Trouble(ledger, running, kills)
            trouble.spacing = max(events // (kills + 1), 1)
            receiver.answer = trouble.answer
            started = time.monotonic()
            publish(events)
            while Delivery.objects.waiting().exists():
                if time.monotonic() - started > SECONDS:
                    break
                time.sleep(0.05)
            seconds = time.monotonic() - started
            alive = sum(worker.is_running() for worker in running)
    return {
        "events": events,
        "workers_killed": kills + 1 - alive,
        "delivered": Delivery.objects.filter(state="delivered").count(),
        "taken_by_id": len(ledger.seen),
        "in_order_per_page": ledger.is_in_order,
        "requests": ledger.attempts,
        "failed_on_purpose": ledger.failed,
        "duplicates_known_by_id": ledger.duplicates,
        "seconds": round(seconds, 1),
    }


def _offer_languages() -> None:
    from wagtail.models import Locale  # noqa: PLC0415

    from cms.reading.models import Language  # noqa: PLC0415

    for tag in LANGUAGES:
        locale, _created = Locale.objects.get_or_create(language_code=tag)
        facts = {"tag": tag, "html_lang": tag, "visible": True}
        Language.objects.get_or_create(locale=locale, defaults=facts)


def main(events: int) -> int:
    report = measure.Report("webhooks")
    with servers.database(pin=False) as database:
        corpus.prepare(database)
        hosts = json.dumps({"CMS_WEBHOOK_LOCAL_HOSTS": ["127.0.0.1"]})
        environment = servers.environment(database.url, 0, BENCH_SETTINGS=hosts)
        found = prove(environment, events=events, kills=KILLS, pace={})
    for name, value in found.items():
        report.fact(name, value)
    report.at_least("delivered", found["delivered"], events, "")
    report.at_least("taken once, known by their id", found["taken_by_id"], events, "")
    report.at_least("order kept per page", float(found["in_order_per_page"]), 1, "")
    report.at_least("workers killed in a delivery", found["workers_killed"], KILLS, "")
    return report.close()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS))

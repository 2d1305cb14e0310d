"""Deliver webhooks: a worker, of which any number may run on any machines."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.webhooks.worker import Worker


class Command(BaseCommand):
    help = (
        "Delivers webhooks until it is told to stop (SIGTERM, Ctrl-C), and then finishes "
        "what it has begun. Any number may run at once, on any machines."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once",
            action="store_true",
            help="deliver what is due now and end; exit status 1 if an attempt failed",
        )
        parser.add_argument(
            "--poll",
            type=float,
            default=1.0,
            metavar="SECONDS",
            help="how long to wait when there was nothing to deliver (default: 1)",
        )

    def handle(self, *args: Any, once: bool, poll: float, **options: Any) -> None:
        stop = Event()
        worker = Worker()
        before = {
            number: signal.signal(number, lambda *_: stop.set())
            for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            if once:
                worker.run_once(stop)
            else:
                worker.run(stop, poll=poll)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        delivered = worker.attempts - worker.failures
        self.stdout.write(f"{delivered} delivered, {worker.failures} attempts failed.")
        if once and worker.failures:
            raise CommandError("What failed is tried again later.")

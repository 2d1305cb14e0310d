from __future__ import annotations

import fcntl
import logging
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.mirror.export import Unexpected, export

#: Seconds between signs of life.
_INTERVAL = 2.0


@contextmanager
def _expecting_refusals() -> Iterator[None]:
    """Be silent about 404 and 410: to be told that an address is nobody's is part of
    the work here."""
    requests = logging.getLogger("django.request")
    before = requests.level
    requests.setLevel(logging.ERROR)
    try:
        yield
    finally:
        requests.setLevel(before)


class Command(BaseCommand):
    """Write the public site and the API as files."""

    help = (
        "Write everything that is public as files that nginx can serve, into DIR. "
        "A later run asks only for what may have changed since, and makes the new "
        "files current in one step; then let nginx read its configuration anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument(
            "--full", action="store_true", help="ask for everything, whatever is there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        root: Path = options["folder"].resolve()
        root.mkdir(parents=True, exist_ok=True)
        with (root / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise CommandError("Another run writes to this folder.") from error
            try:
                with _expecting_refusals():
                    report = export(root, full=options["full"], tick=self._ticker())
            except Unexpected as error:
                raise CommandError(f"{error} The mirror is as it was.") from error
        self.stdout.write(
            f"Publication {report.log_id}: {report.asked} addresses asked, "
            f"{report.written} files written, {report.kept} as before. "
            f"{root / 'current'}"
        )

    def _ticker(self) -> Any:
        """Return a function that says how far we are, every other second."""
        started = last = time.monotonic()
        count = 0

        def tick() -> None:
            nonlocal count, last
            count += 1
            now = time.monotonic()
            if sys.stderr.isatty() and now - last >= _INTERVAL:
                last = now
                self.stderr.write(f"{count} addresses in {now - started:.0f} s …")

        return tick

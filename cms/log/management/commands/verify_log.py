from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.log import entries
from cms.log.models import Publication

#: Seconds between signs of life.
_INTERVAL = 2.0


class Command(BaseCommand):
    """Walk the publication chain. Exit status 0 only if every link holds."""

    help = "Check every row of the publication log against its hash and its heads."

    def handle(self, *args: Any, **options: Any) -> None:
        self.count = 0
        self.total = Publication.objects.count()
        self.reported_at = time.monotonic()
        problems = 0
        for problem in entries.verify(on_progress=self.report):
            problems += 1
            self.stdout.write(
                f"publication {problem.publication_id}: "
                f"{problem.code}: {problem.message}"
            )
        self.stdout.write(f"{self.count} publications checked.")
        if problems:
            raise CommandError(f"Problems found: {problems}.")
        self.stdout.write(self.style.SUCCESS("The log is intact."))

    def report(self, count: int) -> None:
        """Remember how far the walk has come, and tell it now and then."""
        self.count = count
        if time.monotonic() - self.reported_at > _INTERVAL:
            self.reported_at = time.monotonic()
            self.stderr.write(f"{count} of {self.total} publications …")

from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.archive import export
from cms.archive.forms import day_bounds
from cms.archive.looking import public_path
from cms.log.models import Publication

#: Seconds between signs of life.
_INTERVAL = 2.0


class Command(BaseCommand):
    """Take a period, or one page, out of the archive."""

    help = "Write every publication of a period, or of one page, to a ZIP with proof."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="the ZIP to write")
        parser.add_argument(
            "--from", dest="first", metavar="DAY", help="first day, as 2018-02-02"
        )
        parser.add_argument(
            "--to", dest="last", metavar="DAY", help="last day; the first if left out"
        )
        parser.add_argument(
            "--page", metavar="PATH", help="an address instead of days: /nyheter/"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = self._chosen(options)
        self.total, self.count = chosen.rows.count(), 0
        self.reported_at = time.monotonic()
        if self.total == 0:
            raise CommandError("Nothing was published then or there.")
        target: Path = options["file"]
        unfinished = target.with_name(f"{target.name}.part")
        try:
            with unfinished.open("w+b") as file:
                export.write(chosen, file, self.report)
                file.seek(0)
                digest = file_digest(file, "sha256").hexdigest()
            unfinished.replace(target)
        except OSError as error:
            raise CommandError(f"Cannot write {target}: {error}.") from error
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(f"{self.total} publications in {target}.")
        self.stdout.write(f"SHA-256 {digest}")

    def _chosen(self, options: dict[str, Any]) -> export.Chosen:
        if bool(options["page"]) == bool(options["first"]):
            raise CommandError("Name either a page (--page) or a first day (--from).")
        if options["page"]:
            path = public_path(options["page"])
            row = Publication.objects.filter(path=path or "").order_by("-id").first()
            if row is None or path is None:
                raise CommandError(f"Nothing was ever public at {options['page']}.")
            return export.page(row.key, row.locale)
        first = _day(options["first"])
        last = _day(options["last"]) if options["last"] else first
        if last < first:
            raise CommandError("The last day comes before the first.")
        return export.period(*day_bounds(first, last))

    def report(self) -> None:
        """Count one more publication, and tell it now and then."""
        self.count += 1
        if time.monotonic() - self.reported_at > _INTERVAL:
            self.reported_at = time.monotonic()
            self.stderr.write(f"{self.count} of {self.total} publications …")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"Not a day: {text}.") from error

"""Deletes error reports when their time is over; run it once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.feedback import reports


class Command(BaseCommand):
    """Delete what readers wrote, handled or not, and who sent something lately."""

    help = (
        "Delete error reports that nobody has sent for CMS_REPORT_RETENTION_DAYS days: "
        "a free text may hold personal data."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=int, help="Keep reports for so many days instead."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        deleted = reports.forget(before_days=options["days"])
        self.stdout.write(f"{deleted} error reports deleted.")

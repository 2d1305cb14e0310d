"""Reminds of follow-ups; run it once a day. Several may run at once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pledges import reminders
from pledges.accounts import residents_today
from pledges.models import SentReminder


class Command(BaseCommand):
    """Hand the reminders that are due to the background tasks."""

    help = (
        "Mail reminders of follow-ups: 14 days before, the day after, and when missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Print whom would be written to, and send nothing.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            for reminder in reminders.due_reminders(residents_today()):
                self.stdout.write(str(reminder))
            return
        waiting = [each.pk for each in reminders.enqueue_due()]
        left = SentReminder.objects.filter(pk__in=waiting, sent_at__isnull=True)
        self.stdout.write(f"{len(waiting)} reminders handed over.")
        if left.exists():
            raise CommandError(
                f"{left.count()} could not be sent yet; the next run tries again."
            )

"""Mails the error reports that came too soon after the last mail; run it every minute."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.feedback import mail


class Command(BaseCommand):
    """Send the digests that are due."""

    help = "Mail waiting error reports: one digest a minute for each mailbox."

    def handle(self, *args: Any, **options: Any) -> None:
        if failed := mail.send_due():
            raise CommandError(
                f"{failed} could not be sent yet; the next run tries again."
            )

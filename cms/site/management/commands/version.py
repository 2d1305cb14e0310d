from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms import __version__


class Command(BaseCommand):
    """Print the version of the product. Needs neither a database nor settings.

    `manage.py` calls this class by itself, because Django answers the word ``version``
    with its own number before it looks for a command.
    """

    help = "Print the version of Kommun CMS: one line, the number and nothing else."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(__version__)

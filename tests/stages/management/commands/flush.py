"""What Django calls after a test that commits: everything as it was before."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush

from tests.stages import copies


class Command(flush.Command):
    """Copy the database again instead of emptying its tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        copies.of_this_process().restore()

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections, router

from cms.search import database, index
from cms.search.models import Entry


class Command(BaseCommand):
    """Make the index of search again from what is public."""

    help = (
        "Throw the index of search away and derive it from the publication log again. "
        "Nothing can be published until it is done."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[router.db_for_write(Entry)]
        with_trigrams = database.prepare_similarity(connection)
        pages = index.rebuild()
        self.stdout.write(f"{pages} pages can be found.")
        if connection.vendor == "postgresql" and not with_trigrams:
            self.stderr.write(
                "Misspelt words are not found: there is no extension pg_trgm."
            )

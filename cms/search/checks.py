"""Saying aloud what search lacks in this database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections, router

from cms.search import database
from cms.search.models import Entry


def check_similarity(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Warn when misspelt words cannot be found (``check --database default``)."""
    alias = router.db_for_write(Entry)
    connection = connections[alias]
    if alias not in (databases or ()) or connection.vendor != "postgresql":
        return []
    if Entry._meta.db_table not in connection.introspection.table_names():
        return []
    if database.knows_trigrams(connection):
        return []
    return [
        checks.Warning(
            "Search finds no misspelt words: the PostgreSQL extension pg_trgm is not "
            "there, or the database's character type is C.",
            hint="Create the extension (docs/search.md), then run rebuild_search.",
            id="cms_search.W001",
        )
    ]

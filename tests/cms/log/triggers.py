"""The log's triggers, switched off as only the owner of the table can."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from cms.log.models import Publication


@contextmanager
def trigger_off(trigger: str) -> Iterator[None]:
    """Let a trigger of the log rest for a while."""
    _switch("DISABLE", trigger)
    yield
    _switch("ENABLE", trigger)


def _switch(switch: str, trigger: str) -> None:
    with connection.cursor() as cursor:
        # PostgreSQL alters no table while checks of foreign keys are pending.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            f"ALTER TABLE {Publication._meta.db_table} {switch} TRIGGER {trigger}"
        )

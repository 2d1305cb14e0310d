"""The log's triggers, switched as only the owner of the table can."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from cms.log.models import Publication

_OPPOSITE = {"ENABLE": "DISABLE", "DISABLE": "ENABLE"}


@contextmanager
def trigger_switched(switch: str, trigger: str) -> Iterator[None]:
    """ENABLE or DISABLE a trigger for a while."""
    _switch(switch, trigger)
    yield
    _switch(_OPPOSITE[switch], trigger)


def _switch(switch: str, trigger: str) -> None:
    with connection.cursor() as cursor:
        # PostgreSQL alters no table while checks of foreign keys are pending.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            f"ALTER TABLE {Publication._meta.db_table} {switch} TRIGGER {trigger}"
        )

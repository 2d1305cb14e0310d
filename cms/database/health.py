"""What of the service is in order: named checks, each an answer of yes or no.

An app whose work can fall behind adds a check of its own when it is ready::

    health.register("webhooks", no_delivery_is_late)
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from time import monotonic

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from cms.database import deadlines
from cms.database.router import REPLICA, answers

Check = Callable[[], bool]

_log = logging.getLogger(__name__)
#: Seconds for one check and for all of them (P10).
_FOR_ONE = 0.2
_FOR_ALL = 0.4
#: How far a replica may be behind before somebody should look.
_LAG = "2 seconds"


def primary_answers() -> bool:
    """Say whether staff can work."""
    return _asks(DEFAULT_DB_ALIAS)


def replica_answers() -> bool:
    """Say whether public reads have a database of their own."""
    return _asks(REPLICA)


def replica_follows() -> bool:
    """Say whether the replica receives what is written, and shows it at once."""
    with connections[REPLICA].cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_wal_receiver)"
            " AND (pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn()"
            " OR pg_last_xact_replay_timestamp() > now() - %s::interval)",
            [_LAG],
        )
        return cursor.fetchone() == (True,)


def migrations_are_applied() -> bool:
    """Say whether the tables are those that this program was written for."""
    applied = MigrationRecorder(connections[DEFAULT_DB_ALIAS]).applied_migrations()
    return _newest_migrations() <= set(applied)


@cache
def _newest_migrations() -> frozenset[tuple[str, str]]:
    """Return each app's last migration, as the program has them; read once."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


_checks: dict[str, Check] = {
    "primary": primary_answers,
    "migrations": migrations_are_applied,
}
if REPLICA in settings.DATABASES:
    _checks |= {"replica": replica_answers, "replication": replica_follows}


def register(name: str, check: Check) -> None:
    """Add a check; it may raise a database error, which counts as no."""
    _checks[name] = check


def assess() -> dict[str, bool]:
    """Make every check, in half a second at most whatever is broken."""
    # Read from our own files the first time: no reason to call the database slow.
    _newest_migrations()
    with deadlines.within(_FOR_ALL):
        return {name: _passes(name, check) for name, check in _checks.items()}


def _passes(name: str, check: Check) -> bool:
    since = monotonic()
    try:
        with deadlines.within(_FOR_ONE):
            fine = check()
    except (Error, OSError) as error:
        _log.warning("%s: %s (%.2f s)", name, error, monotonic() - since)
        return False
    return fine


def _asks(alias: str) -> bool:
    if not answers(alias):
        return False
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)

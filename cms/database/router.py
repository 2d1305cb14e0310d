"""Which database a question goes to: the primary, or a replica for public reads.

Public reads are marked with :func:`reading_from_replica`. Everything else, and
whatever is written, goes to the primary: staff see what they did, and the log is
appended to in one place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections

from cms.database.reachability import breakers

REPLICA = "replica"

_reader: ContextVar[str | None] = ContextVar("reader", default=None)


@contextmanager
def reading_from_replica() -> Iterator[str]:
    """Read inside from the replica if there is one, and give the database's name.

    From the primary when the replica does not answer. It is asked here, once for all
    that is inside, so that an answer is not put together from two databases.
    """
    chosen = _reader.get() or _first_that_answers()
    token = _reader.set(chosen)
    try:
        yield chosen
    finally:
        _reader.reset(token)


def reader() -> str:
    """Return the name of the database that is read from now, for SQL of one's own."""
    return _reader.get() or DEFAULT_DB_ALIAS


def _first_that_answers() -> str:
    if REPLICA in settings.DATABASES and answers(REPLICA):
        return REPLICA
    # If neither does, the one whose error is told is the primary.
    drop_if_dead(DEFAULT_DB_ALIAS)
    return DEFAULT_DB_ALIAS


def answers(alias: str) -> bool:
    """Say whether a database can be asked now."""
    if breakers[alias].is_shut:
        return False
    try:
        drop_if_dead(alias)
        connections[alias].ensure_connection()
    except (OperationalError, InterfaceError):
        return False
    return True


def drop_if_dead(alias: str) -> None:
    """Close a connection whose other end is gone, so that the next question gets a new one.

    Django asks for a sign of life when a request begins; kept answers are renewed by
    threads that may not have begun one.
    """
    connection = connections[alias]
    if connection.connection is None or connection.in_atomic_block:
        return
    if connection.vendor == "postgresql" and not connection.is_usable():
        connection.close()


class PrimaryAndReplica:
    """Django's router over the two."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Read where the block says, whatever database an object came from."""
        return reader()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Write to the primary alone."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Let objects of both refer to each other: they are the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Make tables in the primary; the replica follows by itself."""
        return db != REPLICA

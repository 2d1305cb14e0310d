"""Django's PostgreSQL backend over connections that look at the clock.

Every operation of psycopg (a statement, a commit, a rollback) goes through the
connection's ``wait``; there the limit of :mod:`cms.database.deadlines` is enforced. A
connection whose answer did not come is closed: what it would say is no longer known.
"""

from __future__ import annotations

from collections.abc import Generator
from time import monotonic
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.utils.asyncio import async_unsafe
from psycopg import IsolationLevel

from cms.database import deadlines
from cms.database.reachability import breakers

#: Seconds in which a sound database says that it is there.
SIGN_OF_LIFE = 0.5
#: Seconds for which one is believed: for one answer, the question is put twice.
STILL_ALIVE = 0.05
NO_TIME = "There was no time left to ask."


class BoundedConnection(psycopg.Connection[Any]):
    """A connection on which nothing waits beyond the deadline."""

    def wait(
        self, gen: Any, interval: float = 0.1, timeout: float | None = None
    ) -> Any:
        """Wait for an operation, and give the connection up when the time is up."""
        left = deadlines.remaining()
        if left is None:
            return super().wait(gen, interval=interval, timeout=timeout)
        if left <= 0:
            raise psycopg.OperationalError(NO_TIME)
        since = monotonic()
        limit = left if timeout is None else min(left, timeout)
        try:
            return super().wait(gen, interval=interval, timeout=limit)
        except psycopg.OperationalError as error:
            if monotonic() - since < left:
                raise
            self.close()
            message = f"The database did not answer within {left:.1f} seconds."
            raise psycopg.OperationalError(message) from error
        finally:
            deadlines.waited(monotonic() - since)

    @classmethod
    def _connect_gen(cls, conninfo: str = "") -> Generator[Any, Any, Any]:
        """Connect within the deadline too.

        psycopg rounds ``connect_timeout`` up to two seconds, and the steps of
        connecting are no operation of a connection yet.
        """
        left = deadlines.remaining()
        steps = super()._connect_gen(conninfo)
        if left is None:
            return (yield from steps)
        until = monotonic() + left
        step = next(steps)
        while monotonic() < until:
            ready = yield step
            try:
                step = steps.send(ready)
            except StopIteration as stop:
                return stop.value
        raise psycopg.errors.ConnectionTimeout(
            f"No connection to the database within {left:.1f} seconds."
        )


class PreparedCursor(base.CursorMixin, psycopg.Cursor[Any]):
    """A cursor whose statements the server plans once for each connection."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, over bounded connections, remembering when nobody answered."""

    _alive_at = 0.0

    @async_unsafe
    def prepared_cursor(self) -> Any:
        """Return a cursor for SQL that is always the same (`cms.database.sql`).

        Planning such a statement costs several times what carrying it out does. Not to be
        used inside a transaction: the server does not notice when a temporary table of
        the same name is put in front of one that a plan is about.
        """
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor = PreparedCursor(self.connection)
        return self._prepare_cursor(cursor)  # type: ignore[attr-defined]

    @async_unsafe
    def ensure_connection(self) -> None:
        """Connect again after a connection was given up, unless inside a transaction.

        Not only between requests: some threads serve none.
        """
        lost = self.connection is not None and self.connection.closed
        if lost and not self.in_atomic_block:
            self.close()
        super().ensure_connection()

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> BoundedConnection:
        """Connect; refuse at once what was unreachable a moment ago."""
        self.isolation_level = IsolationLevel.READ_COMMITTED
        left = deadlines.remaining()
        if left is not None:
            self._refuse_at_once(left)
        breaker, since = breakers[self.alias], monotonic()
        try:
            connection = BoundedConnection.connect(**conn_params)
        except psycopg.OperationalError:
            # Too little time for a sign of life teaches nothing about the database.
            if left is None or left >= SIGN_OF_LIFE:
                breaker.was_silent()
            raise
        finally:
            deadlines.waited(monotonic() - since)
        breaker.answered()
        # Django's own cursors never prepare; with ours, it pays from the first time.
        connection.prepare_threshold = 0
        return connection

    def _refuse_at_once(self, left: float) -> None:
        if left <= 0:
            raise psycopg.OperationalError(NO_TIME)
        if not breakers[self.alias].may_ask():
            raise psycopg.OperationalError("The database did not answer just now.")

    def is_usable(self) -> bool:
        """Ask for a sign of life, unless there was one just now.

        A database that gives none is left alone a while.
        """
        if monotonic() - self._alive_at < STILL_ALIVE:
            return True
        if deadlines.remaining() is None:
            alive = super().is_usable()
        elif breakers[self.alias].is_shut:
            return False
        else:
            alive = self._answers_in_time()
        if alive:
            self._alive_at = monotonic()
        return alive

    def _answers_in_time(self) -> bool:
        since = monotonic()
        with deadlines.within(SIGN_OF_LIFE):
            alive = super().is_usable()
            if not alive and monotonic() - since >= SIGN_OF_LIFE:
                breakers[self.alias].was_silent()
        return alive

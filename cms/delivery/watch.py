"""Keeps a machine's board true: hears of publications made elsewhere.

One process of each machine listens to PostgreSQL (the log notifies as it appends) and
asks once a second in any case, which repairs whatever was missed. Where there is no
PostgreSQL, it only asks.
"""

from __future__ import annotations

import fcntl
import logging
import os
import threading
import time
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections

from cms.database import deadlines
from cms.delivery import version
from cms.delivery.board import Board, board
from cms.log.entries import CHANNEL

_log = logging.getLogger(__name__)
_INTERVAL = 1.0
# A replica is behind for a moment; a database that was put back stays behind.
_BELIEVE_OLDER_AFTER = 10.0


class Watcher(threading.Thread):
    """A thread that asks and listens for as long as the process lives."""

    def __init__(self) -> None:
        super().__init__(name="delivery-watcher", daemon=True)
        self._board: Board = board()
        self._older_since: float | None = None
        self._was_reachable = True

    def run(self) -> None:
        lock = os.open(self._board.folder / "watcher", os.O_RDWR | os.O_CREAT, 0o644)
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(_INTERVAL)  # another process of this machine watches
        while True:
            try:
                self.watch_once()
            except Exception:  # noqa: BLE001 - the thread must outlive any fault
                _log.exception("The watcher goes on after a fault.")
                time.sleep(_INTERVAL)

    def watch_once(self) -> None:
        """Ask the first database that answers, then listen for a second."""
        for alias in _aliases():
            try:
                with deadlines.within(_INTERVAL * 3):
                    self.compare(alias)
                self._tell(reachable=True)
                _listen(alias)
            except (DatabaseError, InterfaceError, OSError):
                _close(alias)
            else:
                return
        self._tell(reachable=False)
        time.sleep(_INTERVAL)

    def compare(self, alias: str) -> None:
        """Bring the board up to what one database shows.

        What the board said before the question decides: a publication that was
        announced here meanwhile is newer than the answer.
        """
        known = self._board.version()
        seen = version.latest(alias)
        now = time.time()
        self._board.confirm(now)
        if seen == known:
            self._older_since = None
            return
        if version.is_newer(seen, known) or version.is_same_row(seen, known):
            self._older_since = None
            self._board.replace(known, seen)
            return
        self._older_since = self._older_since or now
        if now - self._older_since > _BELIEVE_OLDER_AFTER:
            self._older_since = None
            self._board.replace(known, seen)

    def _tell(self, *, reachable: bool) -> None:
        if reachable != self._was_reachable:
            answer = "answers again" if reachable else "does not answer"
            _log.warning("The database %s.", answer)
        self._was_reachable = reachable


def _aliases() -> list[str]:
    """The primary first; a replica knows the log too, when the primary is gone."""
    return ["default", *(name for name in settings.DATABASES if name != "default")]


def _listen(alias: str) -> None:
    """Wait for a notification, for a second at most."""
    connection = connections[alias]
    if connection.vendor != "postgresql" or alias != "default":
        time.sleep(_INTERVAL)
        return
    with deadlines.within(_INTERVAL * 3):
        connection.ensure_connection()
        raw: Any = connection.connection
        if not getattr(raw, "is_listening", False):
            with connection.cursor() as cursor:
                cursor.execute(f'LISTEN "{CHANNEL}"')
            raw.is_listening = True
            return  # ask once more: something may have come in between
    with connection.wrap_database_errors:
        for _notification in raw.notifies(timeout=_INTERVAL, stop_after=1):
            return


def _close(alias: str) -> None:
    try:
        connections[alias].close()
    except (DatabaseError, InterfaceError, OSError):
        connections[alias].connection = None

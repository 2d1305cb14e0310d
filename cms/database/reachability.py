"""Which databases did not answer a moment ago, so that not every request asks anew.

One of these for each database and process. While it is shut, a request learns at once
that there is nothing to wait for; when the pause is over, one request asks again and
the others go on without.
"""

from __future__ import annotations

from collections import defaultdict
from threading import Lock
from time import monotonic

#: For how many seconds we take it that what did not answer still does not.
PAUSE = 1.0


class Breaker:
    """Remembers for a moment that a database did not answer."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shut_until: float | None = None

    @property
    def is_shut(self) -> bool:
        """Say whether there is nothing to wait for; asks nobody."""
        until = self._shut_until
        return until is not None and monotonic() < until

    def may_ask(self) -> bool:
        """Say whether this caller may ask the database now.

        After a pause one caller may; for the others it lasts until that one knows.
        """
        with self._lock:
            if self.is_shut:
                return False
            if self._shut_until is not None:
                self._shut_until = monotonic() + PAUSE
            return True

    def answered(self) -> None:
        """Remember that the database is there."""
        self._shut_until = None

    def was_silent(self) -> None:
        """Remember that it did not answer."""
        self._shut_until = monotonic() + PAUSE


#: By the name of the database in Django's settings.
breakers: defaultdict[str, Breaker] = defaultdict(Breaker)

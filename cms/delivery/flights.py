"""One renderer for each address at a time."""

from __future__ import annotations

import threading


class Flight:
    """A rendering that is under way, seen by one request."""

    def __init__(self, landed: threading.Event, *, is_mine: bool) -> None:
        self._landed = landed
        self.is_mine = is_mine

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, but no longer than this; all who wait go on at once."""
        self._landed.wait(seconds)

    def end(self) -> None:
        self._landed.set()


class Flights:
    """All renderings of this process, by key."""

    def __init__(self) -> None:
        self._under_way: dict[str, threading.Event] = {}

    def join(self, key: str) -> Flight:
        """Return the rendering of an address; the first who asks has to do it."""
        mine = threading.Event()
        event = self._under_way.setdefault(key, mine)  # atomic
        return Flight(event, is_mine=event is mine)

    def land(self, key: str, flight: Flight) -> None:
        """End a rendering and let go on who waits for it."""
        self._under_way.pop(key, None)
        flight.end()

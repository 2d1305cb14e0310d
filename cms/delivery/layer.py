"""The outermost layer: answers from kept bytes, and asks Django for the rest.

It is a cache keyed by the log. An answer is current while its version is the one on the
board and its day has not ended; otherwise one request renders it anew and the others
wait a moment for it. When it cannot be rendered, because the database is away, readers
get the last bytes there are, marked as such (RFC 9211), or a plain 503.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http.request import validate_host

from cms.database import deadlines
from cms.database.router import reading_from_replica
from cms.delivery import calendar, version
from cms.delivery.addresses import KEEP, key_of, were_used
from cms.delivery.board import board
from cms.delivery.entries import Headers, KeptAnswer, best_encoding
from cms.delivery.flights import Flight, Flights
from cms.delivery.store import Store
from cms.delivery.watch import Watcher
from cms.log import drawn

Environ = dict[str, Any]
Answer = tuple[str, Headers, Iterable[bytes]]
Application = Callable[[Environ, Any], Iterable[bytes]]

_log = logging.getLogger(__name__)
_READS = frozenset({"GET", "HEAD"})
# What a kept answer must not have depended on.
_NOT_FORWARDED = (
    "HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE",
)  # fmt: skip
_WAIT = 1.0
# So many may wait who could have the old bytes at once: other addresses need threads.
_MOST_WAITING = 4
_WAIT_FOR_A_SLOT = 0.5
_PAUSE_AFTER_FAILURE = 1.0
# For slow answers of the database, while somebody waits for one page.
_PATIENCE = 0.8
_MOST_HOSTS = 100


class _Unavailable(Exception):
    """Nothing can be made now: no database, or too many are waiting for it."""


class DeliveryLayer:
    """A WSGI application in front of another."""

    def __init__(
        self,
        application: Application,
        *,
        build: str,
        unavailable: Callable[[Environ], tuple[str, Headers, bytes]],
        watch: bool = True,
    ) -> None:
        """``unavailable`` answers for us when Django cannot; it may ask no database."""
        self._application = application
        self._unavailable = unavailable
        self._board = board()
        self._store = Store(
            self._board.folder,
            build,
            memory_bytes=settings.CMS_DELIVERY_MEMORY_MB * 1024 * 1024,
            file_bytes=settings.CMS_DELIVERY_FILES_MB * 1024 * 1024,
        )
        self._flights = Flights()
        # Some threads are always left for what needs no database.
        self._slots = threading.BoundedSemaphore(settings.CMS_DELIVERY_SLOTS)
        self._waiting = threading.BoundedSemaphore(_MOST_WAITING)
        self._hosts: set[str] = set()
        self._wants_tls = settings.SECURE_SSL_REDIRECT
        self._failed_at = 0.0
        self._starting = threading.Lock()
        self._is_watching = not watch

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if not self._is_watching:
            self._start_watching()
        if environ["PATH_INFO"] == "/livez":
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [b"ok\n"]
        key = self._key(environ)
        if key is None:
            return self._pass_on(environ, start_response)
        now = time.time()
        entry = self._store.in_memory(key)
        if entry is None or not entry.is_current(self._board.version(), now):
            answer = self._fetch(environ, key, now)
            if not isinstance(answer, KeptAnswer):
                status, headers, body = answer
                start_response(status, headers)
                return [] if environ["REQUEST_METHOD"] == "HEAD" else body
            entry = answer
        return self._send(entry, environ, start_response, now)

    def _key(self, environ: Environ) -> str | None:
        """Return the key of a request that may be answered with kept bytes."""
        if environ["REQUEST_METHOD"] not in _READS:
            return None
        if self._wants_tls and environ.get("HTTP_X_FORWARDED_PROTO") != "https":
            return None
        host = environ.get("HTTP_HOST", "")
        if host not in self._hosts and not self._admit(host):
            return None
        return key_of(environ)

    def _admit(self, host: str) -> bool:
        """Learn a host name that Django would accept; others are Django's to refuse."""
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if not validate_host(name.lower(), settings.ALLOWED_HOSTS):
            return False
        if len(self._hosts) < _MOST_HOSTS:
            self._hosts.add(host)
        return True

    def _send(
        self, entry: KeptAnswer, environ: Environ, start_response: Any, now: float
    ) -> Iterable[bytes]:
        entry.used = True
        stale = self._stale_headers(entry, now)
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and entry.is_known(known):
            start_response("304 Not Modified", entry.not_modified() + stale)
            return []
        wire = entry.wire(best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
        start_response(entry.status, wire.headers + stale if stale else wire.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [wire.body]

    def _stale_headers(self, entry: KeptAnswer, now: float) -> Headers:
        """Say so when the answer may be older than what was published last."""
        confirmed = self._board.confirmed_at()
        is_current = entry.is_current(self._board.version(), now)
        if is_current and now - confirmed < version.CONFIRMED_FOR:
            return []
        since = entry.rendered_at if not is_current else max(confirmed, 0)
        return [
            ("Cache-Status", "kommun-cms; hit; fwd=stale; detail=database"),
            ("Age", str(max(0, int(now - since)))),
        ]

    def _fetch(self, environ: Environ, key: str, now: float) -> KeptAnswer | Answer:
        """Return the current answer, or the best there is."""
        wanted = self._board.version()
        entry = self._store.get(key, wanted, now)
        if entry is not None and entry.is_current(wanted, now):
            return entry
        try:
            if now - self._failed_at < _PAUSE_AFTER_FAILURE:
                raise _Unavailable
            flight = self._flights.join(key)
            if flight.is_mine:
                try:
                    return self._renew(environ, key, now, entry)
                finally:
                    self._flights.land(key, flight)
            self._follow(flight, has_old_bytes=entry is not None)
            entry = self._store.get(key, wanted, now) or entry
            # Without any bytes: what the other one got cannot be kept, or is late.
            return entry or self._ask_django(environ)
        except _Unavailable:
            return entry or self._unavailable_answer(environ)

    def _follow(self, flight: Flight, *, has_old_bytes: bool) -> None:
        """Wait a moment for who renders; go on at once if too many wait already."""
        if not has_old_bytes:
            flight.wait(_WAIT)
        elif self._waiting.acquire(blocking=False):
            try:
                flight.wait(_WAIT)
            finally:
                self._waiting.release()

    def _renew(
        self, environ: Environ, key: str, now: float, found: KeptAnswer | None
    ) -> KeptAnswer | Answer:
        """Find that the old answer still stands, or have it made anew and kept."""
        old = self._store.in_memory(key) or found
        if old is not None and old.is_current(self._board.version(), now):
            return old  # another has landed since we looked
        try:
            with deadlines.patience(_PATIENCE), reading_from_replica():
                shown = version.known() or version.latest()
                if old is not None and _still_stands(old, shown, now):
                    old.version = shown
                    version.raise_to(shown)
                    return old
                return self._render(_as_anybody(environ), key, shown)
        except (DatabaseError, InterfaceError) as error:
            self._failed_at = time.time()
            raise _Unavailable from error

    def _render(self, environ: Environ, key: str, shown: bytes) -> KeptAnswer | Answer:
        """Have the answer made; keep it if it may be kept, and is no mixture of two.

        Asks again while something is published meanwhile, but not for ever.
        """
        for _attempt in range(3):
            before = shown
            with version.showing(before), drawn.recorded() as record:
                status, headers, body = answer = self._ask_django(environ)
            if status[:1] == "5":
                if status[:3] == "503":
                    self._failed_at = time.time()
                return self._store.in_memory(key) or answer
            if not (may_be_kept(status, headers, environ) and were_used(key, environ)):
                self._store.drop(key)
                return answer
            shown = version.latest()
            if shown == before:
                break
        now = time.time()
        entry = KeptAnswer(
            version=before,
            until=calendar.end_of_day(now),
            rendered_at=now,
            status=status,
            headers=headers,
            body=b"".join(body),
            drawn_on=frozenset(record.keys) if record.is_complete else None,
        )
        self._store.put(key, entry)
        version.raise_to(before)
        return entry

    def _ask_django(self, environ: Environ) -> Answer:
        """Return the whole of Django's answer; raises ``_Unavailable``."""
        if not self._slots.acquire(timeout=_WAIT_FOR_A_SLOT):
            raise _Unavailable
        try:
            return _collect(self._application, environ)
        finally:
            self._slots.release()

    def _pass_on(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Let Django answer by itself: staff, files, forms."""
        if not self._slots.acquire(timeout=_WAIT_FOR_A_SLOT):
            status, headers, body = self._unavailable_answer(environ)
            start_response(status, headers)
            return body
        try:
            return self._application(environ, start_response)
        finally:
            self._slots.release()

    def _unavailable_answer(self, environ: Environ) -> Answer:
        status, headers, body = self._unavailable(environ)
        return status, headers, [body]

    def _start_watching(self) -> None:
        """Begin when the first request comes: in the worker, not in who starts it."""
        with self._starting:
            if not self._is_watching:
                Watcher().start()
                self._is_watching = True


def _still_stands(old: KeptAnswer, shown: bytes, now: float) -> bool:
    """Say whether nothing that the answer draws on was published since."""
    if old.drawn_on is None or now >= old.until:
        return False
    changed = _changed(old.version, shown)
    return changed is not None and not changed & old.drawn_on


@lru_cache(maxsize=64)
def _changed(before: bytes, now: bytes) -> frozenset[UUID] | None:
    """Ask the log once for all answers of a version: it does not change."""
    return version.changed(before, now)


def may_be_kept(status: str, headers: Headers, environ: Environ) -> bool:
    """Say whether an answer is the same for everybody."""
    given = {name.lower(): value for name, value in headers}
    vary = {each.strip().lower() for each in given.get("vary", "").split(",")}
    return (
        status.startswith("200")
        and "set-cookie" not in given
        and vary <= {"", "accept-encoding"}
        and ("public" in given.get("cache-control", "") or KEEP in environ)
    )


def _as_anybody(environ: Environ) -> Environ:
    """Return the request without what tells one reader from another."""
    plain = {name: v for name, v in environ.items() if name not in _NOT_FORWARDED}
    plain["REQUEST_METHOD"] = "GET"
    return plain


def _collect(application: Application, environ: Environ) -> Answer:
    started: list[Any] = []

    def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
        started[:] = [status, list(headers)]

    body = application(environ, start_response)
    try:
        whole = b"".join(body)
    finally:
        close = getattr(body, "close", None)
        if close:
            close()
    return started[0], started[1], [whole]

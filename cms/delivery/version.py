"""Which state of the site an answer shows.

A version is 24 bytes: the number of the newest row of the log, the beginning of its
hash, and the epoch. The hash tells a database that was put back from a backup, and has
grown anew, from the one that was there before.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import NamedTuple
from uuid import UUID

from django.db import connections, transaction
from django.db.models import F

from cms.database.router import REPLICA, reader
from cms.database.sql import Statement
from cms.delivery.board import board
from cms.delivery.models import Epoch
from cms.log.effects import changed_between
from cms.log.entries import CHANNEL
from cms.log.models import Publication

_FORMAT = struct.Struct("<Q8sQ")
NOTHING = _FORMAT.pack(0, b"", 0)
#: Seconds for which a machine believes what a database said (it asks each second).
CONFIRMED_FOR = 3.0


class _Newest(NamedTuple):
    id: int
    row_hash: str
    epoch: int | None


_LATEST = Statement(
    _Newest,
    f"SELECT id, row_hash, (SELECT number FROM {Epoch._meta.db_table})"  # noqa: S608
    f" FROM {Publication._meta.db_table} ORDER BY id DESC LIMIT 1",
)
_shown: ContextVar[bytes | None] = ContextVar("shown", default=None)


def pack(number: int, row_hash: str, epoch: int) -> bytes:
    """Return the version of a log that ends with this row."""
    return _FORMAT.pack(number, bytes.fromhex(row_hash[:16]), epoch)


def latest(using: str | None = None) -> bytes:
    """Ask a database which version it shows: by itself the one that is read from now.

    Asked for each answer that is made, hence in plain SQL.
    """
    found = _LATEST.ask(using)
    return (
        pack(found[0].id, found[0].row_hash, found[0].epoch or 0) if found else NOTHING
    )


def changed(before: bytes, now: bytes) -> frozenset[UUID] | None:
    """Return the keys that were published anew between two versions.

    None: anything may be different, for instance because the database is another.
    """
    number, row_hash, epoch = _FORMAT.unpack(before)
    until, _hash, other_epoch = _FORMAT.unpack(now)
    if epoch != other_epoch or number > until:
        return None
    rows = Publication.objects.filter(pk=number).values_list("row_hash", flat=True)
    if pack(number, rows.first() or "", epoch) != before:
        return None
    return changed_between(number, until)


@contextmanager
def showing(version: bytes) -> Iterator[None]:
    """Say which version is shown by what is made inside."""
    token = _shown.set(version)
    try:
        yield
    finally:
        _shown.reset(token)


def shown() -> bytes | None:
    """Return the version that is being shown; None when nobody has asked for it."""
    return _shown.get()


def known() -> bytes | None:
    """Return the version that whoever asks now is shown; None when nobody can tell.

    It is what the board says, while a database has confirmed it just now: the primary
    shows that version or a newer one. A replica may be behind. Inside a transaction it may
    be another: there somebody changes what readers see, or looks at what they once saw.
    """
    if shown() is not None:
        return shown()
    if reader() == REPLICA or connections[reader()].in_atomic_block:
        return None
    shared = board()
    is_confirmed = time.time() - shared.confirmed_at() < CONFIRMED_FOR
    return shared.version() if is_confirmed else None


def is_newer(version: bytes, than: bytes) -> bool:
    """Say whether one version of the same log comes after another."""
    number, _hash, epoch = _FORMAT.unpack(version)
    other, _other_hash, other_epoch = _FORMAT.unpack(than)
    return (number, epoch) > (other, other_epoch)


def is_same_row(version: bytes, other: bytes) -> bool:
    """Say whether two versions name the same number, whatever its hash."""
    return _FORMAT.unpack(version)[0] == _FORMAT.unpack(other)[0]


def announce_row(number: int, row_hash: str) -> None:
    """Tell this machine of a new row, once it is committed.

    Other machines are told by PostgreSQL: the log notifies them as it appends.
    """
    transaction.on_commit(partial(_raise_to_row, number, row_hash), robust=True)


def announce_change() -> None:
    """Say that something outside the log changed what readers see."""
    with transaction.atomic():
        changed = Epoch.objects.filter(pk=1).update(number=F("number") + 1)
        if not changed:
            Epoch.objects.create(pk=1, number=1)
        connection = connections["default"]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
        transaction.on_commit(_raise_to_latest, robust=True)


def _raise_to_row(number: int, row_hash: str) -> None:
    shared = board()
    epoch = _FORMAT.unpack(shared.version())[2]
    raise_to(pack(number, row_hash, epoch))


def _raise_to_latest() -> None:
    raise_to(latest())


def raise_to(version: bytes) -> None:
    """Write a version on the board unless it knows a newer one."""
    shared = board()
    known = shared.version()
    while is_newer(version, known) and not shared.replace(known, version):
        known = shared.version()

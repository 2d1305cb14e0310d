"""What all processes of one machine know of the log, in a small shared file.

Reading it costs a copy of a few bytes from memory: no lock, no system call. Writing
takes a file lock. It tells nothing that the database does not: a lost or broken board is
written again within a second (`cms.delivery.watch`).
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings

_VERSION = slice(0, 24)
_CONFIRMED = struct.Struct("<d")
_CONFIRMED_AT = 24
_SIZE = 64


class Board:
    """The shared file, mapped into memory."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._file = os.open(folder / "board", os.O_RDWR | os.O_CREAT, 0o644)
        with self._locked():
            if os.fstat(self._file).st_size < _SIZE:
                os.ftruncate(self._file, _SIZE)
        self._memory = mmap.mmap(self._file, _SIZE)

    def version(self) -> bytes:
        """Return the newest version that this machine has heard of."""
        return self._memory[_VERSION]

    def confirmed_at(self) -> float:
        """Return when a database last said what the newest version is (epoch seconds)."""
        return float(_CONFIRMED.unpack_from(self._memory, _CONFIRMED_AT)[0])

    def confirm(self, now: float) -> None:
        """Note that a database has been asked and has answered."""
        _CONFIRMED.pack_into(self._memory, _CONFIRMED_AT, now)

    def replace(self, known: bytes, version: bytes) -> bool:
        """Write a version if the board still says ``known``; tell whether it did."""
        with self._locked():
            if self.version() != known:
                return False
            self._memory[_VERSION] = version
            return True

    @contextmanager
    def _locked(self) -> Iterator[None]:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)


def board() -> Board:
    """Return the board of this machine and this database."""
    database = settings.DATABASES["default"]
    facts = [str(database.get(name, "")) for name in ("HOST", "PORT", "NAME")]
    name = hashlib.sha256("\n".join(facts).encode()).hexdigest()[:12]
    return _board(Path(settings.CMS_DELIVERY_ROOT) / name, os.getpid())


@cache
def _board(folder: Path, process: int) -> Board:
    """Each process opens the file for itself: a lock belongs to the open file."""
    return Board(folder)

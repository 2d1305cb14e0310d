"""Where answers are kept: the busiest in memory, many more in files of this machine.

Both are bounded. The files are shared by all processes, and outlive them: a machine that
starts while its database is gone still has yesterday's answers.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import threading
import time
from contextlib import suppress
from pathlib import Path

from cms.delivery.addresses import is_certain
from cms.delivery.entries import KeptAnswer

_log = logging.getLogger(__name__)
_ABANDONED_AFTER = 24 * 60 * 60
_TIDY_EVERY = 500
#: The part of the room that is for answers which anybody can ask for more of.
UNCERTAIN = 4
_CERTAIN, _UNCERTAIN = "site", "asked"


class Store:
    """Entries by key. Reading takes no lock; the newest of two writers wins."""

    def __init__(
        self, folder: Path, build: str, *, memory_bytes: int, file_bytes: int
    ) -> None:
        self._memory: dict[str, KeptAnswer] = {}
        self._memory_limit = memory_bytes
        self._memory_used = 0
        self._folder = folder / f"build-{build}"
        self._file_limit = file_bytes
        self._written = 0
        self._lock = threading.Lock()
        self._complained = False
        self._remove_old_builds(folder)

    def in_memory(self, key: str) -> KeptAnswer | None:
        """Return what this process has at hand, of whatever version."""
        return self._memory.get(key)

    def get(self, key: str, version: bytes, now: float) -> KeptAnswer | None:
        """Return an entry, the current one if this machine has it, else any."""
        mine = self._memory.get(key)
        if mine is not None and mine.is_current(version, now):
            return mine
        stored = self._read(key)
        if stored is None or (mine and mine.rendered_at >= stored.rendered_at):
            return mine
        self._remember(key, stored)
        with suppress(OSError):
            os.utime(self._path(key))
        return stored

    def put(self, key: str, entry: KeptAnswer) -> None:
        """Keep an entry for this process and for the others.

        What anybody can ask for is at hand only from the second time on.
        """
        if is_certain(key):
            self._remember(key, entry)
        self._write(key, entry)

    def drop(self, key: str) -> None:
        """Forget an address that has nothing to show any more."""
        with self._lock:
            gone = self._memory.pop(key, None)
            if gone:
                self._memory_used -= gone.size
        self._path(key).unlink(missing_ok=True)

    def _remember(self, key: str, entry: KeptAnswer) -> None:
        """Make room as a clock does: what was used since the last round stays."""
        with self._lock:
            before = self._memory.pop(key, None)
            self._memory_used += entry.size - (before.size if before else 0)
            self._memory[key] = entry
            while self._memory_used > self._memory_limit and len(self._memory) > 1:
                oldest = next(iter(self._memory))
                candidate = self._memory.pop(oldest)
                if candidate.used:
                    candidate.used = False
                    self._memory[oldest] = candidate
                else:
                    self._memory_used -= candidate.size

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:40]
        room = _CERTAIN if is_certain(key) else _UNCERTAIN
        return self._folder / room / name[:1] / name[1:]

    def _read(self, key: str) -> KeptAnswer | None:
        try:
            return KeptAnswer.from_bytes(self._path(key).read_bytes(), key)
        except OSError:
            return None

    def _write(self, key: str, entry: KeptAnswer) -> None:
        """Write beside and rename: a reader sees the old file or the new one, whole."""
        path = self._path(key)
        beside = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
        try:
            try:
                beside.write_bytes(entry.to_bytes(key))
            except FileNotFoundError:
                path.parent.mkdir(parents=True, exist_ok=True)
                beside.write_bytes(entry.to_bytes(key))
            beside.rename(path)
        except OSError as error:
            # A full disk costs warmth, not answers.
            beside.unlink(missing_ok=True)
            if not self._complained:
                _log.warning("Answers cannot be kept in files: %s", error)
            self._complained = True
            return
        self._written += 1
        if self._written % _TIDY_EVERY == 0:
            self.tidy()

    def tidy(self) -> None:
        """Remove the files that were used longest ago when there are too many.

        What anybody can ask for may have a part of the room, and cannot crowd out what
        the site consists of.
        """
        self._say_what_is_used()
        for folder, limit in self._rooms():
            found = [
                (facts.st_mtime, facts.st_size, path)
                for path in folder.glob("*/*")
                if (facts := _facts(path))
            ]
            total = sum(size for _used, size, _path in found)
            for _used, size, path in sorted(found):
                if total <= limit:
                    break
                path.unlink(missing_ok=True)
                total -= size

    def _rooms(self) -> list[tuple[Path, int]]:
        uncertain = self._file_limit // UNCERTAIN
        return [
            (self._folder / _CERTAIN, self._file_limit - uncertain),
            (self._folder / _UNCERTAIN, uncertain),
        ]

    def _say_what_is_used(self) -> None:
        """A file is as old as its last use: that of an answer at hand may be long ago."""
        for key, entry in list(self._memory.items()):
            if entry.used:
                with suppress(OSError):
                    os.utime(self._path(key))

    def _remove_old_builds(self, folder: Path) -> None:
        for other in folder.glob("build-*"):
            abandoned = time.time() - other.stat().st_mtime > _ABANDONED_AFTER
            if other != self._folder and abandoned:
                shutil.rmtree(other, ignore_errors=True)


def _facts(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None

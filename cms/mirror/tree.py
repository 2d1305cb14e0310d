"""A folder of files, made beside the old one and sharing what did not change."""

from __future__ import annotations

import gzip
import os
import shutil
from contextlib import suppress
from pathlib import Path

import brotli

#: Kinds of files that are worth compressing.
TEXTS = frozenset(
    {".atom", ".css", ".csv", ".geojson", ".html", ".js", ".json", ".map", ".svg",
     ".txt", ".xml"}
)  # fmt: skip
KEPT_TREES = 3


class Tree:
    """A new folder. What is the same in the old one becomes a hard link to it.

    Nothing in the old folder is ever opened for writing, so whoever reads it is not
    disturbed, and a run that dies half-way leaves it whole.
    """

    def __init__(self, folder: Path, old: Path | None) -> None:
        self.folder = folder
        self._old = old
        self.written: list[str] = []
        self.kept = 0

    def write(self, name: str, body: bytes) -> None:
        """Write a file with its compressed copies, unless the old one is the same."""
        old = self._old / name if self._old else None
        if old and old.is_file() and old.read_bytes() == body:
            self.keep(name)
            return
        target = self._place(name)
        target.write_bytes(body)
        if target.suffix in TEXTS:
            _beside(target, ".gz").write_bytes(gzip.compress(body, 9, mtime=0))
            _beside(target, ".br").write_bytes(
                brotli.compress(body, quality=6, lgwin=18)
            )
        self.written.append(name)

    def keep(self, name: str) -> None:
        """Take a file over from the old folder, with its compressed copies."""
        if self._old is None:
            raise RuntimeError("There is no old folder to keep a file of.")
        old, new = self._old / name, self._place(name)
        os.link(old, new)
        for ending in (".gz", ".br"):
            with suppress(FileNotFoundError):
                os.link(_beside(old, ending), _beside(new, ending))
        self.kept += 1

    def copy(self, name: str, source: Path) -> None:
        """Take over a file from elsewhere on this machine, as it is."""
        target = self._place(name)
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)

    def _place(self, name: str) -> Path:
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return target


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def switch(root: Path, new: Path) -> None:
    """Make a finished folder the current one, in one step, and remove old ones."""
    link = root / ".current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(new.relative_to(root))
    link.replace(root / "current")
    trees = sorted((root / "trees").iterdir(), key=lambda each: each.stat().st_mtime)
    for tree in trees[:-KEPT_TREES]:
        if tree != new:
            shutil.rmtree(tree)

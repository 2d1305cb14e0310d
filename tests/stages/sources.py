"""What a stage is made of, as a short name: when it differs, the stage is made again."""

from __future__ import annotations

import hashlib
import inspect
import os
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from tests.stages.stage import MIGRATED, Stage
from tools.imports import ROOT, imported

_TESTS = ROOT / "tests"
_NOT_THE_PRODUCT = {"tests", "tools", "docs", "bench", "var"}


def settings_file() -> Path:
    """The settings of the run; an app of the tests has its own, in its folder."""
    module = os.environ["DJANGO_SETTINGS_MODULE"]
    return ROOT.joinpath(*module.split(".")).with_suffix(".py")


def key_of_migrations(release: str) -> str:
    """Names what the migrations lead to on a PostgreSQL of this release.

    It covers the migrations and what they import, the settings, and the releases of
    what others wrote.
    """
    migrations = {path for path in _product() if path.parent.name == "migrations"}
    return _key(
        [release],
        *migrations,
        *(file for path in migrations for file in imported(path)),
        *(ROOT / "cms" / "settings").rglob("*.py"),
        *settings_file().parent.rglob("*.py"),
        *(_TESTS / "stages").glob("*.py"),
        _TESTS / "postgres.py",
        ROOT / "installed.py",
        ROOT / "requirements.txt",
    )


def key_of(stage: Stage) -> str:
    """Names what a stage is, after the migrations: the product and who built it.

    A stage is not used on another day than it was made: what it says of today, or of
    the last hours, would no longer be so.
    """
    if stage == MIGRATED:
        return ""
    assert stage.on is not None
    assert stage.build is not None
    source = inspect.getsourcefile(stage.build)
    assert source is not None
    facts = [stage.name, key_of(stage.on), date.today().isoformat(), _key_of_product()]  # noqa: DTZ011
    return _key(facts, *_behind(Path(source)))


def keys(folder: Path) -> dict[str, str]:
    """What the stages were made of whose files are in this folder."""
    return {file.stem: file.read_text() for file in folder.glob("*.key")}


@cache
def _key_of_product() -> str:
    return _key([], *_product())


@cache
def _product() -> list[Path]:
    """Every file of the product: code, templates, words."""
    folders = [path for path in ROOT.iterdir() if path.is_dir()]
    return [
        path
        for folder in folders
        if not folder.name.startswith(".") and folder.name not in _NOT_THE_PRODUCT
        for path in folder.rglob("*.*")
        if path.is_file() and path.suffix != ".pyc"
    ]


def _behind(file: Path) -> set[Path]:
    """A file of the tests, and those that it imports, directly or not."""
    found, waiting = set(), [file]
    while waiting:
        each = waiting.pop()
        if each not in found and each.is_relative_to(_TESTS):
            found.add(each)
            waiting += imported(each)
    return found


def _key(facts: Iterable[str], *files: Path) -> str:
    made_of = hashlib.sha256("\0".join(facts).encode())
    for path in sorted(set(files)):
        made_of.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return made_of.hexdigest()[:16]

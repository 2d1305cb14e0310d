"""Databases for tests: one template for each stage, and copies for each process.

PostgreSQL copies a database faster than anybody can fill one. A stage is built where
it is first asked for; whoever asks meanwhile waits. A test that commits uses a copy up,
and the next one finds a new copy.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from psycopg.sql import SQL, Identifier

from tests.stages.remembering import recall, remember
from tests.stages.sources import key_of
from tests.stages.stage import FOLDER, MIGRATED, Stage

# No two copies give out the same number: a process may keep things by number.
_NUMBERS_APART = 10_000
_DROP = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
_FORWARD = (
    "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass,"
    " coalesce(last_value, 0) + %s) FROM pg_sequences WHERE schemaname = 'public'"
)


@cache
def of_this_process() -> Copies:
    """The databases of this worker, or of the run if it has no workers."""
    return Copies(os.environ.get("PYTEST_XDIST_WORKER", "main"))


@dataclass(frozen=True)
class Copy:
    """A database of this process, in a state that tests start from."""

    name: str
    stage: Stage
    shelf: Path

    @property
    def media(self) -> Path:
        """Where its files are."""
        return self.shelf / self.name

    def recall(self, stage: str) -> Any:
        """What was returned where the stage was built, as the database has it now."""
        return recall((self.shelf / f"{stage}.remembered").read_bytes())


class Copies:
    """Databases that only this process uses, made when they are asked for.

    Templates are called ``stage_…``, copies ``copy_…``. What else is known of a stage is
    in files named after it: what it was made of, what was returned where it was built,
    and the folder of its media.
    """

    def __init__(self, process: str) -> None:
        self._process = process
        self._base = connection.settings_dict["NAME"]
        self._shelf = Path(os.environ[FOLDER])
        self._made: dict[Stage, Copy] = {}
        self._used: Copy | None = None
        self._numbers = count(1)

    def use(self, stage: Stage) -> Copy:
        """Lead Django to the copy of a stage; it is as the last test left it."""
        if stage in self._made:
            self._used = self._made[stage]
            self._lead_back()
            return self._used
        with _server() as server:
            self._need(server, stage)
        name = f"copy_{self._base}_{self._process}_{stage.name}"
        self._made[stage] = self._used = Copy(name, stage, self._shelf)
        self.restore()
        return self._used

    def restore(self) -> None:
        """Make the copy in use again, with its files; nothing is left of before."""
        assert self._used is not None, "no module has asked for a database"
        stage = self._used.stage
        _copy_files(self._shelf / stage.name, self._used.media)
        self._lead_back()
        with _server() as server:
            _copy(server, self._template(stage), self._used.name)
        with connection.cursor() as cursor:
            cursor.execute(_FORWARD, [_NUMBERS_APART * next(self._numbers)])

    def make_first_stage(self) -> None:
        """Migrate a new database. What an earlier run may have left goes first."""
        self.clear_away(stages=True)
        name = self._template(MIGRATED)
        with _server() as server:
            server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        _lead_to(name)
        call_command("migrate", verbosity=0)
        connection.close()
        (self._shelf / MIGRATED.name).mkdir()
        (self._shelf / f"{MIGRATED.name}.key").write_text(key_of(MIGRATED))

    def clear_away(self, *, stages: bool) -> None:
        """Remove the copies, and the stages if nobody keeps them."""
        kinds = ["copy", "stage"] if stages else ["copy"]
        with _server() as server:
            found = server.execute("SELECT datname FROM pg_database").fetchall()
            for (name,) in found:
                if name.startswith(tuple(f"{kind}_{self._base}_" for kind in kinds)):
                    server.execute(_DROP.format(Identifier(name)))
        for folder in self._shelf.glob(f"copy_{self._base}_*"):
            shutil.rmtree(folder)

    def _lead_back(self) -> None:
        if self._used:
            _lead_to(self._used.name, self._used.media)
        else:
            _lead_to(self._base)

    def _template(self, stage: Stage) -> str:
        return f"stage_{self._base}_{stage.name}"

    def _need(self, server: psycopg.Connection[Any], stage: Stage) -> None:
        """Build a stage, and what it is built on, unless somebody has."""
        if stage.on is None:
            return
        self._need(server, stage.on)
        name = self._template(stage)
        with _alone(server, name):
            key, made_of = key_of(stage), self._shelf / f"{stage.name}.key"
            if made_of.exists() and made_of.read_text() == key:
                return
            _copy(server, self._template(stage.on), name)
            self._build(stage, name)
            made_of.write_text(key)

    def _build(self, stage: Stage, name: str) -> None:
        assert stage.on is not None
        assert stage.build is not None
        media = self._shelf / stage.name
        _copy_files(self._shelf / stage.on.name, media)
        _lead_to(name, media)
        try:
            with translation.override(settings.LANGUAGE_CODE):
                found = Copy(name, stage, self._shelf)
                given = [] if stage.on == MIGRATED else [found.recall(stage.on.name)]
                result = stage.build(*given)
        finally:
            self._lead_back()
        (self._shelf / f"{stage.name}.remembered").write_bytes(remember(result))


def _lead_to(name: str, media: Path | None = None) -> None:
    """Let every connection of Django's, in every thread, be to this database.

    MEDIA_ROOT is a link that leads to its files: addresses remember the setting.
    """
    connection.close()
    connection.settings_dict["NAME"] = name
    if media:
        link = Path(settings.MEDIA_ROOT)
        new = link.with_name("new")
        new.symlink_to(media)
        new.replace(link)


@contextmanager
def _server() -> Iterator[psycopg.Connection[Any]]:
    """A connection in which databases can be made."""
    facts = connection.settings_dict
    found = psycopg.connect(
        host=facts["HOST"],
        port=facts["PORT"] or None,
        user=facts["USER"] or None,
        password=facts["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )
    with found:
        yield found


@contextmanager
def _alone(server: psycopg.Connection[Any], name: str) -> Iterator[None]:
    """Let one process at a time do what has this name."""
    server.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
    try:
        yield
    finally:
        server.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def _copy(server: psycopg.Connection[Any], template: str, name: str) -> None:
    server.execute(_DROP.format(Identifier(name)))
    # Before 15 there was only this way.
    strategy = " STRATEGY file_copy" if server.info.server_version >= 150_000 else ""
    server.execute(
        SQL("CREATE DATABASE {} TEMPLATE {}" + strategy).format(
            Identifier(name), Identifier(template)
        )
    )


def _copy_files(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)

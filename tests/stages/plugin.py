"""What pytest must know: a PostgreSQL for the run, and a database for each module."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django
import pytest

from tests.postgres import Server, Store, start_server
from tests.stages import sources
from tests.stages.stage import FOLDER, MIGRATED, Stage, stage_for

if TYPE_CHECKING:
    from tests.stages.copies import Copy

# What later runs may begin with; in a folder for each settings.
_STORES = sources.ROOT / "var" / "test"
_SERVER = pytest.StashKey[Server]()
_IN_STORE = pytest.StashKey[dict[str, str]]()
_NEEDS = pytest.StashKey[dict[str, "Needs"]]()


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, in the process that starts the others.

    Settings are named here and not in pyproject.toml because they need to know the
    database: pytest-django would read them before this file. TEST_SETTINGS names others.
    """
    named = os.environ.get("TEST_SETTINGS", "cms.settings.test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", named)
    if hasattr(config, "workerinput"):
        return
    store = Store(_STORES / named, sources.key_of_migrations)
    server = start_server(os.environ, store)
    config.stash[_SERVER] = server
    config.stash[_IN_STORE] = sources.keys(server.files)
    os.environ |= {"DATABASE_URL": server.url, FOLDER: str(server.files)}
    django.setup()
    if not config.stash[_IN_STORE]:
        print("Making the database of the tests.", file=sys.stderr)  # noqa: T201
        subprocess.run([sys.executable, "-m", "tests.stages.migrated"], check=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the PostgreSQL that this run started, or what it made on another."""
    server = config.stash.get(_SERVER, None)
    if server is None:
        return
    from tests.stages import copies  # noqa: PLC0415

    if server.keep is None:
        copies.of_this_process().clear_away(stages=True)
        server.stop()
    elif sources.keys(server.files) != config.stash[_IN_STORE]:
        copies.of_this_process().clear_away(stages=False)
        server.keep()
    else:
        server.stop()


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say which PostgreSQL it is."""
    server = config.stash.get(_SERVER, None)
    return f"database: {server.description}" if server else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests that take long come first, so that no worker ends with them."""
    items.sort(key=lambda item: (_is_first(item), _commits(item)), reverse=True)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Find out which database each module needs, by what its tests ask for."""
    modules: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in session.items:
        module = item.getparent(pytest.Module)
        if module is not None:
            modules[module.nodeid].append(item)
    session.config.stash[_NEEDS] = {
        name: Needs.of(items) for name, items in modules.items()
    }


@dataclass(frozen=True)
class Needs:
    """What the tests of a module need of the database.

    ``stage`` is None where no test asks for a database. Where tests commit, each of
    them finds the stage as it was.
    """

    stage: Stage | None
    commits: bool

    @classmethod
    def of(cls, items: list[pytest.Item]) -> Needs:
        names = {name for item in items for name in _fixtures(item)}
        stage = stage_for(names)
        if stage == MIGRATED and "db" not in names and not any(map(_marker, items)):
            return cls(None, commits=False)
        return cls(stage, any(map(_commits, items)))


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def _marker(item: pytest.Item) -> pytest.Mark | None:
    return item.get_closest_marker("django_db")


def _is_first(item: pytest.Item) -> bool:
    return item.get_closest_marker("first") is not None


def _commits(item: pytest.Item) -> bool:
    if {"transactional_db", "live_server"} & set(_fixtures(item)):
        return True
    marker = _marker(item)
    return marker is not None and bool(marker.kwargs.get("transaction"))


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Nothing: each module finds its database, see ``database_of_the_module``."""


@pytest.fixture(scope="module", autouse=True)
def database_of_the_module(
    request: pytest.FixtureRequest, media_folder: None, django_db_blocker: Any
) -> Iterator[Copy | None]:
    """The database that the tests of the module need, with its files.

    What fixtures of the module write into it goes when the module is done. Where tests
    commit, fixtures of the module must not write.
    """
    needs = request.config.stash[_NEEDS][request.node.nodeid]
    if needs.stage is None:
        yield None
        return
    from django.db import transaction  # noqa: PLC0415

    from tests.stages import copies  # noqa: PLC0415

    with django_db_blocker.unblock():
        copy = copies.of_this_process().use(needs.stage)
    if needs.commits or needs.stage == MIGRATED:
        yield copy
        return
    with django_db_blocker.unblock(), transaction.atomic():
        yield copy
        transaction.set_rollback(True)

"""What every test may rely on: a PostgreSQL, a clean state, no network."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from typing import Any

import django
import pytest

from tests.postgres import Server, start_server

pytest_plugins = ["tests.browser"]

_SERVER = pytest.StashKey[Server]()
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1", "", None})


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, in the process that starts the others.

    Settings are named here and not in pyproject.toml because they need to know the
    database: pytest-django would read them before this file.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    if hasattr(config, "workerinput"):
        return
    server = start_server(os.environ)
    config.stash[_SERVER] = server
    os.environ["DATABASE_URL"] = server.url
    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the PostgreSQL that this run started."""
    server = config.stash.get(_SERVER, None)
    if server:
        server.stop()


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say which PostgreSQL it is."""
    server = config.stash.get(_SERVER, None)
    return f"database: {server.description}" if server else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each transactional test the database as it was after the migrations.

    Such a test empties all tables when it ends, the root page and the locales too.
    """
    for item in items:
        if _is_transactional(item):
            item.add_marker(
                pytest.mark.django_db(transaction=True, serialized_rollback=True),
                append=False,
            )


def _is_transactional(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    if names & {"transactional_db", "live_server", "django_db_reset_sequences"}:
        return True
    marker = item.get_closest_marker("django_db")
    return marker is not None and bool(marker.kwargs.get("transaction"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let tests empty the log: its own guard against TRUNCATE is switched off."""
    from django.db import connection, connections  # noqa: PLC0415

    contents = getattr(connection, "_test_serialized_contents", None)
    if contents is not None:
        # Playwright runs an event loop in this thread, and in it Django gives out
        # another connection object, which would not know what to restore.
        wrapper: Any = type(connections["default"])
        wrapper._test_serialized_contents = contents
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = 'log_no_truncate'")
        if cursor.fetchone():
            cursor.execute(
                "ALTER TABLE log_publication DISABLE TRIGGER log_no_truncate"
            )


@pytest.fixture(scope="session", autouse=True)
def media_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Uploaded files go to a folder of this run."""
    from django.test import override_settings  # noqa: PLC0415

    with override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        CMS_DELIVERY_ROOT=tmp_path_factory.mktemp("delivery"),
    ):
        yield


@pytest.fixture(autouse=True)
def fresh_state() -> Iterator[None]:
    """Every test starts in Swedish and with empty caches, and leaves it so."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.cache import cache  # noqa: PLC0415
    from django.utils import translation  # noqa: PLC0415

    cache.clear()
    with translation.override(settings.LANGUAGE_CODE):
        yield
    cache.clear()


@pytest.fixture(autouse=True)
def _extension(request: pytest.FixtureRequest) -> None:
    marker = request.node.get_closest_marker("extension")
    if marker is None:
        return
    request.getfixturevalue("db")
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_available_extensions WHERE name = %s", [marker.args[0]]
        )
        if not cursor.fetchone():
            pytest.skip(f"this PostgreSQL has no extension {marker.args[0]}")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """A test that calls the world is refused, by name and by address."""
    patch = pytest.MonkeyPatch()
    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def guarded_look_up(host: Any, *rest: Any, **options: Any) -> Any:
        _refuse_beyond_loopback(host)
        return look_up(host, *rest, **options)

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            _refuse_beyond_loopback(address[0])
        connect(self, address)

    patch.setattr(socket, "getaddrinfo", guarded_look_up)
    patch.setattr(socket.socket, "connect", guarded_connect)
    yield
    patch.undo()


def _refuse_beyond_loopback(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in _LOOPBACK_NAMES or str(name).startswith("127."):
        return
    raise PermissionError(f"A test tried to reach {name}; tests stay on this machine.")

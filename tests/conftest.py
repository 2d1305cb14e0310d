"""What every test may rely on: a PostgreSQL, a clean state, no network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

pytest_plugins = ["tests.browser", "tests.stages.plugin"]

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1", "", None})


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Try a single file without workers: they take seconds to start."""
    named = config.getoption("file_or_dir")
    return 0 if len(named) == 1 and ".py" in named[0] else None


@pytest.fixture(scope="session", autouse=True)
def media_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Uploaded files go to a folder of this run: that of the database in use."""
    from django.test import override_settings  # noqa: PLC0415

    link = tmp_path_factory.mktemp("media") / "in_use"
    link.symlink_to(tmp_path_factory.mktemp("no_media"))
    with override_settings(
        MEDIA_ROOT=link,
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

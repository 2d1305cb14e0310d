"""PostgreSQL clusters to break: stopped, hung, copied, with a replica.

Each is a server of its own in a folder of its own; what is started is removed again.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psutil  # type: ignore[import-untyped]
import psycopg
import pytest
from django.db import connection

from tests import postgres


@dataclass
class Cluster:
    """A server that a test may do anything to, reached by a socket in its folder."""

    binaries: Path
    runner: postgres.Runner
    process: subprocess.Popen[bytes]

    @property
    def folder(self) -> Path:
        return self.runner.folder

    def url(self, database: str = "postgres") -> str:
        return f"postgres://postgres@/{database}?host={self.folder}"

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=str(self.folder), user="postgres", dbname=database, autocommit=True
        )

    def hang(self) -> None:
        """Stop every process where it stands; connections stay open and silent."""
        for each in self._processes():
            each.suspend()

    def go_on(self) -> None:
        for each in self._processes():
            with suppress(psutil.NoSuchProcess):
                each.resume()

    def stop(self) -> None:
        """End it as a crash would."""
        if self.process.poll() is None:
            self.go_on()
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout=20)

    def start(self) -> None:
        self.process = postgres.run_postmaster(self.binaries, self.runner)
        postgres.wait_until_ready(self.process, self.folder)

    def _processes(self) -> list[psutil.Process]:
        postmaster = psutil.Process(self.process.pid)
        return [postmaster, *postmaster.children(recursive=True)]


@contextmanager
def empty_cluster() -> Iterator[Cluster]:
    """A new server without anything in it."""
    with _folder_and_binaries() as (runner, binaries):
        postgres.make_cluster(binaries, runner)
        yield from _running(runner, binaries)


@contextmanager
def copy_of(source: str, *, replica: bool = False) -> Iterator[Cluster]:
    """A server with all that another one holds, whose socket is in folder ``source``.

    A replica goes on to follow it.
    """
    with _folder_and_binaries() as (runner, binaries):
        if not (binaries / "pg_basebackup").exists():
            pytest.skip(f"there is no pg_basebackup in {binaries}")
        made = runner.run(
            binaries / "pg_basebackup",
            *("-h", source, "-U", "postgres", "-D", runner.folder / "data"),
            *("--checkpoint", "fast", "--no-sync"),
            *(["--write-recovery-conf"] if replica else []),
        )
        if made.returncode:
            raise RuntimeError(f"pg_basebackup failed: {made.stderr}")
        yield from _running(runner, binaries)


def _running(runner: postgres.Runner, binaries: Path) -> Iterator[Cluster]:
    process = postgres.run_postmaster(binaries, runner)
    postgres.wait_until_ready(process, runner.folder)
    cluster = Cluster(binaries, runner, process)
    try:
        yield cluster
    finally:
        cluster.stop()


@contextmanager
def _folder_and_binaries() -> Iterator[tuple[postgres.Runner, Path]]:
    found = postgres.installed_binaries(os.environ) or postgres.packaged_binaries()
    if found is None:
        pytest.skip("no PostgreSQL binaries on this machine")
    folder = postgres.new_folder(in_memory=True)
    try:
        runner = postgres.Runner.for_us(folder)
        yield runner, postgres.reachable(found, runner)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def socket_folder(url: str) -> str:
    """The folder of the socket of the suite's own server; skips if it is elsewhere."""
    folder = parse_qs(urlsplit(url).query).get("host", [""])[0]
    if not folder.startswith("/"):
        pytest.skip("the PostgreSQL of DATABASE_URL is not ours to copy")
    return folder


@contextmanager
def database_on(cluster: Cluster, name: str) -> Iterator[None]:
    """Let Django's default connection lead to a database of the cluster meanwhile."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(HOST=str(cluster.folder), NAME=name)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)

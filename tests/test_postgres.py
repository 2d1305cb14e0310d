"""Which PostgreSQL the tests take."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres


def make_binaries(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        (folder / name).touch()
    return folder


def test_database_url_is_taken_as_it_is_and_never_stopped():
    server = postgres.start_server({"DATABASE_URL": "postgres://db.example/cms"})

    assert server.url == "postgres://db.example/cms"
    assert server.keep is None
    server.stop()


def test_binaries_on_the_path_come_first(tmp_path):
    binaries = make_binaries(tmp_path / "bin")

    assert postgres.installed_binaries({"PATH": f"/nowhere:{binaries}"}) == binaries


def test_link_to_a_binary_is_followed_to_its_folder(tmp_path):
    binaries = make_binaries(tmp_path / "lib" / "bin")
    (tmp_path / "links").mkdir()
    for name in ("initdb", "postgres"):
        (tmp_path / "links" / name).symlink_to(binaries / name)

    found = postgres.installed_binaries({"PATH": str(tmp_path / "links")})

    assert found == binaries


def test_package_carries_a_server():
    binaries = postgres.packaged_binaries()

    assert binaries is not None
    assert (binaries / "postgres").exists()


def test_cluster_that_does_not_start_leaves_nothing(tmp_path):
    before = set(Path("/tmp").glob("kommun-pg-*"))

    with pytest.raises((RuntimeError, OSError)):
        postgres.start_cluster(make_binaries(tmp_path / "bin"), "broken")

    own = set(Path("/tmp").glob("kommun-pg-*")) - before
    assert not [path for path in own if not (path / "data").exists()]


def test_folders_of_killed_processes_are_removed(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for name, owner in {
        "kommun-pg-gone": gone.pid,
        "kommun-pg-ours": os.getpid(),
    }.items():
        (tmp_path / name / "data").mkdir(parents=True)
        (tmp_path / name / "owner").write_text(str(owner))
    (tmp_path / "kommun-pg-of-nobody-known").mkdir()

    postgres.remove_what_is_left(tmp_path, tmp_path / "not there")

    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"kommun-pg-ours", "kommun-pg-of-nobody-known"}

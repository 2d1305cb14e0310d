"""Which PostgreSQL the tests take."""

from __future__ import annotations

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

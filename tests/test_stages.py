"""Databases for tests: built once, copied, and as they were after a test that commits."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from tests.postgres import Store
from tests.stages.remembering import recall, remember
from tests.stages.stage import MIGRATED, Stage, stage, stage_for


@stage
def crew_of_the_module() -> dict[str, Group]:
    """A group of people, for this module."""
    return {"crew": Group.objects.create(name="Besättning")}


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_test_that_commits_finds_the_stage_as_it_was(
    crew_of_the_module: dict[str, Group], transactional_db: None, turn: int
) -> None:
    assert Group.objects.filter(name="Besättning").count() == 1
    assert not Group.objects.filter(name="Passagerare").exists()

    Group.objects.create(name="Passagerare")
    Group.objects.filter(name="Besättning").delete()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE left_behind (id int)")


def test_no_number_is_given_out_twice(transactional_db: None) -> None:
    """A process may keep things by number; those that rise in tests never come again."""
    from tests.stages import copies  # noqa: PLC0415

    first = Group.objects.create(name="Förare").pk
    copies.of_this_process().restore()

    assert Group.objects.create(name="Förare").pk > first


def test_recalled_objects_are_what_the_database_has_now(
    crew_of_the_module: dict[str, Group], transactional_db: None
) -> None:
    written = remember({"all": [crew_of_the_module["crew"]], "number": 7})
    Group.objects.filter(name="Besättning").update(name="Nytt namn")

    found = recall(written)

    assert [group.name for group in found["all"]] == ["Nytt namn"]
    assert found["number"] == 7


def test_stage_has_all_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Stage("site", build=dict, on=MIGRATED)
    town = Stage("town", build=dict, on=site)
    hills = Stage("hills", build=dict, on=site)
    known = {each.name: each for each in (site, town, hills)}
    monkeypatch.setattr("tests.stages.stage._STAGES", known)

    assert stage_for({"client", "db"}) == MIGRATED
    assert stage_for({"site", "town", "db"}) == town
    with pytest.raises(pytest.UsageError, match="hills, town"):
        stage_for({"town", "hills"})


def cluster(folder: Path, text: str = "") -> Any:
    """What a store sees of a cluster: its folder, with a file in each part."""
    parts = [folder / "data", folder / "files"]
    if text:
        for part in parts:
            part.mkdir(parents=True)
            (part / "page").write_text(text)
    return SimpleNamespace(parts=parts, data=parts[0], own=lambda folder: None)


def test_store_gives_what_was_stored_under_the_same_name_and_no_other(
    tmp_path: Path,
) -> None:
    store = Store(tmp_path / "store", key=str)
    store.put_in("old", cluster(tmp_path / "one", "1"))
    store.put_in("new", cluster(tmp_path / "two", "2"))

    assert not store.take_out("old", cluster(tmp_path / "three"))
    assert store.take_out("new", cluster(tmp_path / "four"))
    assert (tmp_path / "four/data/page").read_text() == "2"
    assert (tmp_path / "four/files/page").read_text() == "2"

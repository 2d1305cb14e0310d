"""States of the database that tests start from, each built once in a run.

A stage is a fixture of a module: ``town_of_the_module`` in the arguments of a test, or
of a fixture of it, means that all tests of the module find the town.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from inspect import signature
from typing import Any

import pytest

#: Names the folder in which the processes of a run keep files of the stages.
FOLDER = "TEST_STAGES_FOLDER"

_STAGES: dict[str, Stage] = {}


@dataclass(frozen=True)
class Stage:
    """What ``build`` makes of the stage ``on``; its result is what tests are given.

    The first stage, which is on no other, is the database after the migrations.
    """

    name: str
    build: Callable[..., Any] | None = None
    on: Stage | None = None

    def __contains__(self, other: Stage) -> bool:
        return self == other or (self.on is not None and other in self.on)


MIGRATED = Stage("migrated")


def stage(build: Callable[..., Any]) -> Any:
    """Make a stage of a function, and a fixture that gives what the function returned.

    Its argument, if it has one, names the stage it is built on. What it returns may hold
    model objects, in dataclasses, lists and dictionaries. Names are unique.
    """
    name = build.__name__
    if name in _STAGES:
        raise ValueError(f"There are two stages {name}.")
    on = [_STAGES[argument] for argument in signature(build).parameters]
    _STAGES[name] = Stage(name, build, *(on or [MIGRATED]))

    @pytest.fixture(scope="module", name=name)
    def given(database_of_the_module: Any, django_db_blocker: Any) -> Any:
        with django_db_blocker.unblock():
            return database_of_the_module.recall(name)

    return given


def stage_for(names: Iterable[str]) -> Stage:
    """The stage that has all that is asked for, by the names of fixtures."""
    wanted = [_STAGES[name] for name in sorted(set(names) & _STAGES.keys())]
    for candidate in wanted:
        if all(other in candidate for other in wanted):
            return candidate
    if wanted:
        asked = ", ".join(each.name for each in wanted)
        raise pytest.UsageError(f"No stage has all of {asked}.")
    return MIGRATED

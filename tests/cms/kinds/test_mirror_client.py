"""The client of `docs/mirror.py` has what the API answers, wherever it was stopped."""

from __future__ import annotations

import importlib.util
import json
import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from cms.gate import actions
from cms.kinds.kinds import Json
from cms.log import entries
from cms.log.models import Head
from cms.reading.models import Language
from tests.cms.kinds.world import NOW, SOURCE, Example, World, twin_of

pytestmark = pytest.mark.django_db
#: The feed's answers, when there are so many; more come in several.
_AT_ONCE = 7
_BASE = "/api/v1/"


class Stopped(BaseException):
    """The machine of the client went away."""


class Line:
    """The client's connection to the API, which may be cut after some questions."""

    def __init__(self, cut_after: int | None = None) -> None:
        self.client, self.left = Client(), cut_after
        self.asked: list[str] = []

    def __call__(self, path: str) -> tuple[int, bytes]:
        if self.left == 0:
            raise Stopped
        self.left = None if self.left is None else self.left - 1
        self.asked.append(path)
        path = path.replace("limit=1000", f"limit={_AT_ONCE}")
        answer = self.client.get(_BASE + path)
        return answer.status_code, answer.content


@pytest.fixture(scope="module")
def mirror() -> ModuleType:
    path = settings.BASE_DIR / "docs" / "mirror.py"
    spec = importlib.util.spec_from_file_location("documented_mirror", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def first_copy(
    mirror: ModuleType, world: World, django_db_blocker: Any
) -> Iterator[sqlite3.Connection]:
    """What the client has after its first run."""
    with django_db_blocker.unblock():
        found = sqlite3.connect(":memory:")
        mirror.bring_up_to_date(found, Line())
        yield found
        found.close()


@pytest.fixture
def copy(first_copy: sqlite3.Connection) -> sqlite3.Connection:
    return duplicate(first_copy)


def duplicate(copy: sqlite3.Connection) -> sqlite3.Connection:
    found = sqlite3.connect(":memory:")
    copy.backup(found)
    return found


def answers(copy: sqlite3.Connection) -> dict[tuple[str, str], Json]:
    rows = copy.execute("SELECT key, lang, body FROM answer")
    return {(key, lang): json.loads(body) for key, lang, body in rows}


def live() -> dict[tuple[str, str], Json]:
    """What every page answers now, in every language."""
    keys = Head.objects.pages().values_list("key", flat=True).distinct()
    tags = [each["tag"] for each in Client().get(f"{_BASE}languages").json()]
    asked = {
        (str(key), tag): Client().get(f"{_BASE}pages/{key}?lang={tag}")
        for key in keys
        for tag in tags
    }
    return {at: each.json() for at, each in asked.items() if each.status_code == 200}


def happen(world: World, choose: random.Random, moment: datetime) -> None:
    """Something that may happen to what is public; the clock of the gate runs."""
    actions.keep_calendar()
    example = choose.choice(list(world.examples.values()))
    row = entries.current(example.key, SOURCE)
    what = choose.choice(["words", "words", "address", "withdraw"])
    match what:
        case "withdraw" if row and example.is_page:
            entries.append(world.entry(example, {}, action="withdraw"), at=moment)
        case "address" if example.is_page:
            slug = f"{example.document['slug']}-{choose.randrange(100)}"
            world.append(example, example.document | {"slug": slug})
        case _:
            world.append(example, _other_words(example, choose))


def _other_words(example: Example, choose: random.Random) -> Json:
    return choose.choice([example, twin_of(example)]).document


def test_first_run_has_everything(first_copy, world):
    assert answers(first_copy) == live()
    assert len(answers(first_copy)) > 100


@pytest.mark.parametrize("seed", range(3))
def test_copy_is_equal_after_anything_whenever_it_was_stopped(
    world, mirror, copy, seed
):
    choose = random.Random(seed)  # noqa: S311 - no secret
    for step in range(1, 9):
        moment = NOW + timedelta(days=30 * step)
        with time_machine.travel(moment, tick=False):
            happen(world, choose, moment)
            for questions in (1, choose.randrange(2, 40)):
                try:
                    mirror.bring_up_to_date(copy, Line(cut_after=questions))
                except Stopped:
                    continue
    with time_machine.travel(moment, tick=False):
        mirror.bring_up_to_date(copy, Line())

        assert answers(copy) == live()


def test_copy_is_equal_from_every_point_it_was_stopped_at(world, mirror, copy):
    page = world.examples["safety"]
    world.append(page, page.document | {"ingress": "Något annat."})
    expected, whole = live(), Line()
    mirror.bring_up_to_date(duplicate(copy), whole)

    for questions in range(len(whole.asked)):
        resumed = duplicate(copy)
        with pytest.raises(Stopped):
            mirror.bring_up_to_date(resumed, Line(cut_after=questions))
        mirror.bring_up_to_date(resumed, Line())
        assert answers(resumed) == expected, questions


def test_what_nobody_changed_is_not_asked_for(world, mirror, copy):
    """Two questions, and the changed pages' own: all of it is not read again."""
    line, quiet = Line(), Line()
    mirror.bring_up_to_date(duplicate(copy), quiet)
    partner = world.examples["pledges.partner"]
    world.append(partner, twin_of(partner).document)
    mirror.bring_up_to_date(copy, line)

    assert len(quiet.asked) == 2
    assert 3 < len(line.asked) < len(live())


def test_a_new_day_reaches_the_copy(world, mirror, copy):
    with time_machine.travel(datetime(2027, 3, 3, 1, tzinfo=UTC), tick=False):
        before = answers(copy)
        actions.keep_calendar()
        mirror.bring_up_to_date(copy, Line())

        assert answers(copy) == live() != before


def test_other_languages_are_another_copy(world, mirror, copy):
    Language.objects.filter(tag="ar").update(visible=False)
    mirror.bring_up_to_date(copy, Line())

    assert {lang for _key, lang in answers(copy)} == {SOURCE, "fi", "so"}

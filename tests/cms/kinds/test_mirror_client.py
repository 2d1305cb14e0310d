"""The client of `docs/mirror.py` has what the API answers, wherever it was stopped."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from cms.gate import record
from cms.kinds.kinds import Json
from cms.log import entries
from cms.reading.models import Language
from tests.cms.kinds.world import NOW, SOURCE, Example, World, twin_of
from tests.walk.copies import answers, bring_up_to_date, differing, live

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def first_copy(world: World, django_db_blocker: Any) -> Iterator[sqlite3.Connection]:
    """What the client has after its first run."""
    with django_db_blocker.unblock():
        found = sqlite3.connect(":memory:")
        bring_up_to_date(found)
        yield found
        found.close()


@pytest.fixture
def copy(first_copy: sqlite3.Connection) -> sqlite3.Connection:
    return duplicate(first_copy)


def duplicate(copy: sqlite3.Connection) -> sqlite3.Connection:
    found = sqlite3.connect(":memory:")
    copy.backup(found)
    return found


def happen(world: World, choose: random.Random, moment: datetime) -> None:
    """Something that may happen to what is public; the clock of the gate runs."""
    record.keep_calendar()
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
    assert differing(first_copy) == []
    assert len(answers(first_copy)) > 100


@pytest.mark.parametrize("seed", range(3))
def test_copy_is_equal_after_anything_whenever_it_was_stopped(world, copy, seed):
    choose = random.Random(seed)  # noqa: S311 - no secret
    for step in range(1, 9):
        moment = NOW + timedelta(days=30 * step)
        with time_machine.travel(moment, tick=False):
            happen(world, choose, moment)
            for questions in (1, choose.randrange(2, 40)):
                bring_up_to_date(copy, stopped_after=questions)
    with time_machine.travel(moment, tick=False):
        bring_up_to_date(copy)

        assert differing(copy) == []


def test_copy_is_equal_from_every_point_it_was_stopped_at(world, copy):
    page = world.examples["safety"]
    world.append(page, page.document | {"ingress": "Något annat."})
    expected = live()
    whole = bring_up_to_date(duplicate(copy))

    for questions in range(len(whole.asked)):
        resumed = duplicate(copy)
        stopped = bring_up_to_date(resumed, stopped_after=questions)
        assert len(stopped.asked) == questions
        bring_up_to_date(resumed)
        assert answers(resumed) == expected, questions


def test_what_nobody_changed_is_not_asked_for(world, copy):
    """Two questions, and the changed pages' own: all of it is not read again."""
    quiet = bring_up_to_date(duplicate(copy))
    partner = world.examples["pledges.partner"]
    world.append(partner, twin_of(partner).document)
    line = bring_up_to_date(copy)

    assert len(quiet.asked) == 2
    assert 3 < len(line.asked) < len(live())


def test_a_new_day_reaches_the_copy(world, copy):
    with time_machine.travel(datetime(2027, 3, 3, 1, tzinfo=UTC), tick=False):
        record.keep_calendar()
        assert differing(copy)

        bring_up_to_date(copy)

        assert differing(copy) == []


def test_other_languages_are_another_copy(world, copy):
    Language.objects.filter(tag="ar").update(visible=False)
    bring_up_to_date(copy)

    assert {lang for _key, lang in answers(copy)} == {SOURCE, "fi", "so"}

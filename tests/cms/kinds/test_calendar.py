"""Whoever keeps copies is told of every answer that a new day changes.

The examples of all kinds are read on each day that is named in them, on the day after it
and a fortnight later. Between two days nothing is published: what is different was told
of by the calendar's entries in the feed of changes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction

from cms.gate import record
from cms.kinds import registry
from cms.log import entries
from cms.log.models import HeadTurn, Publication
from pledges.kinds.programmes import ProgrammePage
from tests.cms.kinds.world import SOURCE, TRANSLATED, World, examples
from tests.factories.site import build_site

pytestmark = pytest.mark.django_db
BEFORE_ALL_OF_IT = datetime(2025, 11, 1, 9, tzinfo=UTC)
#: Five past midnight in Sweden, in winter and in summer.
MIDNIGHT = time(23, 5)
CALENDAR = "calendar"


@pytest.fixture(scope="module")
def before_all(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Every example, published before any of the days that are named in them."""
    world = World()
    with (
        time_machine.travel(BEFORE_ALL_OF_IT, tick=False),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        build_site()
        world.publish(examples())
        yield world
        transaction.set_rollback(True)


def days_of(world: World) -> list[date]:
    """The days named in any example, those after them, and a fortnight later."""
    written = json.dumps([each.document for each in world.examples.values()])
    named = {date.fromisoformat(d) for d in re.findall(r"\d{4}-\d\d-\d\d", written)}
    days = {day + timedelta(days=n) for day in named for n in (0, 1, 15)}
    return sorted(day for day in days if day > BEFORE_ALL_OF_IT.date())


def at_the_start_of(day: date) -> time_machine.travel:
    midnight = datetime.combine(day - timedelta(days=1), MIDNIGHT, UTC)
    return time_machine.travel(midnight, tick=False)


def addresses(world: World) -> dict[tuple[str, str], str]:
    """Where every page is: in Swedish on the site, in Finnish in the API."""
    pages = [
        each
        for each in world.examples.values()
        if each.is_page and not each.name.startswith("twin-")
    ]
    finnish = TRANSLATED[0]
    return {(str(p.key), SOURCE): p.path(p.document) for p in pages} | {
        (str(p.key), finnish): f"/api/v1/pages/{p.key}?lang={finnish}" for p in pages
    }


def unnamed(world: World, days: list[date]) -> dict[date, list[tuple[str, str]]]:
    """The answers that a day has changed and the feed does not name, by the day."""
    found = {}
    at = addresses(world)
    with transaction.atomic():
        with at_the_start_of(days[0]):
            record.keep_calendar()
            before = {place: world.read(address) for place, address in at.items()}
        for day in days[1:]:
            with at_the_start_of(day):
                after = {place: world.read(address) for place, address in at.items()}
                since = world.newest()
                record.keep_calendar()
                told = world.changes(since)
                named = {(a["key"], a["lang"]) for e in told for a in e["affects"]}
                # Some answers have the number of the newest row.
                now = {place: world.read(at[place]) for place in named & at.keys()}
            changed = {place for place, each in after.items() if each != before[place]}
            assert {each["action"] for each in told} <= {CALENDAR}
            if not any(each["affects_all"] for each in told) and changed - named:
                found[day] = sorted(changed - named)
            before = after | now
        transaction.set_rollback(True)
    return found


def test_feed_names_every_answer_that_a_new_day_changes(before_all):
    days = days_of(before_all)
    assert len(days) > 20

    assert unnamed(before_all, days) == {}


def test_a_day_that_a_kind_forgets_is_found(before_all, monkeypatch):
    """Without its days nobody would be told that a programme is signed."""
    monkeypatch.setattr(ProgrammePage, "turns", classmethod(lambda *_: ()))
    entries.rebuild_heads()

    assert unnamed(before_all, [date(2025, 12, 17), date(2025, 12, 18)])


def test_every_kind_with_days_has_an_example_with_one(before_all):
    kinds = {each.kind for each in before_all.examples.values()}
    named = {kind.type_name for kind in kinds if list(kind.turns(kind.sample()))}

    assert named == registry.turning()
    assert set(HeadTurn.objects.values_list("head__type", flat=True)) == named


def test_a_day_is_told_of_once(before_all):
    with at_the_start_of(date(2027, 1, 1)):
        first, second = record.keep_calendar(), record.keep_calendar()

    assert first > 0
    assert second == 0


def test_what_is_said_is_what_was_published_last(before_all):
    programme = next(
        e for e in before_all.examples.values() if e.name == "pledges.programme"
    )
    with at_the_start_of(date(2026, 12, 31)):
        before_all.append(programme, programme.document | {"title": "Ett nytt namn"})
    with at_the_start_of(date(2027, 1, 1)):
        record.keep_calendar()

    last = entries.current(programme.key, SOURCE)
    published = Publication.objects.filter(key=programme.key, action="publish").last()
    assert last is not None
    assert (last.action, last.title) == (CALENDAR, "Ett nytt namn")
    assert last.content_updated_at == published.content_updated_at
    assert last.head.content_id == published.pk
    assert list(entries.verify()) == []


def test_what_is_withdrawn_has_no_days(before_all):
    programme = next(
        e for e in before_all.examples.values() if e.name == "pledges.programme"
    )
    row = entries.current(programme.key, SOURCE)
    assert row is not None
    withdrawal = before_all.entry(programme, {}, action="withdraw")
    entries.append(withdrawal, at=BEFORE_ALL_OF_IT + timedelta(days=1))
    with at_the_start_of(date(2027, 1, 1)):
        record.keep_calendar()

    assert entries.current(programme.key, SOURCE) is None

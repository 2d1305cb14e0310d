"""The site as it was: the heads, what they name and the languages of a moment."""

from __future__ import annotations

import random
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from cms.archive.shadow import as_it_was, move_on
from cms.kinds import registry
from cms.kinds.references import named
from cms.log import clock, entries, heads
from cms.log.models import Head, HeadReference, Publication
from cms.reading import queries
from tests.cms.log.entries import append, follow, page_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    """Two hundred rows about a few pages, and the moments at which to look."""
    chance = random.Random(20180203)  # noqa: S311
    latest: dict[tuple[UUID, str], Publication] = {}
    rows = []
    for number in range(90):
        place = (UUID(int=chance.randrange(8)), chance.choice(["sv", "fi"]))
        rows.append(_step(chance, place, latest.get(place), number))
        latest[place] = rows[-1]
    return rows


def _step(chance, place, previous, number):
    key, locale = place
    facts = {
        "key": key,
        "locale": locale,
        "path": f"/{locale}/{number}/",
        "significance": chance.choice(["wording", "content", "critical"]),
        "document": page_document(
            sort_key=str(number),
            show_in_menus=chance.random() < 0.5,
            list_date=chance.choice(
                [None, "", "2018-07-02", "2018-07-02T08:30", "2018-02-02T08:00:00.5Z"]
            ),
            references={"focus_areas": [str(UUID(int=chance.randrange(8)))]},
        ),
    }
    if previous and previous.is_public and chance.random() < 0.3:
        facts |= {"action": "withdraw", "document": {}, "path": previous.path}
    return append(**facts)


def folded(rows):
    """Heads and what they name, worked out row by row."""
    found = heads.fold(rows)
    by_id = {row.pk: row for row in rows}
    names = {
        (head.key, head.locale, relation, UUID(key))
        for head in found
        if head.is_public
        for relation, key in named(
            registry.of(head.type), by_id[head.publication_id].document
        )
    }
    facts = {tuple(getattr(head, name) for name in heads.FACTS) for head in found}
    return facts, names


def stored():
    named = HeadReference.objects.values_list(
        "head__key", "head__locale", "relation", "key"
    )
    return set(Head.objects.values_list(*heads.FACTS)), set(named)


def test_a_moment_shows_exactly_what_the_rows_until_then_leave_behind(story):
    before = stored()
    for number in (0, 30, 60, 89):
        with as_it_was(story[number].published_at):
            assert stored() == folded(story[: number + 1])
            assert Publication.objects.count() == number + 1
    with as_it_was(story[30].published_at - timedelta(microseconds=1)):
        assert stored() == folded(story[:30])

    assert stored() == before
    assert Publication.objects.count() == len(story)
    assert list(entries.verify()) == []


def test_moving_on_is_the_same_as_looking_anew(story):
    with as_it_was(story[20].published_at):
        for row in story[21:60]:
            move_on(row.published_at, [row.pk])
        assert stored() == folded(story[:60])


def test_the_clock_stands_at_the_moment_and_goes_on_afterwards(story):
    moment = story[5].published_at
    with as_it_was(moment):
        assert clock.now() == moment

    assert timezone.now() - clock.now() < timedelta(minutes=1)


def test_nothing_that_is_written_inside_remains_nor_after_a_failure(story):
    with as_it_was(story[5].published_at):
        Head.objects.all().delete()
    with pytest.raises(ZeroDivisionError), as_it_was(story[5].published_at):
        _ = 1 / 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relpersistence = 't'"
            " AND pg_table_is_visible(oid) AND relkind IN ('r', 'v')"
        )
        assert cursor.fetchone() == (0,)
    assert stored() == folded(story)


def test_a_page_that_moved_and_came_back_is_where_it_was():
    first = append(path="/a/")
    away = follow(first, action="move", path="/b/")
    follow(first, action="move", path="/a/")

    with as_it_was(away.published_at):
        assert Head.objects.get(key=first.key).path == "/b/"
        assert queries.formerly_at("/a/").path == "/b/"

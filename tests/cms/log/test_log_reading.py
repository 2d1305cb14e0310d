"""Reading the log by place, by time and by number."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from cms.log import entries
from cms.reading import queries
from tests.cms.log.entries import NOON, append, follow, withdraw

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_current_is_the_newest_publication():
    first = append()
    second = follow(first)

    assert entries.current(first.key, "sv") == second
    assert entries.current(str(first.key), "sv") == second


def test_current_is_none_when_withdrawn_or_never_public():
    withdrawn = append()
    withdraw(withdrawn)

    assert entries.current(withdrawn.key, "sv") is None
    assert entries.current(withdrawn.key, "fi") is None
    assert entries.current(uuid4(), "sv") is None


def test_since_gives_what_came_after_in_order():
    first = append()
    rest = [follow(first), follow(first), withdraw(first)]

    assert entries.since(first.pk, 10) == rest
    assert entries.since(first.pk, 2) == rest[:2]
    assert entries.since(rest[-1].pk, 10) == []


def test_as_of_gives_what_was_public_then():
    first = append(at=NOON)
    second = follow(first, at=NOON + HOUR)
    withdraw(second, at=NOON + 2 * HOUR)
    fourth = follow(first, at=NOON + 3 * HOUR)

    seen = [
        entries.as_of(NOON + hours * HOUR, key=first.key, locale="sv")
        for hours in (-0.5, 0, 0.5, 1, 2, 3)
    ]

    assert seen == [None, first, first, second, None, fourth]


def test_as_of_by_path_gives_nothing_when_the_page_had_moved_away():
    first = append(at=NOON)
    moved = follow(first, at=NOON + HOUR, action="move", path="/aktuellt/")

    assert entries.as_of(NOON, path="/nyheter/") == first
    assert entries.as_of(NOON + HOUR, path="/nyheter/") is None
    assert entries.as_of(NOON + HOUR, path="/aktuellt/") == moved
    assert entries.as_of(NOON, path="/aktuellt/") is None


def test_as_of_by_path_gives_each_tenant_of_a_path_its_time():
    first = append(at=NOON)
    withdraw(first, at=NOON + HOUR)
    second = append(at=NOON + 2 * HOUR)

    assert entries.as_of(NOON, path="/nyheter/") == first
    assert entries.as_of(NOON + HOUR, path="/nyheter/") is None
    assert entries.as_of(NOON + 2 * HOUR, path="/nyheter/") == second


def test_as_of_needs_a_path_or_a_key_and_a_locale():
    with pytest.raises(TypeError, match="path, or a key and a locale"):
        entries.as_of(NOON, key=uuid4())


def lead(path):
    """What a path leads to: the publication, and whether the page lives there."""
    found = queries.formerly_at(path)
    return found and (found.publication_id, found.path == path)


def test_path_is_found_exactly_when_a_page_lives_there():
    first = append(path="/fi/pääsivu/", locale="fi")

    assert lead("/fi/pääsivu/") == (first.pk, True)


def test_withdrawn_page_still_answers_for_its_path():
    gone = withdraw(append())

    assert lead("/nyheter/") == (gone.pk, True)
    assert not gone.head.is_public


def test_public_page_is_preferred_when_a_withdrawn_one_had_the_path():
    withdraw(append())
    public = append()

    assert lead("/nyheter/") == (public.pk, True)


def test_old_path_leads_to_where_the_page_is_now():
    first = append()
    follow(first, action="move", path="/aktuellt/")
    last = follow(first, action="move", path="/senaste-nytt/")

    assert lead("/nyheter/") == lead("/aktuellt/") == (last.pk, False)


def test_old_path_leads_to_the_page_that_had_it_last():
    first = append()
    follow(first, action="move", path="/forst/")
    second = append()
    moved = follow(second, action="move", path="/sedan/")

    assert lead("/nyheter/") == (moved.pk, False)


def test_unknown_path_is_not_found():
    append(kind="block", path="", type="core.contact", document={"name": "Växeln"})

    assert queries.formerly_at("/finns-inte/") is None
    assert queries.formerly_at("") is None


@pytest.mark.parametrize("path", ["/aktuellt/", "/nyheter/", "/finns-inte/"])
def test_finding_a_path_takes_at_most_two_queries(path, django_assert_max_num_queries):
    follow(append(), action="move", path="/aktuellt/")

    with django_assert_max_num_queries(2):
        lead(path)

"""Tampering behind the triggers' back is found."""

from __future__ import annotations

import pytest
from django.db import connection

from cms.log import chain, entries
from cms.log.models import Head
from tests.cms.log.entries import append, follow, withdraw
from tests.cms.log.triggers import trigger_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    """Four rows of one page, the last a withdrawal, and one of another page."""
    first = append()
    return [first, follow(first), follow(first), withdraw(first), append(path="/a/")]


def tamper(statement, *values):
    """Change the log as the owner of its table can."""
    with (
        trigger_off("log_append_only"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def problems():
    return [(problem.publication_id, problem.code) for problem in entries.verify()]


def test_an_honest_log_has_no_problems(rows):
    assert problems() == []


def test_an_empty_log_has_no_problems():
    assert problems() == []


def test_changed_text_is_found(rows):
    tamper(
        "UPDATE log_publication SET document = document || %s WHERE id = %s",
        '{"title": "Annat"}',
        rows[1].pk,
    )

    assert problems() == [(rows[1].pk, "content_changed")]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "someone"),
        ("published_at", "2017-01-01T00:00Z"),
        ("significance", "critical"),
        ("type", "home.home"),
    ],
)
def test_changed_circumstances_are_found(rows, column, value):
    tamper(
        f"UPDATE log_publication SET {column} = %s WHERE id = %s",  # noqa: S608
        value,
        rows[1].pk,
    )

    assert (rows[1].pk, "row_changed") in problems()


def test_missing_rows_are_found(rows):
    tamper("DELETE FROM log_publication WHERE id = %s", rows[1].pk)

    assert problems() == [(rows[2].pk, "gap")]


def test_missing_first_row_is_found(rows):
    tamper("DELETE FROM log_publication WHERE id = %s", rows[0].pk)

    assert (rows[1].pk, "gap") in problems()


def test_row_rewritten_with_fresh_hashes_is_found(rows):
    forged = rows[1]
    forged.title = "Annat"
    tamper(
        "UPDATE log_publication"
        " SET title = %s, content_hash = %s, row_hash = %s WHERE id = %s",
        forged.title,
        _hash(forged, "content_hash"),
        _hash(forged, "row_hash"),
        forged.pk,
    )

    assert problems() == [(rows[2].pk, "broken_link")]


def _hash(publication, name):
    setattr(publication, name, getattr(chain, name)(publication))
    return getattr(publication, name)


def test_head_that_shows_a_withdrawn_page_is_found(rows):
    Head.objects.filter(key=rows[0].key).update(is_public=True)

    (problem,) = entries.verify()

    assert (problem.publication_id, problem.code) == (rows[3].pk, "head_differs")
    assert "is_public" in problem.message


def test_missing_head_is_found(rows):
    Head.objects.filter(key=rows[0].key).delete()

    assert problems() == [(rows[3].pk, "head_missing")]


def test_head_without_log_is_found(rows):
    head = Head.objects.get(path="/a/")
    head.pk, head.locale, head.path = None, "fi", "/fi/a/"
    head.publication = rows[0]
    head.save(force_insert=True)

    assert problems() == [(rows[0].pk, "head_unknown")]


def test_row_appended_during_the_walk_is_no_problem(rows):
    def append_more(count):
        follow(rows[4])
        append(path="/b/")

    assert list(entries.verify(on_progress=append_more)) == []
    assert problems() == []


def test_rebuilding_repairs_the_heads(rows):
    Head.objects.update(is_public=False, title="Annat")
    Head.objects.filter(path="/a/").delete()

    entries.rebuild_heads()

    assert problems() == []

"""What readers see follows from the log."""

from __future__ import annotations

import random
from uuid import UUID

import pytest
from django.utils.dateparse import parse_datetime

from cms.log import entries, heads
from cms.log.models import Head, Publication
from tests.cms.log.entries import (
    NOON,
    append,
    follow,
    page_document,
    withdraw,
)

pytestmark = pytest.mark.django_db


def head_of(publication) -> Head:
    return Head.objects.get(key=publication.key, locale=publication.locale)


def test_head_shows_the_publication_and_its_place():
    parent = UUID(int=1)
    publication = append(parent_key=parent)

    head = head_of(publication)

    assert (head.publication, head.path, head.title) == (
        publication,
        "/nyheter/",
        "Nyheter",
    )
    assert (head.is_public, head.in_menu, head.sort_key) == (True, True, "00010002")
    assert head.list_date == parse_datetime("2018-02-02T08:00:00Z")
    assert (head.locale, head.parent_key) == ("sv", parent)


def test_list_date_without_a_zone_is_local_time():
    head = head_of(append(document=page_document(list_date="2018-07-02")))

    assert head.list_date == parse_datetime("2018-07-02T00:00:00+02:00")


def test_list_date_is_the_content_date_when_the_document_has_none():
    block = append(kind="block", path="", type="core.contact", document={"name": "Vi"})

    assert head_of(block).list_date == NOON


def test_content_id_follows_changes_that_matter_to_translators():
    first = append()
    follow(first, significance="wording")
    assert head_of(first).content_id == first.pk
    assert head_of(first).critical_id is None

    content = follow(first, significance="content")
    assert head_of(first).content_id == content.pk
    assert head_of(first).critical_id is None

    critical = follow(first, significance="critical")
    assert head_of(first).content_id == critical.pk
    assert head_of(first).critical_id == critical.pk

    follow(first, significance="content")
    assert head_of(first).critical_id == critical.pk


def test_withdrawal_keeps_everything_but_visibility():
    first = append()
    gone = follow(first, action="withdraw", document={}, significance="critical")

    head = head_of(first)

    assert not head.is_public
    assert head.publication == gone
    assert (head.path, head.in_menu, head.sort_key) == ("/nyheter/", True, "00010002")
    assert (head.content_id, head.critical_id) == (first.pk, None)


def test_page_is_public_again_when_published_after_a_withdrawal():
    first = append()
    withdraw(first)

    again = follow(first, significance="content")

    assert head_of(first).is_public
    assert head_of(first).content_id == again.pk


def test_move_changes_the_path_and_no_text():
    first = append()

    moved = follow(first, action="move", path="/aktuellt/")

    head = head_of(first)
    assert (head.path, head.publication) == ("/aktuellt/", moved)
    assert head.content_id == first.pk


def test_rebuilt_heads_equal_the_maintained_ones_after_any_sequence():
    chance = random.Random(20180202)  # noqa: S311
    latest: dict[tuple[UUID, str], Publication] = {}
    for number in range(150):
        place = (UUID(int=chance.randrange(12)), chance.choice(["sv", "fi", "ar"]))
        latest[place] = _random_step(chance, place, latest.get(place), number)
    maintained = _all_heads()

    count = entries.rebuild_heads()

    assert count == len(latest) == len(maintained)
    assert _all_heads() == maintained
    assert not list(entries.verify())


def _random_step(chance, place, previous, number):
    key, locale = place
    action = chance.choice(["publish", "publish", "withdraw", "move"])
    if previous is None or not previous.is_public:
        action = "publish"
    facts = {
        "key": key,
        "locale": locale,
        "action": action,
        "path": f"/{locale}/{number}/",
        "document": page_document(
            sort_key=str(number), show_in_menus=chance.random() < 0.5
        ),
        "significance": chance.choice(["wording", "content", "critical"]),
    }
    if action == "move":
        facts["significance"] = "wording"
    if action == "withdraw":
        facts |= {"path": previous.path, "document": {}}
    return append(**facts)


def _all_heads():
    return list(Head.objects.order_by("key", "locale").values_list(*heads.FACTS))

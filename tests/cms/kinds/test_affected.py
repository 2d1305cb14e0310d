"""Whoever keeps copies is told of every answer that a publication changes (7).

Each kind is published with other words, and with another address; every page in every
language is read before and after. The feed of changes must name what is different.
"""

from __future__ import annotations

from typing import Any

import pytest

from cms.api.middleware import ANY
from cms.kinds.kinds import Json
from tests.cms.kinds.world import SOURCE, TRANSLATED, Example, World, twin_of

pytestmark = pytest.mark.django_db
LANGUAGES = (SOURCE, *TRANSLATED[:1])


@pytest.fixture(scope="module")
def before(world: World, django_db_blocker: Any) -> dict[tuple[str, str], Any]:
    with django_db_blocker.unblock():
        return answers(world)


@pytest.fixture(scope="module")
def tags(world: World, django_db_blocker: Any) -> dict[tuple[str, str], set[str]]:
    """What caches are told that each answer was made from."""
    with django_db_blocker.unblock():
        return {at: world.tags(address) for at, address in addresses(world).items()}


def addresses(world: World) -> dict[tuple[str, str], str]:
    return {
        (str(each.key), tag): f"/api/v1/pages/{each.key}?lang={tag}"
        for each in world.examples.values()
        if each.is_page
        for tag in LANGUAGES
    }


def answers(world: World) -> dict[tuple[str, str], Any]:
    """What every page says in each language, by its key."""
    return {at: world.read(address) for at, address in addresses(world).items()}


def told(world: World, since: int) -> tuple[set[tuple[str, str]], bool]:
    """The answers that the newest entry of the feed names, and whether all are meant."""
    (entry,) = world.changes(since)
    named = {(each["key"], each["lang"]) for each in entry["affects"]}
    return named, entry["affects_all"]


def unnamed(world: World, before: dict[Any, Any], example: Example, document: Json):
    """The changed answers that the feed does not name."""
    since = world.newest()
    with world.changed(example, document):
        after = answers(world)
        named, is_all = told(world, since)
    changed = {place for place, found in after.items() if found != before[place]}
    assert not example.is_page or (str(example.key), SOURCE) in changed
    return [] if is_all else sorted(changed - named)


def untagged(world: World, before: dict[Any, Any], tags: Any, example: Example):
    """The changed answers that a cache would keep which drops those with the key."""
    since = world.newest()
    with world.changed(example, twin_of(example).document):
        after = answers(world)
        _named, is_all = told(world, since)
    dropped = {ANY, str(example.key)}
    changed = [place for place, found in after.items() if found != before[place]]
    return [] if is_all else [place for place in changed if not tags[place] & dropped]


def kinds(world: World) -> list[Example]:
    """One example of each kind; the blocks of bodies are all on plain pages."""
    return [
        e for e in world.examples.values() if not e.name.startswith(("body.", "twin-"))
    ]


def test_feed_names_every_answer_that_other_words_change(world, before):
    faults = {
        each.name: found
        for each in kinds(world)
        if (found := unnamed(world, before, each, twin_of(each).document))
    }

    assert faults == {}


def test_feed_names_every_answer_that_another_address_changes(world, before):
    faults = {}
    for each in kinds(world):
        if each.is_page:
            moved = {**each.document, "slug": f"{each.document['slug']}-ny"}
            if found := unnamed(world, before, each, moved):
                faults[each.name] = found

    assert faults == {}


def test_what_the_feed_does_not_name_is_found(world, before, monkeypatch):
    """Without the references nobody would be told who shows a changed partner."""
    monkeypatch.setattr("cms.reading.affected._Around.pages", lambda *_: set())
    (partner,) = (e for e in kinds(world) if e.name == "pledges.partner")

    assert unnamed(world, before, partner, twin_of(partner).document)


def test_cache_that_drops_what_is_tagged_keeps_nothing_old(world, before, tags):
    faults = {
        each.name: found
        for each in kinds(world)
        if (found := untagged(world, before, tags, each))
    }

    assert faults == {}
    # Not everything is to be dropped always: plain pages name what they are made from.
    assert any(ANY not in found for found in tags.values())

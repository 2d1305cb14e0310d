"""What residents and programs find of every member of every kind (invariants 3-5).

Each member of each example is changed alone, in Swedish, and read where readers read.
"""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from cms.kinds import registry
from tests.cms.kinds import checks, scratch, variations
from tests.cms.kinds.world import SOURCE, TRANSLATED, Example, World

MEMBERS = variations.by_member(variations.cases())
FACTS = checks.facts(MEMBERS)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("member", FACTS)
def test_every_language_answers_with_a_changed_fact(world, member):
    assert checks.every_language_answers_with_a_fact(world, FACTS[member]) == []


@pytest.mark.parametrize("member", MEMBERS)
def test_api_answers_with_it_or_it_is_hidden(world, member):
    assert checks.the_api_answers_with_it(world, MEMBERS[member]) == []


@pytest.mark.parametrize("member", MEMBERS)
def test_page_shows_it_or_it_says_why_not(world, member):
    assert checks.the_page_shows_it(world, MEMBERS[member]) == []


@pytest.mark.parametrize("tag", [SOURCE, *TRANSLATED])
def test_film_in_sign_language_opens_every_page_that_has_one(world, tag):
    """Whoever reads best by seeing does not have to look through the words for it."""
    pages = [
        each
        for each in world.examples.values()
        if each.is_page and each.document.get("sign_video")
    ]
    assert len(pages) > len({page.kind for page in pages}) > 5

    for page in pages:
        html = BeautifulSoup(world.read(world.own(page, tag)[0]), "html.parser")
        film = html.main.find("a", href=page.document["sign_video"])
        assert film, page.name
        assert film.find_previous(["h1", "h2"]).name == "h1", page.name


@pytest.fixture
def mistaken(world, db, monkeypatch):
    """Publish the example of a kind with a mistake; what it makes goes with the test."""

    def publish(kind):
        monkeypatch.setitem(registry._kinds, kind.type_name, kind)
        key = variations.key_of(kind.type_name, kind)
        here = World(dict(world.examples))
        here.publish([Example(kind.type_name, key, kind, kind.sample())])
        own = variations.cases_of(kind.type_name, kind, kind.sample())
        return here, variations.by_member(own)

    return publish


def faults_of(check, world, members):
    return {
        name: found for name, each in members.items() if (found := check(world, each))
    }


def test_a_fact_that_a_translation_keeps_is_found(mistaken):
    world, members = mistaken(scratch.KeepsAnOldFact)

    found = faults_of(
        checks.every_language_answers_with_a_fact, world, checks.facts(members)
    )

    assert list(found) == ["scratch.keeps:rows.when"]


def test_a_member_that_no_answer_has_is_found(mistaken):
    found = faults_of(checks.the_api_answers_with_it, *mistaken(scratch.IsNotAnswered))

    assert list(found) == ["scratch.answers:price"]


def test_a_member_that_no_page_shows_is_found(mistaken):
    found = faults_of(checks.the_page_shows_it, *mistaken(scratch.IsNotShown))

    assert list(found) == ["scratch.shows:price"]

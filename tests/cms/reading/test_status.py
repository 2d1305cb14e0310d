"""Freshness is computed from the log, never stored (translation.md, Significance)."""

from __future__ import annotations

import pytest

from cms.gate import actions
from cms.log.models import Head
from cms.reading.pages import read_path
from tests.factories.pages import fresh, publish
from tests.factories.people import person
from tests.factories.translations import translate


@pytest.fixture
def article(site):
    return site.live_article()


@pytest.fixture
def finnish(article):
    return translate(article, "fi")


def passport(page):
    return read_path(page.public_path()).passport


def codes(page):
    return [notice.code for notice in passport(page).notices]


def test_new_translation_is_current(finnish):
    assert passport(finnish).freshness == "current"
    assert codes(finnish) == ["human"]


@pytest.mark.parametrize(
    ("significance", "freshness", "notices"),
    [
        ("wording", "minor", ["human"]),
        ("content", "outdated", ["outdated", "human"]),
        ("critical", "outdated", ["critical", "human"]),
    ],
)
def test_translation_ages_as_the_swedish_change_says(
    article, finnish, significance, freshness, notices
):
    publish(article, ingress="Ändrad.", significance=significance)

    assert passport(finnish).freshness == freshness
    assert codes(finnish) == notices


@pytest.mark.parametrize(
    ("changes", "freshness"),
    [
        (["wording", "wording"], "minor"),
        (["content", "wording"], "outdated"),
        (["wording", "content"], "outdated"),
        (["critical", "wording"], "outdated"),
    ],
)
def test_later_wording_does_not_make_younger(article, finnish, changes, freshness):
    for number, significance in enumerate(changes):
        publish(article, ingress=f"Ändrad {number}.", significance=significance)

    assert passport(finnish).freshness == freshness


def test_critical_stays_critical_after_wording(article, finnish):
    publish(article, ingress="Farligt.", significance="critical")
    publish(article, ingress="Farligt!", significance="wording")

    assert codes(finnish) == ["critical", "human"]


def test_saving_strings_does_not_remove_the_label(article, finnish):
    publish(article, ingress="Ändrad.")
    translate(article, "fi", submit=False)

    assert passport(finnish).freshness == "outdated"


def test_label_goes_with_a_reviewed_translation(article, finnish):
    publish(article, ingress="Ändrad.")
    waiting = translate(article, "fi", approve=False)
    before = passport(finnish).freshness

    actions.approve(
        waiting, by=person("reviewer_fi"), revision_id=waiting.latest_revision_id
    )

    assert (before, passport(finnish).freshness) == ("outdated", "current")


def test_translation_made_from_older_swedish_is_outdated_when_it_appears(article):
    waiting = translate(article, "fi", approve=False)
    publish(article, ingress="Ändrad medan granskningen pågick.")

    actions.approve(
        waiting, by=person("reviewer_fi"), revision_id=waiting.latest_revision_id
    )

    assert passport(fresh(waiting)).freshness == "outdated"


def test_swedish_publication_touches_no_translation(article, finnish):
    """T15."""
    before = Head.objects.get(key=finnish.translation_key, locale="fi").publication_id

    publish(article, ingress="Ändrad.", significance="critical")

    after = Head.objects.get(key=finnish.translation_key, locale="fi").publication_id
    assert after == before


def test_move_ages_no_translation(site, article, finnish):
    actions.move_page(article, site.home, pos="last-child")

    assert read_path("/fi/" + finnish.slug + "/").passport.freshness == "current"


def test_swedish_has_no_label(article):
    found = passport(article)

    assert (found.origin, found.review, found.notices) == ("source", "none", [])


def test_missing_translation_says_so(article):
    found = read_path(f"/ar{article.public_path()}").passport

    assert (found.freshness, found.fallback_reason) == ("missing", "missing")
    assert [n.code for n in found.notices] == ["not_translated", "shown_in_swedish"]


def test_language_switch_names_each_state(article, finnish):
    translate(article, "so")
    publish(article, ingress="Ändrad.", significance="wording")
    choices = read_path(article.public_path()).languages

    assert {choice.tag: choice.state for choice in choices} == {
        "sv": "source",
        "fi": "minor",
        "ar": "missing",
        "so": "minor",
    }


def test_passport_tells_when_and_not_who(finnish):
    found = passport(finnish)

    assert found.reviewed_on is not None
    assert "reviewer_fi" not in str(found.as_json())
    assert "translator_fi" not in str(found.as_json())

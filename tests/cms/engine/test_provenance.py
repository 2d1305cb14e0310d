"""Who wrote a text, person or machine, and what readers are told of it."""

from __future__ import annotations

import pytest

from cms.desk import actions
from cms.desk.workbench import open_workbench
from cms.engine import localize
from cms.engine.providers import PhrasebookProvider
from cms.gate.errors import NotAllowed, NotFit
from cms.log import entries
from cms.reading.pages import read_path
from tests.factories.pages import approve, make_emergency, publish
from tests.factories.people import person
from tests.factories.translations import fill, marked, start


def title_of(translation):
    segments = open_workbench(translation).segments
    return next(segment for segment in segments if segment.path == "title")


def write_title(translation):
    segment = title_of(translation)
    actions.save_segment(
        translation,
        segment.id,
        "عنوان",
        base_version=segment.version,
        by=person("translator_ar"),
    )


def machine(translation):
    """A machine that knows every text of the translation."""
    bench = open_workbench(translation)
    known = {s.source: f"maskin {s.source}" for s in bench.segments}
    return PhrasebookProvider("provmaskin", known)


@pytest.fixture
def article(site):
    return site.live_article(title="Ny lampa")


@pytest.fixture
def arabic(article):
    return start(article, "ar")


def provenance_of(target):
    publication = entries.current(target.translation_key, "ar")
    return publication.origin, publication.review


def approve_arabic(translation, **terms):
    actions.submit_translation(translation, by=person("translator_ar"))
    target = localize.target_of(translation)
    return approve(target, approver=person("reviewer_ar"), **terms)


def test_machine_text_is_labelled_until_a_person_examined_it(arabic):
    actions.pretranslate(arabic, machine(arabic), by=person("translator_ar"))

    target = approve_arabic(arabic, examined=False)

    assert provenance_of(target) == ("machine", "none")
    notices = read_path(target.public_path()).passport.notices
    assert "machine" in [notice.code for notice in notices]


def test_machine_text_that_was_examined_says_so(arabic):
    actions.pretranslate(arabic, machine(arabic), by=person("translator_ar"))

    assert provenance_of(approve_arabic(arabic)) == ("machine", "approved")


def test_machine_text_that_a_person_edited_is_machine_edited(arabic):
    actions.pretranslate(arabic, machine(arabic), by=person("translator_ar"))
    write_title(arabic)

    assert provenance_of(approve_arabic(arabic)) == ("machine_edited", "approved")


def test_machine_does_not_overwrite_a_person(arabic):
    write_title(arabic)

    actions.pretranslate(arabic, machine(arabic), by=person("translator_ar"))

    assert title_of(arabic).target == "عنوان"


def test_human_translation_is_not_let_through_unexamined(arabic):
    fill(arabic, marked("ar"))

    with pytest.raises(NotFit):
        approve_arabic(arabic, examined=False)


@pytest.mark.parametrize(
    "facts",
    [{"mt_policy": "draft_only"}, {"sensitivity": "safety_critical"}],
    ids=["draft only", "safety critical"],
)
def test_machine_text_is_held_back_where_the_page_says_so(article, arabic, facts):
    publish(make_emergency())
    actions.pretranslate(arabic, machine(arabic), by=person("translator_ar"))
    publish(article, significance="wording", **facts)

    with pytest.raises(NotFit):
        approve_arabic(arabic, examined=False)


def test_machine_does_not_write_a_national_minority_language(article):
    finnish = start(article, "fi")

    with pytest.raises(NotAllowed):
        actions.pretranslate(finnish, machine(finnish), by=person("translator_fi"))


@pytest.mark.parametrize(
    "facts", [{"mt_policy": "forbidden"}, {"sensitivity": "safety_critical"}]
)
def test_machine_does_not_write_where_the_page_forbids_it(site, facts):
    publish(make_emergency())
    translation = start(site.live_article(**facts), "ar")

    with pytest.raises(NotAllowed):
        actions.pretranslate(
            translation, machine(translation), by=person("translator_ar")
        )

"""A language is set up by one command, from data, as often as one likes."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import (
    GroupPagePermission,
    Locale,
    Page,
    Workflow,
    WorkflowPage,
)

from cms.desk.setup import (
    UnknownLanguage,
    add_language,
    reviewers_of,
    translators_of,
)
from cms.gate.models import ReviewTask
from cms.gate.permissions import tree_root
from cms.reading.models import Language
from cms.reading.pages import read_path
from tests.factories.people import make_person
from tests.factories.translations import translate

ROWS = [row for row in settings.CMS_LANGUAGES if row["start"] != "media"]
TAGS = [row["tag"] for row in ROWS]
MODELS = (
    Group,
    GroupPagePermission,
    Language,
    Locale,
    Page,
    ReviewTask,
    Workflow,
    WorkflowPage,
)


def counts():
    return {model.__name__: model.objects.count() for model in MODELS}


@pytest.mark.parametrize("row", ROWS, ids=TAGS)
def test_language_is_what_the_catalogue_says_however_often_it_is_added(site, row):
    language = add_language(row["tag"], visible=True)

    assert language.tag == row["tag"]
    assert language.locale.language_code == row["tag"].lower()
    assert (language.autonym, language.direction) == (row["autonym"], row["direction"])
    assert language.fallback_chain == row["fallback"]
    assert language.visible
    before = counts()
    assert add_language(row["tag"]).pk == language.pk
    assert counts() == before


@pytest.mark.parametrize("tag", ["so", "ti", "sv-x-lattlast", "fa-AF", "sr-Latn"])
def test_language_is_ready_to_work_in(site, tag):
    """From nothing to a public page, with people of its own."""
    add_language(tag, visible=True)
    article = site.live_article(title="Ny lampa")

    target = translate(article, tag)

    answer = read_path(target.public_path())
    assert target.public_path().startswith(f"/{tag}/nyheter/")
    assert (answer.served.tag, answer.title) == (tag, f"{tag.lower()}: Ny lampa")


def test_front_page_of_a_new_language_is_a_draft_with_its_own_review(site):
    add_language("ti", visible=True)

    home = tree_root(Locale.objects.get(language_code="ti")).specific
    assert not home.live
    assert home.public_path() == "/ti/"
    assert home.get_workflow().name == "granskning på tigrinska"
    assert read_path("/ti/").served.tag == "sv"


def test_groups_hold_rights_in_their_own_tree_only(site):
    add_language("ti")
    translator = make_person("translator_ti", translators_of("ti"))
    reviewer = make_person("reviewer_ti", reviewers_of("ti"))
    own = tree_root(Locale.objects.get(language_code="ti")).specific

    for person in (translator, reviewer):
        assert own.permissions_for_user(person).can_edit()
        assert not site.home.permissions_for_user(person).can_edit()
    assert not own.permissions_for_user(translator).can_unpublish()


def test_groups_that_wagtail_comes_with_are_gone(site):
    rooted = GroupPagePermission.objects.filter(page__depth=1)

    assert not rooted.exists()
    assert not Workflow.objects.filter(workflow_pages__page__depth=1).exists()
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_group_of_wagtail_that_somebody_is_in_stays(site):
    group = Group.objects.create(name="Editors")
    make_person("somebody", "Editors")

    add_language("sv")

    assert Group.objects.filter(pk=group.pk).exists()


def test_tag_is_found_whatever_its_case(site):
    assert add_language("FA-af").tag == "fa-AF"
    assert Language.objects.filter(tag="fa-AF").count() == 1


@pytest.mark.parametrize("tag", ["xx", "swl", "", "sv/../fi"])
def test_unknown_language_is_refused(site, tag):
    before = counts()

    with pytest.raises(UnknownLanguage):
        add_language(tag)

    assert counts() == before


def test_configured_language_is_made_visible_later_and_never_hidden(site):
    hidden = add_language("ti")
    shown = add_language("ti", visible=True)
    kept = add_language("ti")

    assert (hidden.visible, shown.visible, kept.visible) == (False, True, True)


def test_language_that_readers_are_not_offered_answers_nothing(site):
    add_language("ti")

    assert read_path("/ti/nyheter/") is None


def test_workflow_that_the_municipality_chose_is_kept(site):
    add_language("ti")
    home = tree_root(Locale.objects.get(language_code="ti"))
    chosen = Workflow.objects.create(name="Vår egen")
    WorkflowPage.objects.filter(page=home).update(workflow=chosen)

    add_language("ti")

    assert WorkflowPage.objects.get(page=home).workflow == chosen


def test_command_adds_a_language(site):
    call_command("add_language", "ti")

    assert Language.objects.filter(tag="ti").exists()

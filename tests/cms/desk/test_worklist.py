"""The list of what there is to translate, for each language."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.desk import worklist
from cms.gate import actions as gate
from cms.reading.models import Language
from tests.factories import translations
from tests.factories.pages import publish
from tests.factories.people import person

LIST = "/admin/desk/"


@pytest.fixture
def finnish(site):
    return Language.objects.get(tag="fi")


def row_of(source, language):
    return next(r for r in worklist.rows(language) if r.key == source.translation_key)


def test_text_that_nobody_has_begun_is_missing(site, finnish):
    row = row_of(site.live_article(), finnish)

    assert (row.public, row.work, row.translation_id) == ("missing", "", None)


def test_work_in_progress_tells_how_far_it_is(site, finnish):
    article = site.live_article()
    translation = translations.start(article, "fi")
    translations.fill(translation, {"title": f"Suomeksi {article.title}"})

    row = row_of(article, finnish)

    assert (row.work, row.percent) == ("in_progress", 100)


def test_states_follow_the_translation(site, finnish):
    article = site.live_article()
    target = translations.translate(article, "fi", approve=False)
    assert row_of(article, finnish).work == "in_review"

    gate.send_back(
        target,
        by=person("reviewer_fi"),
        revision_id=target.latest_revision_id,
        comment="Tarkista otsikko.",
    )
    row = row_of(article, finnish)
    assert (row.work, row.reason) == ("sent_back", "Tarkista otsikko.")


def test_public_translation_is_current_until_swedish_changes(site, finnish):
    article = site.live_article()
    translations.translate(article, "fi")
    row = row_of(article, finnish)
    assert (row.public, row.work) == ("current", "")

    publish(article, ingress="Nytt.", significance="wording")
    assert row_of(article, finnish).public == "minor"

    publish(article, ingress="Nyare.", significance="critical")
    row = row_of(article, finnish)
    assert (row.public, row.is_critical) == ("outdated", True)


def test_outdated_comes_first_then_what_must_be_translated(site, finnish):
    on_demand = site.live_article(title="A")
    must = site.live_article(title="B", translation_priority="must")
    outdated = site.live_article(title="C")
    translations.translate(outdated, "fi")
    publish(outdated, ingress="Nytt.")
    wanted = [outdated.title, must.title, on_demand.title]

    titles = [row.title for row in worklist.rows(finnish)]

    assert [title for title in titles if title in wanted] == wanted


def test_contact_blocks_are_in_the_list(site, finnish):
    assert row_of(site.contact, finnish).kind == "block"


def test_list_can_be_narrowed_to_a_state(site, finnish):
    article = site.live_article()
    translations.translate(article, "fi", approve=False)

    assert [r.key for r in worklist.rows(finnish, state="in_review")] == [
        article.translation_key
    ]


def test_long_list_takes_as_many_queries_as_a_short_one(site, client):
    def make(count):
        for number in range(count):
            article = site.live_article()
            if number % 2:
                translations.translate(article, "fi", approve=number % 4 == 1)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    client.force_login(person("translator_fi"))
    make(4)
    client.get(LIST)
    short = queries()
    make(8)

    assert queries() == short


def test_translator_sees_their_own_language_only(site, client):
    client.force_login(person("translator_fi"))

    page = BeautifulSoup(client.get(LIST).content, "html.parser")

    assert [each["value"] for each in page.select("#language option")] == ["fi"]


def test_editor_may_follow_every_language_and_start(site, client):
    article = site.live_article()
    client.force_login(person("editor"))

    page = BeautifulSoup(client.get(LIST).content, "html.parser")
    assert len(page.select("#language option")) > 1
    facts = {"key": str(article.translation_key), "language": "ar"}
    response = client.post(reverse("desk:start"), facts)

    assert response["Location"] == LIST
    assert row_of(article, Language.objects.get(tag="ar")).translation_id


def test_starting_opens_the_desk(site, client, finnish):
    article = site.live_article()
    client.force_login(person("translator_fi"))

    response = client.post(
        reverse("desk:start"),
        {"key": str(article.translation_key), "language": "fi"},
    )

    translation_id = row_of(article, finnish).translation_id
    assert response["Location"] == reverse("desk:translation", args=[translation_id])


@pytest.mark.parametrize(
    "key", ["", "nonsense", "00000000-0000-0000-0000-000000000000"]
)
def test_unknown_text_cannot_be_started(site, client, key):
    client.force_login(person("translator_fi"))

    response = client.post(reverse("desk:start"), {"key": key, "language": "fi"})

    assert response.status_code == 404


def test_nobody_starts_in_a_language_of_others(site, client):
    article = site.live_article()
    client.force_login(person("translator_ar"))

    response = client.post(
        reverse("desk:start"),
        {"key": str(article.translation_key), "language": "fi"},
    )

    assert response.status_code == 403


def test_language_is_not_offered_to_readers_before_it_has_words(site, client):
    client.force_login(person("admin"))
    somali = Language.objects.get(tag="fi")
    Language.objects.filter(pk=somali.pk).update(tag="ckb")

    response = client.post(
        f"/admin/languages/edit/{somali.pk}/",
        {"active": "on", "visible": "on", "order": "5"},
    )

    assert "visible" in response.context["form"].errors

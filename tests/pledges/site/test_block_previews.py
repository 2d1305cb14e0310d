"""Shared blocks of pledges, shown to staff as readers meet them."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from pledges.models import SurveyResult
from tests.factories.pages import publish
from tests.factories.pledges import (
    make_dialogue,
    make_indicator,
    make_official,
    make_partner,
    make_place,
    make_survey,
    make_working_group,
)
from tests.factories.translations import translate
from tests.strict_html import faults

pytestmark = pytest.mark.django_db


def preview(block):
    """Return what the preview of a draft says, after checking its HTML."""
    response = block.make_preview_request()
    html = response.content.decode()
    assert response.status_code == 200
    assert faults(html) == []
    main = BeautifulSoup(html, "html.parser").main
    assert main.find(class_="contact") is None
    return " ".join(main.get_text(" ").split())


def test_partner_is_shown_with_what_it_is(site):
    partner = make_partner("Polismyndigheten", display_name="polisen i Gästrikland")

    assert "Polismyndigheten (polisen i Gästrikland)" in preview(partner)


@pytest.mark.parametrize("shown", [True, False])
def test_person_is_shown_with_what_they_have_agreed_to(site, shown):
    person = make_official(
        phone="+46701740612", email="jonas.ek@example.org", publish_contact=shown
    )

    text = preview(person)

    assert "trygghetssamordnare" in text
    assert ("070-174 06 12" in text) is shown
    assert ("jonas.ek@" in text) is shown


def test_dialogue_is_shown_with_what_can_and_cannot_be_done(site):
    dialogue = make_dialogue(
        "Fem dialoger", what_we_cannot_do="Vi äger inte lamporna.", occasions=5
    )

    text = preview(dialogue)

    assert "Vi ser över belysningen." in text
    assert "Vi äger inte lamporna." in text


def test_working_group_is_shown_by_organisations_and_roles(site):
    police = publish(make_partner("Polismyndigheten", category="police"))
    group = make_working_group(
        "Arbetsgrupp trafik", convener=police, meeting_frequency="En gång i månaden"
    )

    text = preview(group)

    assert "Arbetsgrupp trafik" in text
    assert "Polismyndigheten" in text
    assert "En gång i månaden" in text


def test_place_is_shown_with_its_measure(site):
    assert "Ny belysning sätts upp." in preview(make_place("Bron i Årsunda"))


def test_survey_and_question_are_shown_as_a_chart(site):
    indicator = publish(make_indicator("Trygg ute sent"))
    survey = make_survey(year=2025)
    survey.results = [SurveyResult(indicator=indicator, value=71, n=700)]
    survey.save()

    assert "71" in preview(survey)
    publish(survey)
    text = preview(indicator)
    assert "Trygg ute sent" in text
    assert "71" in text


def test_translation_of_a_block_is_shown_in_its_language(site):
    partner = publish(make_partner("Polismyndigheten", display_name="polisen"))
    finnish = translate(partner, "fi", {"display_name": "poliisi"}, approve=False)

    text = preview(finnish.get_latest_revision_as_object())

    assert "(poliisi)" in text

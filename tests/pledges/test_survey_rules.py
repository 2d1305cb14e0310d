"""What the figures of a survey must be like before they are reviewed (C-4)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cms.gate import rules
from cms.gate.errors import NotFit
from pledges.models import SurveyResult
from tests.factories.pages import publish, submit
from tests.factories.pledges import make_indicator, make_survey
from tests.factories.translations import translate


def with_results(*rows, **facts):
    """A draft of a survey; a row is (indicator, value, dimension, group, more)."""
    survey = make_survey(**facts)
    survey.results = [
        SurveyResult(
            indicator=indicator, value=Decimal(value), dimension=dimension,
            group=group, **more,
        )
        for indicator, value, dimension, group, more in rows
    ]  # fmt: skip
    survey.save()
    return survey


def codes(survey):
    return {issue.code for issue in rules.publication_issues(survey)}


def test_survey_with_sound_figures_can_be_published(site):
    indicator = make_indicator()
    survey = with_results(
        (indicator, "71", "total", "", {}),
        (indicator, "62", "gender", "women", {"n": 365}),
        (indicator, "80", "gender", "men", {"n": 355, "margin": Decimal("4.1")}),
    )

    assert codes(survey) == set()
    assert publish(survey).live


@pytest.mark.parametrize(
    ("unit", "value", "sound"),
    [
        ("percent", "0", True),
        ("percent", "100", True),
        ("percent", "100.01", False),
        ("percent", "-0.01", False),
        ("index_0_6", "6", True),
        ("index_0_6", "6.01", False),
        ("index_0_6", "-1", False),
        ("count", "12000", True),
        ("count", "-1", False),
        ("rate_per_1000", "1000", True),
        ("rate_per_1000", "1000.5", False),
    ],
)
def test_value_lies_within_its_unit(site, unit, value, sound):
    survey = with_results((make_indicator(unit=unit), value, "total", "", {}))

    assert ("result_range" not in codes(survey)) is sound


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("71", "total", "", {"n": 721}), "result_answers"),
        (("71", "total", "", {"margin": Decimal("-1")}), "result_margin"),
        (("71", "total", "women", {}), "result_group"),
        (("71", "age", "", {"n": 100}), "result_group"),
        (("71", "gender", "others", {"n": 100}), "result_group"),
        (("71", "gender", "women", {"n": 100}), "group_missing"),
    ],
)
def test_figure_that_cannot_be_right_is_named(site, row, code):
    indicator = make_indicator("Trygg ute")
    survey = with_results((indicator, *row))

    found = [i for i in rules.publication_issues(survey) if i.code == code]
    assert found
    assert all("Trygg ute" in issue.message for issue in found)
    with pytest.raises(NotFit):
        submit(survey)


def test_group_that_other_questions_have_is_missing(site):
    one, two = make_indicator("Ett"), make_indicator("Två")
    survey = with_results(
        (one, "71", "age", "16-24", {"n": 100}),
        (one, "72", "age", "25-44", {"n": 100}),
        (two, "73", "age", "16-24", {"n": 100}),
    )

    (issue,) = rules.publication_issues(survey)
    assert issue.code == "group_missing"
    assert "Två" in issue.message
    assert "25-44" in issue.message


def test_change_of_method_is_explained(site):
    survey = make_survey(method_break=True)

    assert codes(survey) == {"method_break_note"}
    survey.method_break_note = "Frågan ställs på ett nytt sätt."
    assert codes(survey) == set()


def test_translation_is_not_asked_for_figures(site):
    indicator = publish(make_indicator())
    survey = publish(with_results((indicator, "71", "total", "", {})))
    finnish = translate(survey, "fi")

    assert finnish.live
    assert finnish.document()["results"] == []

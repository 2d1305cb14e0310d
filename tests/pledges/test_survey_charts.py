"""What charts say: segments, comparisons, sentences. No database."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from cms.reading.shapes import Reference
from pledges.reading.chart_words import SENTENCES, Change
from pledges.reading.charts import charts_of, ticks
from tests.factories.charts import demo_charts, indicator, result, series, survey


def years_of(chart):
    return [[point.year for point in segment] for segment in chart.segments]


def test_years_stand_in_order_whatever_order_they_come_in():
    chart = series((2021, "3"), (2017, "1"), (2019, "2"))

    assert years_of(chart) == [[2017, 2019, 2021]]


def test_change_of_method_starts_a_new_segment():
    chart = series((2017, "1"), (2019, "2"), (2021, "3"), (2023, "4"), breaks={2021})

    assert years_of(chart) == [[2017, 2019], [2021, 2023]]


def test_first_survey_with_a_new_method_needs_no_empty_segment():
    assert years_of(series((2021, "3"), (2023, "4"), breaks={2021})) == [[2021, 2023]]


def test_each_change_of_method_is_one():
    chart = series((2017, "1"), (2019, "2"), (2021, "3"), breaks={2019, 2021})

    assert years_of(chart) == [[2017], [2019], [2021]]


@pytest.mark.parametrize(
    ("polarity", "first", "last", "change"),
    [
        ("higher_is_better", "65", "71", Change.BETTER),
        ("higher_is_better", "71", "65", Change.WORSE),
        ("lower_is_better", "65", "71", Change.WORSE),
        ("lower_is_better", "71", "65", Change.BETTER),
        ("higher_is_better", "65", "65", Change.UNCHANGED),
        ("lower_is_better", "65", "65.00", Change.UNCHANGED),
    ],
)
def test_polarity_decides_what_is_better(polarity, first, last, change):
    assert series((2019, first), (2021, last), polarity=polarity).change is change


@pytest.mark.parametrize(
    ("last", "margin", "change"),
    [
        ("69", "3", Change.UNCERTAIN),
        ("61", "3", Change.UNCERTAIN),
        ("69.24", "3", Change.UNCERTAIN),
        ("69.25", "3", Change.BETTER),
        ("60.75", "3", Change.WORSE),
        ("65.01", None, Change.BETTER),
        ("65", "3", Change.UNCHANGED),
    ],
)
def test_difference_within_the_margins_is_no_certain_change(last, margin, change):
    """Two margins of 3 are together the root of 18, or 4.243."""
    assert series((2019, "65"), (2021, last), margin=margin).change is change


def test_nothing_is_compared_across_a_change_of_method():
    chart = series((2017, "10"), (2021, "70"), (2023, "60"), breaks={2021})

    assert chart.change is Change.WORSE
    assert (chart.first.year, chart.last.year) == (2021, 2023)


def test_single_survey_has_nothing_to_be_compared_with():
    assert series((2021, "70")).change is Change.NOTHING_YET
    new = series((2019, "10"), (2021, "70"), breaks={2021})
    assert new.change is Change.NEW_METHOD


def test_demo_says_what_its_figures_say():
    found = {key: chart.change for key, chart in demo_charts().items()}

    assert found == {
        "ute": Change.BETTER,
        "fart": Change.BETTER,
        "morker": Change.UNCERTAIN,
        "index": Change.BETTER,
    }


def test_sentence_has_both_values_and_both_years():
    chart = series((2017, "63"), (2021, "65"), (2025, "71"), breaks={2021})
    with translation.override("en"):
        text = chart.summary(lambda value: f"<{value}>")

    assert text == "Better: the result was <71> in 2025 and <65> in 2021."


@pytest.mark.parametrize("change", Change)
@pytest.mark.parametrize("tag", ["sv", "fi", "ar", "so"])
def test_every_sentence_can_be_said_in_every_language(change, tag):
    charts = {
        Change.BETTER: series((2021, "1"), (2023, "5")),
        Change.WORSE: series((2021, "5"), (2023, "1")),
        Change.UNCHANGED: series((2021, "5"), (2023, "5")),
        Change.UNCERTAIN: series((2021, "5"), (2023, "6"), margin="9"),
        Change.NOTHING_YET: series((2023, "5")),
        Change.NEW_METHOD: series((2021, "5"), (2023, "6"), breaks={2023}),
    }
    assert set(charts) == set(SENTENCES)
    chart = charts[change]
    with translation.override(tag):
        text = chart.summary(str)

    assert chart.change is change
    assert str(chart.last.value) in text
    assert "2023" in text
    assert "%(" not in text


def test_chart_has_the_question_its_unit_and_its_direction():
    chart = series((2021, "1.5"), unit="index_0_6", polarity="lower_is_better")

    assert (chart.unit, chart.polarity) == ("index_0_6", "lower_is_better")
    assert chart.higher_is_better is False
    with translation.override("en"):
        assert chart.unit_name() == "index from 0 to 6"
        assert chart.direction() == "Lower is better"


def test_only_questions_of_the_page_get_a_chart():
    surveys = [survey(2021, result("1"), result("2", "fart"))]
    everything = {"ute": indicator(), "matning": survey(2020, result("9"))}

    assert list(charts_of(everything, surveys)) == ["ute"]
    assert charts_of({"fart": indicator("fart")}, surveys)["fart"].last.value == 2
    assert charts_of({"annat": indicator("annat")}, surveys) == {}
    assert charts_of({"ute": indicator()}, []) == {}


def test_survey_without_a_figure_for_everybody_is_no_point():
    partial = survey(2023, result("9", dimension="gender", group="women"))
    surveys = [survey(2021, result("1")), partial]

    chart = charts_of({"ute": indicator()}, surveys)["ute"]
    assert years_of(chart) == [[2021]]
    assert chart.breakdowns == []
    assert charts_of({"ute": indicator()}, [partial]) == {}


def test_groups_are_those_of_the_last_survey():
    groups = [result("62", dimension="gender", group="women", n=365)]
    older = [result("50", dimension="age", group="16-29")]
    surveys = [survey(2021, result("1"), *older), survey(2023, result("2"), *groups)]

    (breakdown,) = charts_of({"ute": indicator()}, surveys)["ute"].breakdowns
    assert breakdown.dimension == "gender"
    assert [r.value for r in breakdown.results] == [62]


def test_groups_have_the_readers_names():
    ages, genders = (
        demo_charts()["ute"].breakdowns[1],
        demo_charts()["ute"].breakdowns[0],
    )

    with translation.override("en"):
        assert [r.group_name for r in genders.results] == ["Women", "Men"]
    assert [r.group_name for r in ages.results] == ["16–29", "30–64", "65+"]


def test_other_areas_stand_in_the_table_and_not_on_the_line():
    surveys = [
        survey(2019, result("1")),
        survey(2021, result("2"), area="Gävleborg"),
        survey(2023, result("3")),
    ]
    chart = charts_of({"ute": indicator()}, surveys)["ute"]

    assert years_of(chart) == [[2019, 2023]]
    assert [(p.year, p.area) for p in chart.elsewhere] == [(2021, "Gävleborg")]
    assert [p.year for p in chart.rows] == [2023, 2021, 2019]


def test_several_years_taken_together_stand_between_them():
    surveys = [survey(2019, result("1"), year_to=2020), survey(2021, result("2"))]
    first, last = charts_of({"ute": indicator()}, surveys)["ute"].points

    assert (first.years, first.moment) == ("2019–2020", Decimal("2019.5"))
    assert (last.years, last.moment) == ("2021", 2021)


def test_values_share_their_decimals():
    assert series((2021, "1.7"), (2023, "1.64")).decimals == 2
    assert series((2021, "70"), (2023, "71")).decimals == 0
    assert series((2021, "1200"), (2023, "100")).decimals == 0


@pytest.mark.parametrize(
    ("highest", "limit", "expected"),
    [
        ("74.3", 100, [0, 20, 40, 60, 80]),
        ("99.9", 100, [0, 20, 40, 60, 80, 100]),
        ("104", 100, [0, 20, 40, 60, 80, 100]),
        ("1.98", 6, [0, 0.5, 1, 1.5, 2]),
        ("6.2", 6, [0, 2, 4, 6]),
        ("12000", None, [0, 2500, 5000, 7500, 10000, 12500]),
        ("3", None, [0, 1, 2, 3]),
        ("0", 100, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    ],
)
def test_axis_has_round_values_from_nothing(highest, limit, expected):
    limit = None if limit is None else Decimal(limit)

    assert ticks(Decimal(highest), limit) == [Decimal(str(value)) for value in expected]


def test_axis_reaches_above_the_margin_of_error():
    assert series((2021, "59"), margin="3").ticks[-1] == 80
    assert series((2021, "59")).ticks[-1] == 60


def test_words_know_their_language():
    question = replace(indicator(label="Trygg ute"), html_lang="sv", direction="ltr")
    note = survey(
        2021, result("1"), html_lang="sv", method_break=True, method_break_note="Nytt."
    )
    chart = charts_of({"ute": question}, [note])["ute"]

    assert (chart.label.text, chart.label.html_lang) == ("Trygg ute", "sv")
    assert (chart.last.note.text, chart.last.note.html_lang) == ("Nytt.", "sv")
    own = series((2021, "1"))
    assert own.label.html_lang == ""


def test_words_that_are_not_translated_yet_are_swedish():
    question = indicator(question_text="Är du trygg?")
    finnish = {**question.document, "question_text": ""}
    chart = charts_of(
        {"ute": replace(question, document=finnish)}, [survey(2021, result("1"))]
    )["ute"]

    assert (chart.question.text, chart.question.html_lang) == ("Är du trygg?", "sv")


def test_who_ordered_the_survey_is_named_when_known():
    police = Reference(
        "polisen", "pledges.partner", "Polisen", None, None, "ltr", {}, {}
    )
    ordered = survey(2021, result("1"), commissioner="polisen")

    known = charts_of({"ute": indicator(), "polisen": police}, [ordered])["ute"]
    assert known.commissioner.text == "Polisen"
    assert charts_of({"ute": indicator()}, [ordered])["ute"].commissioner is None

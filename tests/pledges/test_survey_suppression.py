"""Small cells never leave the desk: not in the log, not anywhere (I10)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal

import pytest

from cms.kinds import references
from cms.log.models import Publication
from pledges.kinds import Survey
from pledges.models import SurveyResult
from pledges.suppression import MIN_ANSWERS, answers, published
from tests.factories.pages import publish
from tests.factories.pledges import make_indicator, make_survey


@dataclass(frozen=True)
class Cell:
    """A result without a database."""

    n: int | None
    group: str = ""
    dimension: str = "total"
    suppressed: bool = False
    indicator_id: int = 1


def women(n, **facts):
    return Cell(n, "women", "gender", **facts)


def men(n, **facts):
    return Cell(n, "men", "gender", **facts)


def ages(*numbers, **facts):
    return [Cell(n, f"{i}0-{i}9", "age", **facts) for i, n in enumerate(numbers, 1)]


def groups_of(cells):
    return [cell.group for cell in cells]


@pytest.mark.parametrize(("n", "shown"), [(29, 0), (30, 1), (0, 0), (31, 1)])
def test_fewer_than_thirty_answers_are_not_shown(n, shown):
    assert MIN_ANSWERS == 30
    assert len(published([Cell(n)], 700)) == shown


def test_what_is_marked_is_not_shown_however_many_answered():
    assert published([Cell(700, suppressed=True)], 700) == []


def test_total_without_a_number_rests_on_everybody_who_answered():
    assert answers(Cell(None), 712) == 712
    assert len(published([Cell(None)], 712)) == 1
    assert published([Cell(None)], 12) == []
    assert published([Cell(None)], None) == []


def test_group_without_a_number_never_borrows_that_of_everybody():
    cells = [Cell(700), women(None), men(None)]

    assert published(cells, 700) == [Cell(700)]
    assert answers(women(None), 700) is None


def test_single_hidden_group_takes_the_smallest_other_with_it():
    cells = [Cell(700), *ages(12, 200, 150, 338)]

    assert groups_of(published(cells, 700)) == ["", "20-29", "40-49"]


def test_two_groups_are_hidden_together():
    assert published([Cell(700), women(20), men(680)], 700) == [Cell(700)]


def test_group_marked_by_hand_is_protected_like_a_small_one():
    cells = [Cell(700), women(350, suppressed=True), men(350)]

    assert published(cells, 700) == [Cell(700)]


def test_two_hidden_groups_of_few_people_take_a_third_along():
    """Together they are thirteen people, whose value could be worked out."""
    cells = [Cell(700), *ages(5, 8, 187, 500)]

    assert groups_of(published(cells, 700)) == ["", "40-49"]


def test_two_hidden_groups_of_many_people_need_no_third():
    cells = [Cell(700), *ages(25, 28, 187, 460)]

    assert groups_of(published(cells, 700)) == ["", "30-39", "40-49"]


def test_hidden_total_cannot_be_added_up_from_its_groups():
    cells = [Cell(700, suppressed=True), women(350), men(351), *ages(300, 401)]

    assert groups_of(published(cells, 700)) == ["men", "20-29"]


def test_nothing_hidden_hides_nothing():
    cells = [Cell(700), women(350), men(350), *ages(300, 400)]

    assert published(cells, 700) == cells


def test_questions_and_breakdowns_are_judged_apart():
    other = [women(300, indicator_id=2), men(400, indicator_id=2)]
    cells = [Cell(700), women(20), men(680), *ages(300, 400), *other]

    assert published(cells, 700) == [Cell(700), *ages(300, 400), *other]


def test_same_figures_in_another_order_hide_the_same():
    cells = [Cell(700), *ages(12, 200, 150, 338)]
    backwards = published(reversed(cells), 700)

    assert set(backwards) == set(published(cells, 700))


SECRETS = {"small": "12.34", "marked": "23.45", "uncounted": "34.56", "beside": "45.67"}


@pytest.fixture
def survey(site):
    """A survey in which four values must never be seen, and one may."""
    one, two = (publish(make_indicator()) for _number in range(2))

    def result(indicator, value, dimension="total", group="", **facts):
        return SurveyResult(
            indicator=indicator, value=Decimal(value), dimension=dimension,
            group=group, **facts,
        )  # fmt: skip

    survey = make_survey(n_answered=720)
    survey.results = [
        result(one, "71.89"),
        result(one, SECRETS["small"], "gender", "women", n=29),
        result(one, SECRETS["beside"], "gender", "men", n=691),
        result(one, SECRETS["uncounted"], "area", "Storvik"),
        result(two, SECRETS["marked"], n=700, suppressed=True),
    ]
    survey.save()
    return publish(survey)


def test_hidden_values_are_not_in_the_log(survey):
    row = Publication.objects.filter(key=survey.translation_key).latest("pk")
    stored = json.dumps(row.document)

    assert "71.89" in stored
    assert [value for value in SECRETS.values() if value in stored] == []
    assert [value for value in SECRETS.values() if value[:4] in stored] == []


def test_question_of_which_everything_is_hidden_is_not_named(survey):
    row = Publication.objects.filter(key=survey.translation_key).latest("pk")

    named = [key for name, key in references.named(Survey, row.document)]

    assert named == [row.document["results"][0]["indicator"]]
    assert [r["n"] for r in row.document["results"]] == [720]

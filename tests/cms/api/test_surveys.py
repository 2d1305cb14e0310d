"""Survey figures through the API: what is public, and nothing that is suppressed."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.gate import actions
from pledges.api.surveys import CSV_COLUMNS
from pledges.models import SurveyResult
from tests.cms.api.problems import assert_problem
from tests.factories.pages import edit, fresh, publish
from tests.factories.people import person
from tests.factories.pledges import make_indicator, make_survey
from tests.factories.translations import translate

SECRETS = ("12.34", "45.67", "23.45")
ROUTES = ("surveys", "surveys/results.csv")


@pytest.fixture
def question(site):
    return publish(make_indicator("Trygg ute", code="trygg", question_text="Trygg?"))


def asked(question, year, *rows, **facts):
    """A public survey; a row is (value, dimension, group, more)."""
    survey = make_survey(year=year, **facts)
    survey.results = [
        SurveyResult(
            indicator=question, value=Decimal(value), dimension=dimension,
            group=group, **more,
        )
        for value, dimension, group, more in rows
    ]  # fmt: skip
    survey.save()
    return publish(survey)


@pytest.fixture
def figures(question):
    """Three surveys, a change of method, and three values that nobody may see."""
    asked(question, 2019, ("66.5", "total", "", {}))
    note = {"method_break": True, "method_break_note": "Ny metod."}
    asked(question, 2021, ("65", "total", "", {"margin": Decimal("1.5")}), **note)
    return asked(
        question, 2023,
        ("71.89", "total", "", {"comparison_area": "Gävleborg",
                                "comparison_value": Decimal("68.4")}),
        (SECRETS[0], "gender", "women", {"n": 29}),
        (SECRETS[1], "gender", "men", {"n": 691}),
        (SECRETS[2], "area", "Storvik", {"n": 300, "suppressed": True}),
    )  # fmt: skip


@pytest.fixture
def api(client):
    def get(route, **parameters):
        return client.get(f"/api/v1/{route}", parameters or None)

    return get


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8"))))


def test_question_has_its_series_oldest_first(figures, api):
    (question,) = api("surveys").json()

    assert question["code"] == "trygg"
    assert question["label"] == "Trygg ute"
    assert question["question"] == "Trygg?"
    assert (question["unit"], question["polarity"]) == ("percent", "higher_is_better")
    assert [each["year"] for each in question["surveys"]] == [2019, 2021, 2023]
    assert [each["new_method"] for each in question["surveys"]] == [False, True, False]
    (total,) = question["surveys"][2]["results"]
    assert total == {
        "dimension": "total", "group": "", "value": 71.89, "n": 720, "margin": None,
        "comparison_area": "Gävleborg", "comparison_value": 68.4,
    }  # fmt: skip


def test_question_is_found_by_its_key(figures, question, api):
    (listed,) = api("surveys").json()

    assert api(f"surveys/{question.translation_key}").json() == listed


def test_summary_is_of_the_years_that_can_be_compared(figures, api):
    (question,) = api("surveys").json()

    assert question["change"] == "better"
    assert "2021" in question["summary"]
    assert "71,89\u00a0%" in question["summary"]
    assert "2019" not in question["summary"]


def test_words_are_in_the_language_or_say_what_they_are_in(figures, question, api):
    translate(question, "fi", {"label": "Turvallinen olo"})
    (finnish,) = api("surveys", lang="fi").json()
    (arabic,) = api("surveys", lang="ar").json()

    assert (finnish["label"], finnish["lang"]) == ("Turvallinen olo", "fi")
    assert finnish["surveys"][0]["lang"] == "sv"
    assert (arabic["label"], arabic["lang"]) == ("Trygg ute", "sv")
    assert finnish["surveys"][2]["results"] == arabic["surveys"][2]["results"]


def test_figures_are_swedish_whatever_a_translation_was_made_from(figures, api):
    translate(figures, "fi", {"name": "Kysely 2023"})
    survey = fresh(figures).get_latest_revision_as_object()
    results = list(survey.results.all())
    results[0].value = Decimal("72.5")
    publish(figures, results=results)
    (question,) = api("surveys", lang="fi").json()

    assert question["surveys"][2]["name"] == "Kysely 2023"
    assert question["surveys"][2]["results"][0]["value"] == 72.5


def test_table_has_one_row_for_each_public_figure(figures, api):
    response = api("surveys/results.csv")
    rows = rows_of(response)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="results.csv"' in response["Content-Disposition"]
    assert list(rows[0]) == CSV_COLUMNS
    assert [(row["year"], row["value"]) for row in rows] == [
        ("2019", "66.5"), ("2021", "65"), ("2023", "71.89"),
    ]  # fmt: skip
    assert rows[1]["margin"] == "1.5"
    assert rows[1]["new_method"] == "yes"
    assert rows[2]["comparison_area"] == "Gävleborg"
    assert rows[2]["margin"] == rows[2]["year_to"] == ""


def test_table_of_nothing_has_its_headings(site, api):
    assert api("surveys/results.csv").content.decode().split() == [
        ",".join(CSV_COLUMNS)
    ]
    assert api("surveys").json() == []


@pytest.mark.parametrize("name", ["=1+1", "+A1", "-A1", "@SUM(A1)", "-1", 'Plain, "x"'])
def test_cell_is_never_a_formula(question, api, name):
    asked(question, 2023, ("71", "total", "", {}), name=name)
    (row,) = rows_of(api("surveys/results.csv"))

    kept = name if name in {"-1", 'Plain, "x"'} else f"'{name}"
    assert row["survey"] == kept


def test_suppressed_figures_are_in_no_answer(figures, question, api):
    """I10: neither themselves nor what would give them away."""
    routes = [*ROUTES, f"surveys/{question.translation_key}"]
    for route in routes:
        text = api(route).content.decode()
        assert "71.89" in text
        assert [secret for secret in SECRETS if secret in text] == []
        for word in ("women", '"men"', ",men,", "Storvik"):
            assert word not in text


def test_draft_is_not_there(question, api):
    draft = make_survey()
    draft.results = [SurveyResult(indicator=question, value=Decimal(71))]
    draft.save()
    publish(make_indicator("Utan svar", code="a"))
    edit(question, label="Utkast")

    found = api("surveys").json()
    assert [(each["code"], each["surveys"]) for each in found] == [
        ("a", []),
        ("trygg", []),
    ]
    assert found[1]["label"] == "Trygg ute"
    assert found[1]["change"] is None
    assert rows_of(api("surveys/results.csv")) == []


def test_withdrawn_survey_is_gone(figures, api):
    actions.withdraw(fresh(figures), by=person("approver"))

    (question,) = api("surveys").json()
    assert [each["year"] for each in question["surveys"]] == [2019, 2021]
    assert len(rows_of(api("surveys/results.csv"))) == 2


def test_unknown_question_and_language_are_problems(figures, question, api):
    nobody = "00000000-0000-4000-8000-000000000000"
    assert_problem(api(f"surveys/{nobody}"), 404)
    assert_problem(api(f"surveys/{figures.translation_key}"), 404)
    assert_problem(api("surveys/xyz"), 404)
    assert_problem(api("surveys", lang="xx"), 404)
    assert_problem(api(f"surveys/{question.translation_key}", lang="xx"), 404)


@pytest.mark.parametrize("route", ROUTES)
def test_unknown_parameter_is_named(site, api, route):
    body = assert_problem(api(route, sida="1"), 422)

    assert "sida" in body["detail"]


def test_writing_is_refused(site, client):
    for route in ROUTES:
        assert_problem(client.post(f"/api/v1/{route}"), 405)


@pytest.mark.parametrize("route", ROUTES)
def test_answer_is_kept_until_it_changes(figures, question, client, api, route):
    first = api(route)
    again = client.get(f"/api/v1/{route}", headers={"If-None-Match": first["ETag"]})
    asked(question, 2025, ("73", "total", "", {}))
    changed = client.get(f"/api/v1/{route}", headers={"If-None-Match": first["ETag"]})

    assert "public" in first["Cache-Control"]
    assert first["Access-Control-Allow-Origin"] == "*"
    assert again.status_code == 304
    assert changed.status_code == 200


@pytest.mark.parametrize("route", ROUTES)
def test_more_surveys_take_no_more_queries(figures, question, api, route):
    with CaptureQueriesContext(connection) as few:
        api(route)
    for year in (2024, 2025):
        asked(question, year, ("70", "total", "", {}))
    publish(make_indicator())
    with CaptureQueriesContext(connection) as many:
        api(route)

    assert len(many) == len(few) <= 2

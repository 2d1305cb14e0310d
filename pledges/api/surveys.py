"""Survey figures for other people's charts: what is public, from the log alone.

What is suppressed is not in the log, so it cannot be here (I10).
"""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Query, Router
from ninja.errors import HttpError

from cms.api import schemas as s
from cms.api.problems import refuse_parameters
from cms.api.shapes import LanguageTag, Shape
from cms.reading.languages import source_code
from cms.reading.models import Language
from cms.reading.pages import Library, Reference
from cms.reading.selections import of_types
from cms.reading.shared import texts
from cms.site import formatting
from pledges.api.schemas import PartyInfo
from pledges.reading.chart_words import Change
from pledges.reading.charts import INDICATOR, SURVEY, Chart, charts_of
from pledges.reading.parties import PARTNER, party
from pledges.reading.words import Readers

CSV = "text/csv"
CSV_COLUMNS = [
    "question", "label", "unit", "polarity", "survey", "year", "year_to", "area",
    "dimension", "group", "value", "n", "margin", "comparison_area",
    "comparison_value", "new_method",
]  # fmt: skip
#: A spreadsheet would calculate a cell that begins so.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

#: What the answer about a survey has as the log has it.
_AS_STORED = (
    "method", "year", "year_to", "collected_from", "collected_to", "area", "asked",
    "answered", "report_url",
)  # fmt: skip

router = Router()


class SurveyFigure(Shape):
    """One result; what rests on few answers is not among them."""

    dimension: Literal["total", "gender", "age", "area"]
    group: str
    value: float
    n: int | None
    margin: float | None
    comparison_area: str
    comparison_value: float | None


class SurveyRound(Shape):
    """What one survey found out about the question, and how.

    ``lang`` is that of ``name``, ``method`` and ``new_method_note``.
    """

    key: str
    name: str
    lang: LanguageTag
    commissioner: PartyInfo | None
    method: str
    year: int
    year_to: int | None
    collected_from: date | None
    collected_to: date | None
    area: str
    asked: int | None
    answered: int | None
    new_method: bool
    new_method_note: str
    report_url: str
    results: list[SurveyFigure]


class SurveyQuestion(Shape):
    """A question with its figures, oldest survey first.

    ``change`` and ``summary`` speak of the years since the method last changed.
    """

    key: str
    code: str
    label: str
    question: str
    lang: LanguageTag
    unit: Literal["percent", "index_0_6", "count", "rate_per_1000"]
    polarity: Literal["higher_is_better", "lower_is_better"]
    source: Literal["police", "ntu", "municipal", "scb"]
    change: Change | None
    summary: str
    surveys: list[SurveyRound]


@router.get(
    "surveys",
    response={200: list[SurveyQuestion], **s.PROBLEMS},
    summary="Survey questions with their figures",
)
def surveys(request: HttpRequest, query: Query[s.LangQuery]) -> Any:
    """Every public survey question, in the order of its code."""
    language, found = _read(query.lang)
    return _questions(found, language)


@router.get(
    "surveys/results.csv",
    response={200: str, **s.BAD_QUERY},
    summary="All survey figures as CSV",
    openapi_extra={"x-media-type": CSV},
)
def survey_results(request: HttpRequest) -> Any:
    """One row for each public result; UTF-8, comma, decimal point, Swedish names."""
    refuse_parameters(request)
    language, found = _read(source_code())
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    for row in _rows(_questions(found, language)):
        writer.writerow([_cell(row[name]) for name in CSV_COLUMNS])
    response = HttpResponse(text.getvalue(), content_type=f"{CSV}; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="results.csv"'
    return response


@router.get(
    "surveys/{uuid:key}",
    response={200: SurveyQuestion, **s.PROBLEMS},
    summary="One survey question with its figures",
)
def survey(request: HttpRequest, key: uuid.UUID, query: Query[s.LangQuery]) -> Any:
    """A survey question by its key, which is the same in all languages."""
    language, found = _read(query.lang)
    for question in _questions(found, language):
        if question["key"] == str(key):
            return question
    raise HttpError(404, "There is no such survey question.")


def _read(tag: str) -> tuple[Language, list[Reference]]:
    """Return the language and every public question and survey, with two queries."""
    library = Library()
    language = library.readers_language(tag)
    if language is None:
        raise HttpError(404, f"There is no language '{tag[:35]}' here.")
    return language, texts(library, language, of_types(INDICATOR, SURVEY, PARTNER))


def _questions(found: list[Reference], language: Language) -> list[dict[str, Any]]:
    by_key = {each.key: each for each in found}
    charts = charts_of(by_key, found)
    rounds = [each for each in found if each.type == SURVEY]
    rounds.sort(key=lambda each: each.document["year"])
    questions = [
        _question(each, rounds, charts.get(each.key), language, by_key)
        for each in found
        if each.type == INDICATOR
    ]
    return sorted(questions, key=lambda question: str(question["code"]))


def _question(
    indicator: Reference,
    rounds: Iterable[Reference],
    chart: Chart | None,
    language: Language,
    by_key: Mapping[str, Reference],
) -> dict[str, Any]:
    document = indicator.document
    return {
        "key": indicator.key,
        "code": document["code"],
        "label": document["label"],
        "question": document["question_text"],
        "lang": indicator.html_lang or language.html_lang,
        "unit": document["unit"],
        "polarity": document["polarity"],
        "source": document["source_family"],
        "change": chart.change if chart else None,
        "summary": _summary(chart, language) if chart else "",
        "surveys": [
            entry
            for each in rounds
            if (entry := _round(each, indicator.key, language, by_key))["results"]
        ],
    }


def _summary(chart: Chart, language: Language) -> str:
    with translation.override(language.code):
        return chart.summary(
            lambda value: formatting.format_result(
                value, chart.unit, language.tag, chart.decimals
            )
        )


def _round(
    survey: Reference,
    indicator: str,
    language: Language,
    by_key: Mapping[str, Reference],
) -> dict[str, Any]:
    document = survey.document
    by = Readers(language, source_code())
    return {
        "key": survey.key,
        "name": document["name"],
        "lang": survey.html_lang or language.html_lang,
        "commissioner": party(document["commissioner"], by_key, by),
        **{name: document[name] for name in _AS_STORED},
        "new_method": document["method_break"],
        "new_method_note": document["method_break_note"],
        "results": [
            {name: row[name] for name in SurveyFigure.model_fields}
            for row in document["results"]
            if row["indicator"] == indicator
        ],
    }


def _rows(questions: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one flat row for each result. Figures stay as the log spells them."""
    for question in questions:
        for each in question["surveys"]:
            for result in each["results"]:
                yield {
                    **{name: question[name] for name in ("label", "unit", "polarity")},
                    "question": question["code"],
                    "survey": each["name"],
                    **{name: each[name] for name in ("year", "year_to", "area")},
                    "new_method": "yes" if each["new_method"] else "no",
                    **result,
                }


def _cell(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit()

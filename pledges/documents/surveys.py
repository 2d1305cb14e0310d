"""Survey questions and results as documents. What is suppressed never gets here (I10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.gate.rules import is_source
from pledges.documents.figures import day, number
from pledges.documents.keys import key_of
from pledges.documents.suppression import answers, published

if TYPE_CHECKING:
    from pledges.models import SafetySurvey, SurveyIndicator, SurveyResult


def indicator_document(indicator: SurveyIndicator) -> dict[str, Any]:
    return {
        "label": indicator.label,
        "question_text": indicator.question_text,
        "facts": {
            "code": indicator.code,
            "unit": indicator.unit,
            "polarity": indicator.polarity,
            "source_family": indicator.source_family,
        },
    }


def survey_document(survey: SafetySurvey) -> dict[str, Any]:
    """Return the survey; its results are facts, and only those that may be public.

    A translation has none: what its row was given once may since have been hidden.
    """
    own = survey.results.all() if is_source(survey) else ()
    results = published(own, survey.n_answered)
    indicators = dict.fromkeys(str(r.indicator.translation_key) for r in results)
    return {
        "name": survey.name,
        "method": survey.method,
        "method_break_note": survey.method_break_note,
        "facts": {
            "commissioner": key_of(survey.commissioner),
            "year": survey.year,
            "year_to": survey.year_to,
            "area": survey.area_name,
            "asked": survey.n_asked,
            "answered": survey.n_answered,
            "collected_from": day(survey.collected_from),
            "collected_to": day(survey.collected_to),
            "method_break": survey.method_break,
            "report_url": survey.report_url,
            "results": [_result(each, survey.n_answered) for each in results],
        },
        "references": {
            "indicators": list(indicators),
            "partners": [key_of(survey.commissioner)] if survey.commissioner else [],
        },
    }


def _result(result: SurveyResult, answered: int | None) -> dict[str, Any]:
    return {
        "indicator": str(result.indicator.translation_key),
        "dimension": result.dimension,
        "group": result.group,
        "value": number(result.value),
        "n": answers(result, answered),
        "margin": number(result.margin),
        "comparison_area": result.comparison_area,
        "comparison_value": number(result.comparison_value),
    }

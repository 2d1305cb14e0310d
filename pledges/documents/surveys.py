"""Survey questions and results as documents. What is suppressed never gets here (I10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pledges.documents.figures import day, number
from pledges.documents.keys import key_of

if TYPE_CHECKING:
    from pledges.models import SafetySurvey, SurveyIndicator, SurveyResult

#: Fewer answers than this point at people.
MIN_ANSWERS = 30


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
    results = [r for r in survey.results.all() if not _is_hidden(r)]
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
            "results": [_result(each) for each in results],
        },
        "references": {"indicators": list(indicators)},
    }


def _is_hidden(result: SurveyResult) -> bool:
    return result.suppressed or (result.n is not None and result.n < MIN_ANSWERS)


def _result(result: SurveyResult) -> dict[str, Any]:
    return {
        "indicator": str(result.indicator.translation_key),
        "dimension": result.dimension,
        "group": result.group,
        "value": number(result.value),
        "n": result.n,
        "margin": number(result.margin),
        "comparison_area": result.comparison_area,
        "comparison_value": number(result.comparison_value),
    }

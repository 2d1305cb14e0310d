"""Questions and surveys as readers get them from the log, without a log."""

from __future__ import annotations

from typing import Any

from cms.reading.shapes import Reference
from pledges.reading.charts import INDICATOR, SURVEY, Chart, charts_of

DEMO_YEARS = (2017, 2019, 2021, 2023, 2025)
#: The demo's four questions: label, unit, polarity and the value of each year.
DEMO_SERIES = {
    "ute": ("Trygg ute sent i det egna området", "percent", "higher_is_better",
            ("63", "66", "65", "69", "71"), "3.4"),
    "fart": ("Ser trafik med för höga farter som ett problem", "percent",
             "lower_is_better", ("61", "54", "52", "47", "45"), "3.6"),
    "morker": ("Ser mörka platser som ett problem", "percent", "lower_is_better",
               ("44", "33", "31", "35", "30"), "3.4"),
    "index": ("Problemindex", "index_0_6", "lower_is_better",
              ("1.92", "1.8", "1.77", "1.7", "1.64"), "0.06"),
}  # fmt: skip


def indicator(key: str = "ute", label: str = "Trygg ute", **facts: Any) -> Reference:
    """A question. ``facts`` may also be members of the reference: ``html_lang``."""
    words = {"label": label, "question_text": facts.pop("question_text", "")}
    standard = {
        "code": key,
        "unit": "percent",
        "polarity": "higher_is_better",
        "source_family": "municipal",
    }
    html_lang = facts.pop("html_lang", None)
    document = {**words, **standard, **facts}
    return Reference(key, INDICATOR, label, None, html_lang, "ltr", document, document)


def result(value: str, indicator: str = "ute", **facts: Any) -> dict[str, Any]:
    """A result as the document of a survey has it."""
    standard = {
        "indicator": indicator, "dimension": "total", "group": "", "value": value,
        "n": 700, "margin": None, "comparison_area": "", "comparison_value": None,
    }  # fmt: skip
    return {**standard, **facts}


def survey(year: int, *results: dict[str, Any], **facts: Any) -> Reference:
    """A round of asking, with its results."""
    words = {
        "name": facts.pop("name", f"Trygghetsmätning {year}"),
        "method": "",
        "method_break_note": facts.pop("method_break_note", ""),
    }
    standard = {
        "commissioner": None, "year": year, "year_to": None, "area": "Sandviken",
        "asked": 1200, "answered": 720, "collected_from": None, "collected_to": None,
        "method_break": False, "report_url": "",
    }  # fmt: skip
    html_lang = facts.pop("html_lang", None)
    document = {**words, **standard, **facts, "results": list(results)}
    key = f"matning-{year}-{document['area']}"
    title = words["name"]
    return Reference(key, SURVEY, title, None, html_lang, "ltr", document, document)


def series(*values: tuple[int, str], margin: str | None = None, **facts: Any) -> Chart:
    """One question's chart from years and values; a year may be in ``breaks``."""
    breaks = facts.pop("breaks", ())
    surveys = [
        survey(year, result(value, margin=margin), method_break=year in breaks)
        for year, value in values
    ]
    return charts_of({"ute": indicator(**facts)}, surveys)["ute"]


def demo_charts() -> dict[str, Chart]:
    """The demo's four series; the method changed in 2021, and 2025 has groups."""
    questions = {
        key: indicator(key, label, unit=unit, polarity=polarity)
        for key, (label, unit, polarity, _values, _margin) in DEMO_SERIES.items()
    }
    surveys = []
    for place, year in enumerate(DEMO_YEARS):
        results = [
            result(values[place], key, n=732, margin=margin)
            for key, (_label, _unit, _polarity, values, margin) in DEMO_SERIES.items()
        ]
        facts: dict[str, Any] = {"asked": 1200, "answered": 732}
        if year == 2021:
            note = "2021 ändrade vi sättet att fråga."
            facts |= {"method_break": True, "method_break_note": note}
        surveys.append(survey(year, *results, *_groups(year), **facts))
    return charts_of(questions, surveys)


def _groups(year: int) -> list[dict[str, Any]]:
    if year != DEMO_YEARS[-1]:
        return []
    return [
        result("62", dimension="gender", group="women", n=365, margin="5"),
        result("80", dimension="gender", group="men", n=364, margin="4.1"),
        result("70", dimension="age", group="16-29", n=128, margin="7.9"),
        result("74", dimension="age", group="30-64", n=362, margin="4.5"),
        result("66", dimension="age", group="65+", n=242, margin="6"),
    ]

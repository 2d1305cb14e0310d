"""Surveys of how safe people feel. What is suppressed is not in them (I10)."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from cms.kinds.kinds import Part, SharedKind
from cms.kinds.members import Fact, Inner, Ref, Text
from pledges.choices import Dimension, Polarity, Source, Unit
from pledges.kinds import keys


class Indicator(SharedKind):
    """One question that is asked again and again, and how to read the answers."""

    type_name = "pledges.indicator"
    verbose_name = _("survey question")
    template = "pledges/shared/charts.html"
    styles = ("pledges/pledges.css",)
    example_key = keys.INDICATOR
    example = {
        "label": "Trygg ute sent",
        "question_text": "Känner du dig trygg ute sent på kvällen?",
        "code": "trygg-ute",
        "unit": "percent",
        "polarity": "higher_is_better",
        "source_family": "municipal",
    }

    label: Annotated[str, Text(_("name"))]
    question_text: Annotated[str, Text(_("question"))] = ""
    code: Annotated[str, Fact(_("code"), unseen="Files with figures use it.")]
    unit: Annotated[str, Fact(_("unit"), choices=dict(Unit.choices))]
    polarity: Annotated[str, Fact(_("direction"), choices=dict(Polarity.choices))]
    source_family: Annotated[str, Fact(_("source"), choices=dict(Source.choices))]


class Result(Part):
    """One figure that may be public. Figures are text, in their shortest form.

    ``n`` is how many answers it rests on, None when nobody knows.
    """

    named_by = "group"

    indicator: Annotated[str, Ref(_("question"), relation="indicators")]
    dimension: Annotated[
        str, Fact(_("broken down by"), choices=dict(Dimension.choices))
    ]
    group: Annotated[str, Fact(_("group"))]
    value: Annotated[str, Fact(_("value"))]
    n: Annotated[int | None, Fact(_("answers"), source="answers")] = None
    margin: Annotated[str | None, Fact(_("margin of error"))] = None
    comparison_area: Annotated[str, Fact(_("compared with"))] = ""
    comparison_value: Annotated[str | None, Fact(_("value there"))] = None


class Survey(SharedKind):
    """One round of asking, with its results. Results are figures: never translated."""

    type_name = "pledges.survey"
    verbose_name = _("safety survey")
    template = "pledges/shared/charts.html"
    styles = ("pledges/pledges.css",)
    example_key = keys.SURVEY
    example = {
        "name": "Trygghetsundersökning 2025",
        "method": "Enkät till 1 200 slumpvis valda.",
        "method_break_note": "Nu frågar vi på webben.",
        "commissioner": keys.PARTNER,
        "year": 2025,
        "year_to": 2026,
        "area": "Exempelby",
        "asked": 1200,
        "answered": 720,
        "collected_from": "2025-09-01",
        "collected_to": "2025-10-15",
        "method_break": True,
        "report_url": "https://kommun.example.org/undersokning.pdf",
        "results": [
            {
                "indicator": keys.INDICATOR,
                "dimension": "total",
                "group": "",
                "value": "57",
                "n": 720,
                "margin": "3.5",
                "comparison_area": "Länet",
                "comparison_value": "61",
            },
            {
                "indicator": keys.INDICATOR,
                "dimension": "gender",
                "group": "women",
                "value": "52",
                "n": 360,
                "margin": "4.5",
                "comparison_area": "",
                "comparison_value": None,
            },
        ],
    }

    name: Annotated[str, Text(_("name"))]
    method: Annotated[
        str, Text(_("method"), unseen="No page has a place for it yet.")
    ] = ""
    method_break_note: Annotated[str, Text(_("what has changed"))] = ""
    commissioner: Annotated[
        str | None, Ref(_("commissioned by"), relation="partners")
    ] = None
    year: Annotated[int, Fact(_("year"))]
    year_to: Annotated[int | None, Fact(_("last year"))] = None
    area: Annotated[str, Fact(_("area"), source="area_name")]
    asked: Annotated[int | None, Fact(_("asked"), source="n_asked")] = None
    answered: Annotated[
        int | None,
        Fact(
            _("answered"),
            source="n_answered",
            unseen="Each figure says how many answers it rests on.",
        ),
    ] = None
    collected_from: Annotated[
        str | None, Fact(_("collected from"), unseen="The year says when it was.")
    ] = None
    collected_to: Annotated[
        str | None, Fact(_("collected to"), unseen="The year says when it was.")
    ] = None
    method_break: Annotated[bool, Fact(_("the method has changed"))] = False
    report_url: Annotated[str, Fact(_("report"))] = ""
    results: Annotated[list[Result], Inner(_("Result"), source="public_results")] = []

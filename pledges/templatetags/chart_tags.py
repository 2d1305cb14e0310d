"""Charts in the public templates: numbers in the reader's language, and the drawing.

Every tag reads the context of one page: ``reading`` and ``language``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.site import formatting
from pledges.reading.charts import Chart, Result, charts_on
from pledges.site.chart_drawing import Drawing, draw

register = template.Library()


@register.simple_tag(takes_context=True)
def chart_for(context: Mapping[str, Any], block: Mapping[str, Any]) -> list[Chart]:
    """Return the charts that a block of the body shows, in the editor's order."""
    charts = charts_on(context["reading"])
    return [charts[key] for key in block.get("indicators", []) if key in charts]


@register.simple_tag(takes_context=True)
def chart_drawing(context: Mapping[str, Any], chart: Chart) -> Drawing:
    """Return where everything stands, mirrored for those who read from the right."""
    language = context["language"]
    return draw(
        chart,
        lambda value: written(chart, value, language.tag),
        write_level=lambda value: written(chart, value, language.tag, exactly=False),
        mirrored=language.direction == "rtl",
    )


@register.simple_tag(takes_context=True)
def chart_summary(context: Mapping[str, Any], chart: Chart) -> str:
    """Say in the reader's language what the chart shows."""
    tag = context["language"].tag
    return chart.summary(lambda value: written(chart, value, tag))


@register.simple_tag(takes_context=True)
def chart_value(
    context: Mapping[str, Any], chart: Chart, value: Decimal | None
) -> SafeString:
    """Write a value with its unit, kept together in any direction of text."""
    if value is None:
        return SafeString("–")
    return isolated(written(chart, value, context["language"].tag))


@register.simple_tag(takes_context=True)
def chart_margin(
    context: Mapping[str, Any], chart: Chart, margin: Decimal | None
) -> SafeString:
    """Write a margin of error, in the unit of the chart."""
    if margin is None:
        return SafeString("–")
    shown = formatting.format_number(margin, context["language"].tag)
    return isolated(f"±\u2060{shown}")


@register.simple_tag(takes_context=True)
def whole_number(context: Mapping[str, Any], number: int | None) -> SafeString:
    """Write a count: how many were asked, how many answered."""
    if number is None:
        return SafeString("–")
    return isolated(formatting.format_number(number, context["language"].tag))


@register.simple_tag(takes_context=True)
def share_of(context: Mapping[str, Any], part: int | None, whole: int | None) -> str:
    """Return what per cent one number is of another, or nothing."""
    if not part or not whole:
        return ""
    share = Decimal(100 * part) / whole
    return formatting.format_percent(share, context["language"].tag, 0)


@register.filter
def bar_width(result: Result, chart: Chart) -> str:
    """Return how long the bar of a group is, in per cent of the longest possible."""
    return f"{_share(result, chart):.2f}%"


@register.filter
def bar_start(result: Result, chart: Chart) -> str:
    """Return where the bar starts for those who read from the right."""
    return f"{100 - _share(result, chart):.2f}%"


def _share(result: Result, chart: Chart) -> float:
    return 100 * min(max(float(result.value / chart.greatest), 0.0), 1.0)


def isolated(text: str) -> SafeString:
    """Keep a number apart from the direction of the words around it."""
    return format_html('<bdi dir="ltr">{}</bdi>', text)


def written(chart: Chart, value: Decimal, tag: str, *, exactly: bool = True) -> str:
    """Return a value as text; ``exactly`` with as many decimals as the chart's others."""
    places = chart.decimals if exactly else None
    return formatting.format_result(value, chart.unit, tag, places)

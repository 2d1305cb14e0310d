"""What the templates for pledges need: states in words, numbers, languages of parts.

Everything that these templates write stands in an element in the reader's language
(``ui_lang``); ``words`` marks what is in another one. No tag queries the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cms.site import formatting
from cms.site.templatetags.site_tags import language_hint
from pledges.choices import Phase, Punctuality, Status
from pledges.reading.charts import Chart, charts_on
from pledges.reading.followups import FollowUpView, Occasion, Timeline
from pledges.reading.pages import FocusCard, OverviewPage
from pledges.reading.pledges import ActivityView, PledgeView, Target
from pledges.reading.words import Text
from pledges.site import layout
from pledges.site import words as marks
from pledges.site.words import Mark

register = template.Library()
Context = Mapping[str, Any]


# -- Words with their language ------------------------------------------------


def _marks(context: Context, text: Text) -> SafeString:
    if text.html_lang == context["language"].html_lang:
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', text.html_lang, text.direction)


@register.simple_tag(takes_context=True)
def words_lang(context: Context, text: Text) -> SafeString:
    """Write ``lang`` and ``dir`` for an element that holds the text alone."""
    return _marks(context, text)


@register.simple_tag(takes_context=True)
def words(context: Context, text: Text | None) -> SafeString:
    """Write a text, marked when it is not in the reader's language."""
    if not text:
        return SafeString("")
    marks = _marks(context, text)
    if not marks:
        return format_html("{}", text.text)
    return format_html("<span{}>{}</span>", marks, text.text)


@register.simple_tag(takes_context=True)
def comma(context: Context) -> str:
    """Write what stands between the items of a list: «, », and «، » in Arabic."""
    return formatting.list_comma(context["language"].tag)


@register.simple_tag(takes_context=True)
def words_html(context: Context, text: Text) -> SafeString:
    """Write formatted text, marked when it is not in the reader's language.

    The log stores HTML sanitised (an allow-list).
    """
    html = mark_safe(text.text)  # noqa: S308
    return format_html('<div class="text"{}>{}</div>', _marks(context, text), html)


@register.simple_tag(takes_context=True)
def words_hint(context: Context, text: Text) -> str:
    """Say which language a title is in, when the reader might not expect it."""
    if text.html_lang == context["language"].html_lang:
        return ""
    return language_hint(context, text.html_lang)


@register.simple_tag(takes_context=True)
def own_text(context: Context, name: str) -> Text:
    """Return a text of the page's own document, with its language."""
    reading = context["reading"]
    text = reading.document.get(name) or ""
    return Text(text, reading.served.html_lang, reading.served.direction)


# -- States, numbers and periods ----------------------------------------------


@register.simple_tag
def status_mark(status: Status | None) -> Mark:
    return marks.status_mark(status)


@register.simple_tag
def phase_mark(phase: Phase | str) -> Mark:
    return marks.phase_mark(Phase(phase))


@register.simple_tag
def outcome_mark(outcome: str | None) -> Mark | None:
    return marks.outcome_mark(outcome)


@register.filter
def dialogue_name(kind: str) -> str:
    return marks.dialogue_name(kind)


@register.simple_tag
def punctuality_mark(punctuality: Punctuality) -> Mark:
    return marks.punctuality_mark(punctuality)


@register.simple_tag(takes_context=True)
def number(context: Context, value: Decimal | int | None) -> SafeString:
    """Write a number in the reader's language, kept together in any direction."""
    if value is None:
        return SafeString("–")
    shown = formatting.format_number(value, context["language"].tag)
    return format_html('<bdi dir="ltr">{}</bdi>', shown)


@register.simple_tag(takes_context=True)
def target_words(context: Context, target: Target) -> str:
    """Write «minst 10», «exakt 8» or «högst 5»."""
    return marks.target_words(target, context["language"].tag)


@register.simple_tag
def result_words(
    target: Target | None,
    actual: Decimal | None,
    is_met: bool | None,
    phase: Phase,
) -> str:
    """Say how a result compares with its target; nothing if there is none."""
    if target is None or is_met is None:
        return ""
    ended = phase in {Phase.ENDED, Phase.WITHDRAWN}
    return marks.result_words(is_met=is_met, op=target.op, ended=ended, value=actual)


@register.filter
def machine_number(value: Decimal) -> str:
    """Return a number as attributes want it, whatever the language."""
    return f"{value.normalize():f}"


@register.simple_tag(takes_context=True)
def period(context: Context, start: date, end: date) -> str:
    """Write a period: «2018–2019», «1 januari – 30 april 2026»."""
    return formatting.format_period(start, end, context["language"].tag)


@register.filter
def phone(number: str) -> str:
    return formatting.format_phone(number)


@register.filter
def dialled(number: str) -> str:
    return formatting.format_phone(number, to_dial=True)


# -- What belongs together ----------------------------------------------------


@register.filter
def late(timeline: Timeline) -> list[Occasion]:
    return layout.late(timeline)


@register.filter
def told_history(activity: ActivityView) -> list[Any]:
    """Return what was said of an activity, newest first."""
    return list(reversed(activity.history))


@register.filter
def owed_reasons(reports: Iterable[layout.PledgeReports]) -> list[Any]:
    """Return what was not done as promised, with its pledge (C-2)."""
    return [each for group in reports for each in group.reports if each.fell_short]


@register.simple_tag
def tally(rows: Iterable[Any]) -> list[tuple[Mark, int]]:
    """Count activities, or reports about them, by status; what is done comes first."""
    counts = Counter(each.status for each in rows)
    order = [Status.DONE, *(each for each in Status if each != Status.DONE), None]
    return [(marks.status_mark(s), counts[s]) for s in order if counts[s]]


@register.simple_tag
def reports_of(
    followup: FollowUpView, pledges: Sequence[PledgeView]
) -> list[layout.PledgeReports]:
    return layout.reports_of(followup, pledges)


@register.simple_tag
def neighbours_of(followup: FollowUpView, timeline: Timeline) -> layout.Neighbours:
    return layout.neighbours(followup, timeline)


@register.simple_tag(takes_context=True)
def overview_choice(context: Context, page: OverviewPage) -> layout.Choice:
    """Return what the reader of the overview has chosen in its form."""
    return layout.choose(page, context.get("asked"))


@register.simple_tag(takes_context=True)
def charts_of_page(context: Context) -> list[Chart]:
    return list(charts_on(context["reading"]).values())


@register.simple_tag(takes_context=True)
def carded_pledges(context: Context, block: Mapping[str, Any]) -> list[PledgeView]:
    """Return the public pledges that a card in a text is about (R-28)."""
    return _carded(context, "pledges", block["pledges"])


@register.simple_tag(takes_context=True)
def carded_focus_areas(context: Context, block: Mapping[str, Any]) -> list[FocusCard]:
    """Return the public focus areas that a card in a text is about (R-28)."""
    return _carded(context, "focus_areas", block["focus_areas"])


def _carded(context: Context, kind: str, keys: Iterable[str]) -> list[Any]:
    views = getattr(context["reading"].details, kind, None)
    if not isinstance(views, dict):
        return []
    return [views[key] for key in keys if key in views]


@register.simple_tag(takes_context=True)
def card_level(context: Context, block: Mapping[str, Any]) -> int:
    """Return the level of a heading in the text that skips none before it."""
    for each in context["reading"].document.get("body") or []:
        if each is block or each.get("id") == block.get("id"):
            break
        if each.get("type") == "heading":
            return 3
    return 2

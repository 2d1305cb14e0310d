"""What the figures of a survey must be like before they may be published (C-4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from cms.gate.errors import Issue
from cms.gate.rules import is_source
from pledges.choices import Dimension, Gender, Unit

#: Least and greatest value of each unit; nothing is less than zero.
RANGES: dict[str, tuple[Decimal, Decimal | None]] = {
    Unit.PERCENT: (Decimal(0), Decimal(100)),
    Unit.INDEX: (Decimal(0), Decimal(6)),
    Unit.COUNT: (Decimal(0), None),
    Unit.RATE: (Decimal(0), Decimal(1000)),
}


class Result(Protocol):
    """What the rules ask of a figure; ``indicator`` is the question that it answers."""

    indicator: Any
    dimension: str
    group: str
    value: Decimal
    margin: Decimal | None
    n: int | None


class Survey(Protocol):
    """What the rules ask of a survey; ``results`` are its figures."""

    locale: Any
    method_break: bool
    method_break_note: str
    n_answered: int | None
    results: Any


def out_of_range(unit: str, value: Decimal) -> str:
    """Return why a value cannot be right in its unit, or an empty text."""
    least, most = RANGES[unit]
    if value < least or (most is not None and value > most):
        reasons: dict[str, str] = {
            Unit.PERCENT: _("A percentage is between 0 and 100."),
            Unit.INDEX: _("The index is between 0 and 6."),
            Unit.COUNT: _("A number is not less than 0."),
            Unit.RATE: _("A rate per 1,000 is between 0 and 1,000."),
        }
        return reasons[unit]
    return ""


def misplaced_group(dimension: str, group: str) -> str:
    """Return why a group does not belong to its breakdown, or an empty text."""
    if dimension == Dimension.TOTAL and group:
        return _("Everybody is not a group: leave the group empty.")
    if dimension != Dimension.TOTAL and not group:
        return _("Say which group it is.")
    if dimension == Dimension.GENDER and group not in Gender:
        return _("The groups by gender are women and men.")
    return ""


def survey_issues(survey: Survey) -> Iterator[Issue]:
    """Yield what makes a survey unfit for readers; figures are Swedish alone."""
    if not is_source(survey):
        return
    if survey.method_break and not survey.method_break_note.strip():
        text = _("Say what has changed in the method.")
        yield Issue("method_break_note", text, "method_break_note")
    results = list(survey.results.all())
    for result in results:
        yield from _result_issues(result, survey.n_answered)
    yield from _missing_group_issues(results)


def _result_issues(result: Result, answered: int | None) -> Iterator[Issue]:
    name = _name_of(result)
    reasons = [
        ("range", out_of_range(result.indicator.unit, result.value)),
        ("group", misplaced_group(result.dimension, result.group)),
    ]
    if result.margin is not None and result.margin < 0:
        reasons.append(("margin", _("A margin of error is not less than 0.")))
    if result.n is not None and answered is not None and result.n > answered:
        text = _("More answers than the whole survey has.")
        reasons.append(("answers", text))
    yield from (
        Issue(f"result_{code}", f"{name}: {reason}", "results")
        for code, reason in reasons
        if reason
    )


def _name_of(result: Result) -> str:
    label = str(result.indicator)
    return f"{label} ({result.group})" if result.group else label


def _missing_group_issues(results: Iterable[Result]) -> Iterator[Issue]:
    """A group that is left out could be worked out from the others and the total."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for result in results:
        if result.dimension != Dimension.TOTAL:
            found[result.dimension][str(result.indicator)].add(result.group)
    for dimension, questions in found.items():
        everywhere = set().union(*questions.values())
        if dimension == Dimension.GENDER:
            everywhere = set(Gender)
        for label, groups in questions.items():
            for group in sorted(everywhere - groups):
                text = _("%(question)s: the group '%(group)s' is missing.")
                message = text % {"question": label, "group": group}
                yield Issue("group_missing", message, "results")

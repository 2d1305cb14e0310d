"""What survey figures say over time: series, breakdowns and the sentence about them.

Pure: from documents of the log to values. A change of method starts a new segment, and
nothing is compared across it. Where things are drawn is decided by whoever draws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.utils.translation import gettext as _

from cms.reading.shapes import Reading, Reference
from pledges.choices import Dimension, Gender, Polarity, Source, Unit
from pledges.reading.chart_words import SENTENCES, Change
from pledges.reading.words import Text

INDICATOR, SURVEY = "pledges.indicator", "pledges.survey"

#: No value of the unit lies above.
_GREATEST: dict[str, Decimal] = {Unit.PERCENT: Decimal(100), Unit.INDEX: Decimal(6)}
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MOST_STEPS = 5


@dataclass(frozen=True)
class Result:
    """One figure as a survey has it; ``group`` is as in the documents."""

    dimension: str
    group: str
    value: Decimal
    n: int | None
    margin: Decimal | None
    comparison_area: str
    comparison_value: Decimal | None

    @property
    def group_name(self) -> str:
        """The group in the reader's words."""
        if self.group in Gender:
            return str(Gender(self.group).label)
        return self.group.replace("-", "–")


@dataclass(frozen=True)
class Point:
    """A survey's figure for everybody, with how it was found out."""

    year: int
    year_to: int | None
    result: Result
    survey: Text
    area: str
    asked: int | None
    answered: int | None
    new_method: bool
    note: Text
    report_url: str

    @property
    def years(self) -> str:
        return f"{self.year}–{self.year_to}" if self.year_to else str(self.year)

    @property
    def moment(self) -> Decimal:
        """Where on a line of years the point stands."""
        return (Decimal(self.year) + Decimal(self.year_to or self.year)) / 2

    @property
    def value(self) -> Decimal:
        return self.result.value

    @property
    def margin(self) -> Decimal | None:
        return self.result.margin


@dataclass(frozen=True)
class Breakdown:
    """The last survey's figures by one dimension."""

    dimension: str
    results: list[Result]

    @property
    def name(self) -> str:
        return str(Dimension(self.dimension).label)


@dataclass(frozen=True)
class Chart:
    """Everything there is to say about one question over the years.

    ``segments`` are what a line may connect, oldest first; ``elsewhere`` are figures of
    other areas than the newest survey's, which are in the table only.
    """

    key: str
    code: str
    label: Text
    question: Text
    unit: str
    polarity: str
    source_family: str
    segments: list[list[Point]]
    breakdowns: list[Breakdown] = field(default_factory=list)
    elsewhere: list[Point] = field(default_factory=list)
    commissioner: Text | None = None

    @property
    def points(self) -> list[Point]:
        return [point for segment in self.segments for point in segment]

    @property
    def rows(self) -> list[Point]:
        """Every figure for the table, newest first."""
        found = [*self.points, *self.elsewhere]
        return sorted(found, key=lambda point: point.moment, reverse=True)

    @property
    def last(self) -> Point:
        return self.segments[-1][-1]

    @property
    def first(self) -> Point:
        """The first point that the last one can be compared with."""
        return self.segments[-1][0]

    @property
    def higher_is_better(self) -> bool:
        return self.polarity == Polarity.HIGHER

    @property
    def change(self) -> Change:
        """What the figures say, and whether they say it with certainty."""
        if self.first is self.last:
            new = len(self.segments) > 1 or self.last.new_method
            return Change.NEW_METHOD if new else Change.NOTHING_YET
        difference = self.last.value - self.first.value
        if not difference:
            return Change.UNCHANGED
        margins = (self.first.margin, self.last.margin)
        # Two independent samples: their margins add up as the sides of a triangle do.
        squares = sum((each or Decimal()) ** 2 for each in margins)
        if difference**2 <= squares:
            return Change.UNCERTAIN
        better = (difference > 0) is self.higher_is_better
        return Change.BETTER if better else Change.WORSE

    @property
    def has_comparisons(self) -> bool:
        return any(point.result.comparison_area for point in self.rows)

    @property
    def decimals(self) -> int:
        """How many decimals the values of this chart are written with."""
        results = [point.result for point in self.rows]
        results += [result for each in self.breakdowns for result in each.results]
        values = [v for r in results for v in (r.value, r.comparison_value)]
        return max(_decimals(value) for value in values if value is not None)

    @property
    def ticks(self) -> list[Decimal]:
        """The values of the axis: from nothing to above the highest, evenly."""
        highest = max(p.value + (p.margin or 0) for p in self.points)
        return ticks(highest, _GREATEST.get(self.unit))

    @property
    def greatest(self) -> Decimal:
        """What a bar as long as can be stands for: everybody, or the highest group."""
        groups = (r.value for each in self.breakdowns for r in each.results)
        return _GREATEST.get(self.unit) or max([self.ticks[-1], *groups])

    def unit_name(self) -> str:
        return str(Unit(self.unit).label)

    def direction(self) -> str:
        """Say in words which way is better."""
        return str(Polarity(self.polarity).label)

    def source_name(self) -> str:
        return str(Source(self.source_family).label)

    def summary(self, write: Callable[[Decimal], str]) -> str:
        """Say in one or two sentences what the chart shows; ``write`` knows numbers."""
        return _(SENTENCES[self.change]) % {
            "last": write(self.last.value),
            "last_year": self.last.years,
            "first": write(self.first.value),
            "first_year": self.first.years,
        }


@dataclass(frozen=True)
class WithCharts:
    """The details of a page that may show charts: each by the key of its question."""

    charts: dict[str, Chart] = field(default_factory=dict, kw_only=True)


def charts_on(reading: Reading) -> dict[str, Chart]:
    """Return the charts that a page may show."""
    details = reading.details
    return details.charts if isinstance(details, WithCharts) else {}


def ticks(highest: Decimal, limit: Decimal | None = None) -> list[Decimal]:
    """Return round values from nothing to at least ``highest``, never past ``limit``."""
    if limit is not None:
        highest = min(highest, limit)
    highest = highest or Decimal(1)
    size = Decimal(10) ** (highest.adjusted() - 1)
    steps = (size * step * factor for factor in (1, 10) for step in _STEPS)
    step = next(s for s in steps if s * _MOST_STEPS >= highest)
    count = max(int((highest / step).to_integral_value(ROUND_CEILING)), 1)
    return [step * number for number in range(count + 1)]


def charts_of(
    references: Mapping[str, Reference], surveys: Iterable[Reference]
) -> dict[str, Chart]:
    """Return a chart for each question among ``references`` that has public figures.

    ``surveys`` are public surveys, in any order; those about other questions are left
    out. Who ordered a survey is named if ``references`` knows them.
    """
    surveys = [each for each in surveys if each.type == SURVEY]
    found = {}
    for key, reference in references.items():
        if reference.type == INDICATOR:
            chart = _chart(reference, surveys, references)
            if chart:
                found[key] = chart
    return found


def _chart(
    indicator: Reference,
    surveys: Iterable[Reference],
    references: Mapping[str, Reference],
) -> Chart | None:
    rounds = [
        (survey, _results(survey, indicator.key))
        for survey in sorted(surveys, key=_when)
    ]
    points = [
        (survey, point)
        for survey, results in rounds
        if (point := _point(survey, results)) is not None
    ]
    if not points:
        return None
    newest, last = points[-1]
    here = [point for _survey, point in points if point.area == last.area]
    facts = indicator.document
    orderer = references.get(newest.document["commissioner"] or "")
    return Chart(
        key=indicator.key,
        code=facts["code"],
        label=_text(indicator, "label"),
        question=_text(indicator, "question_text"),
        unit=facts["unit"],
        polarity=facts["polarity"],
        source_family=facts["source_family"],
        segments=_segments(here),
        breakdowns=_breakdowns(next(r for s, r in rounds if s is newest)),
        elsewhere=[point for _survey, point in points if point.area != last.area],
        commissioner=_title(orderer) if orderer else None,
    )


def _when(survey: Reference) -> tuple[Decimal, str]:
    facts = survey.document
    middle = Decimal(facts["year"] + (facts["year_to"] or facts["year"])) / 2
    return middle, facts["collected_to"] or ""


def _results(survey: Reference, indicator: str) -> list[Result]:
    rows = survey.document["results"]
    return [_result(row) for row in rows if row["indicator"] == indicator]


def _result(row: dict[str, Any]) -> Result:
    return Result(
        dimension=row["dimension"],
        group=row["group"],
        value=Decimal(row["value"]),
        n=row["n"],
        margin=_number(row["margin"]),
        comparison_area=row["comparison_area"],
        comparison_value=_number(row["comparison_value"]),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _decimals(value: Decimal) -> int:
    return max(-int(value.normalize().as_tuple().exponent), 0)


def _point(survey: Reference, results: Iterable[Result]) -> Point | None:
    total = next((each for each in results if each.dimension == Dimension.TOTAL), None)
    if total is None:
        return None
    facts = survey.document
    return Point(
        year=facts["year"],
        year_to=facts["year_to"],
        result=total,
        survey=_text(survey, "name"),
        area=facts["area"],
        asked=facts["asked"],
        answered=total.n if total.n is not None else facts["answered"],
        new_method=facts["method_break"],
        note=_text(survey, "method_break_note"),
        report_url=facts["report_url"],
    )


def _segments(points: Iterable[Point]) -> list[list[Point]]:
    """Part the points, oldest first, wherever the method has changed."""
    segments: list[list[Point]] = []
    for point in points:
        if point.new_method or not segments:
            segments.append([])
        segments[-1].append(point)
    return segments


def _breakdowns(results: Iterable[Result]) -> list[Breakdown]:
    found: dict[str, list[Result]] = {}
    for result in results:
        found.setdefault(result.dimension, []).append(result)
    found.pop(Dimension.TOTAL, None)
    return [Breakdown(name, found[name]) for name in Dimension if name in found]


def _text(reference: Reference, name: str) -> Text:
    """Return words of a document; in Swedish where the translation has none yet.

    ``html_lang`` is empty for words in the reader's own language.
    """
    words = reference.document.get(name) or ""
    source = reference.source_document.get(name) or ""
    if not words and source:
        return Text(source, "sv", "ltr")
    return Text(words, reference.html_lang or "", reference.direction)


def _title(reference: Reference) -> Text:
    return Text(reference.title, reference.html_lang or "", reference.direction)

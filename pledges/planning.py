"""When follow-ups of a programme are due, and what things are called by default. Pure.

The names are Swedish: they are the originals that translators translate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import slugify

#: Cadence: how many months a period has, and what one is called.
_PERIODS = {
    "quarter": (3, "Kvartal"),
    "tertial": (4, "Tertial"),
    "half_year": (6, "Halvår"),
    "year": (12, "Helår"),
}
FINAL = "Slutuppföljning"
#: A plan with more follow-ups than this comes from a mistyped year.
MOST_OCCASIONS = 40
_DUE_DAY = 15
_LAST_YEAR = 9990  # of the calendar that computers keep, with room for what is due


@dataclass(frozen=True)
class Occasion:
    """A follow-up to plan: the period it is about and the day it is due."""

    label: str
    period_start: date
    period_end: date
    due_on: date
    is_final: bool


def plan(start: date, end: date, cadence: str) -> list[Occasion]:
    """Return the follow-ups of a programme; the last one is the final one.

    Periods follow the calendar: a programme that begins in February reports on what is
    left of the first tertial. Nothing is planned for a period that is upside down or
    decades long.
    """
    months, _name = _PERIODS[cadence]
    years = end.year - start.year
    if end < start or years * 12 / months > MOST_OCCASIONS or end.year > _LAST_YEAR:
        return []
    slices = list(_slices(start, end, cadence))
    return [
        Occasion(
            label=FINAL if last == end else label,
            period_start=first,
            period_end=last,
            due_on=due(last),
            is_final=last == end,
        )
        for label, first, last in slices
    ]


def _slices(start: date, end: date, cadence: str) -> Iterator[tuple[str, date, date]]:
    """Yield name, first and last day of the parts of the years that fall within."""
    months, name = _PERIODS[cadence]
    for year in range(start.year, end.year + 1):
        for number in range(12 // months):
            first = date(year, number * months + 1, 1)
            last = _next_month(first, months) - timedelta(days=1)
            if last < start or first > end:
                continue
            label = f"{name} {year}" if months == 12 else f"{name} {number + 1} {year}"
            yield label, max(first, start), min(last, end)


def due(period_end: date) -> date:
    """Return the day a report is due: about six weeks after its period."""
    return _next_month(period_end.replace(day=1), 2).replace(day=_DUE_DAY)


def _next_month(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def following_period(start: date, end: date) -> tuple[date, date]:
    """Return the period of the same length that begins when this one has ended."""
    first = end + timedelta(days=1)
    months = round((end - start).days / 30.44)
    return first, _next_month(first.replace(day=1), months) - timedelta(days=1)


def programme_title(start: date, end: date) -> str:
    """Return «Medborgarlöften 2018–2019», or «… 2026» for a single year."""
    return f"Medborgarlöften {_years(start, end)}"


def followup_title(label: str, start: date, end: date) -> str:
    """Return «Uppföljning tertial 1 2018»; the final one names the programme's years."""
    if label == FINAL:
        return f"{FINAL} {_years(start, end)}"
    # An abbreviation keeps its capitals: «Uppföljning T1 2018».
    first = label[:1].lower() if label[1:2].islower() else label[:1]
    return f"Uppföljning {first}{label[1:]}"


def slug_of(title: str) -> str:
    """Return the Swedish address of a title: ASCII, years kept apart."""
    return slugify(title.replace("–", "-"))[:255]


def _years(start: date, end: date) -> str:
    if start.year == end.year:
        return str(start.year)
    return f"{start.year}–{end.year}"

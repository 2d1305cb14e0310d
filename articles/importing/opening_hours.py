"""Reading Swedish opening hours: all of what is written, or nothing.

Half-understood hours would send somebody to a closed door, so that one word we do
not know leaves the whole text as text.
"""

from __future__ import annotations

import re
from itertools import pairwise

from articles.importing.model import Opening

_DAYS = (
    "måndag mån må",
    "tisdag tis ti",
    "onsdag ons on",
    "torsdag tors tor to",
    "fredag fre fr",
    "lördag lör lö",
    "söndag sön sö",
)
_WEEKDAY = {name: day for day, names in enumerate(_DAYS) for name in names.split()}
_GROUPS = {
    "vardagar": range(5),
    "vardag": range(5),
    "helgfria vardagar": range(5),
    "helgfri vardag": range(5),
    "alla vardagar": range(5),
    "helger": range(5, 7),
    "helg": range(5, 7),
    "alla dagar": range(7),
    "dagligen": range(7),
}
_DAY = rf"(?:{'|'.join(sorted(_WEEKDAY, key=len, reverse=True))})(?:ar)?\b\.?"
_GROUP = "|".join(sorted(_GROUPS, key=len, reverse=True))
_WHEN = re.compile(
    rf"(?:(?P<group>{_GROUP})\b|(?P<first>{_DAY})"
    rf"(?:\s*(?:[-–—]|till|t\.?o\.?m\.?)\s*(?P<last>{_DAY}))?)",
    re.IGNORECASE,
)
_CLOCK = r"(\d{1,2})(?:[.:](\d\d))?"
_SPAN = re.compile(
    rf"(?:kl\.?|klockan)?\s*{_CLOCK}\s*(?:[-–—]|till)\s*(?:kl\.?\s*)?"
    rf"{_CLOCK}(?![\d.:]*\d)",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"(?:är\s+det\s+|har\s+vi\s+)?stängt\b", re.IGNORECASE)
_GLUE = re.compile(
    r"(?:[\s:,;.•]|[-–](?=\s*(?:\d|kl|stängt))|\b(?:och|samt|öppet|vi har)\b)+", re.I
)
_HINT = re.compile(
    rf"\d[.:]\d\d|\b\d{{1,2}}\s?[-–]\s?\d{{1,2}}\b|\b(?:{_GROUP})\b|stängt"
    rf"|dygnet runt|\b{_DAY}",
    re.IGNORECASE,
)


def looks_like_hours(text: str) -> bool:
    """Tell whether text may be about opening hours."""
    return len(text) <= 160 and bool(_HINT.search(text))


def read_hours(text: str) -> tuple[Opening, ...]:
    """Return the opening hours in weekday order, or nothing if in any doubt."""
    openings: list[Opening] = []
    closed: set[int] = set()
    days: list[int] = []
    answered = True
    position = _skip_glue(text, 0)
    while position < len(text):
        if found := _WHEN.match(text, position):
            days = _days(found) if answered else [*days, *_days(found)]
            answered = False
        elif found := _SPAN.match(text, position):
            spans = [_opening(day, found) for day in days]
            if not spans or None in spans:
                return ()
            openings.extend(span for span in spans if span)
            answered = True
        elif days and (found := _CLOSED.match(text, position)):
            closed.update(days)
            answered = True
        else:
            return ()
        position = _skip_glue(text, found.end())
    contradicted = any(span["weekday"] in closed for span in openings)
    return _in_order(openings) if answered and not contradicted else ()


def _skip_glue(text: str, position: int) -> int:
    glue = _GLUE.match(text, position)
    return glue.end() if glue else position


def _days(found: re.Match[str]) -> list[int]:
    if found["group"]:
        return list(_GROUPS[found["group"].lower()])
    first = _weekday(found["first"])
    if not found["last"]:
        return [first]
    last = _weekday(found["last"])
    return list(range(first, last + 1)) if first <= last else []


def _weekday(written: str) -> int:
    name = written.lower().rstrip(".")
    return _WEEKDAY[name] if name in _WEEKDAY else _WEEKDAY[name.removesuffix("ar")]


def _opening(day: int, found: re.Match[str]) -> Opening | None:
    hours = int(found[1]), int(found[3])
    minutes = int(found[2] or 0), int(found[4] or 0)
    opens, closes = (f"{h:02}:{m:02}" for h, m in zip(hours, minutes, strict=True))
    if max(hours) > 23 or max(minutes) > 59 or opens >= closes:
        return None
    return Opening(weekday=day, opens=opens, closes=closes)


def _in_order(openings: list[Opening]) -> tuple[Opening, ...]:
    """Sort the hours; overlapping spans on one day are a doubt."""
    ordered = sorted(openings, key=lambda span: (span["weekday"], span["opens"]))
    for earlier, later in pairwise(ordered):
        same_day = earlier["weekday"] == later["weekday"]
        if same_day and later["opens"] < earlier["closes"]:
            return ()
    return tuple(ordered)

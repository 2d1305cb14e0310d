"""Dates, times, numbers and quotation marks as each language writes them.

CLDR (through Babel) knows languages that Django has no formats for, always uses
the Gregorian calendar here and always Latin digits, which official dates need.
Where a language is unknown to CLDR the ISO form is used, never another language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

import phonenumbers
from babel import Locale, UnknownLocaleError
from babel.dates import (
    format_date,
    format_interval,
    format_skeleton,
    get_day_names,
)
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

Moment = dt.datetime | dt.date | str | None

# CLDR's choice for these tags is not what this site wants.
_CLDR_NAMES = {"en": "en_GB", "sv-x-lattlast": "sv", "prs": "fa_AF"}

# CLDR leaves out the word that Finnish puts between a date and a time, and has the
# American order for Somali, which authorities in Sweden do not write.
_DATE_TIME_PATTERNS = {"fi": "{1} klo {0}", "so": "{1}, {0}"}
_LONG_PATTERNS = {"so": "d MMMM y"}

_QUOTATION_MARKS = {
    "sv": ("”", "”"),
    "fi": ("”", "”"),
    "en": ("“", "”"),
    "so": ("“", "”"),
    "ti": ("“", "”"),
    "ar": ("«", "»"),
    "fa": ("«", "»"),
    "uk": ("«", "»"),
    "ckb": ("«", "»"),
}
_ANY_QUOTATION_MARK = "\"'”“„«»‘’"

# A space there would tear the sign from its number in a text from the right.
_PERCENT_WITHOUT_SPACE = frozenset({"en", "so", "ti", "ar", "fa", "ckb"})

_COMMAS = {"ar": "، ", "fa": "، ", "ckb": "، ", "ti": "፣ "}

_LATIN_DIGITS = {
    ord(digit): str(value)
    for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
    for value, digit in enumerate(digits)
}

# CLDR's patterns are slow to fill in, and readers see the same days again and again.
_KEPT = 5000

_WEEK = range(7)
_WORKING_DAYS = (0, 1, 2, 3, 4)


@dataclass(frozen=True)
class HoursRow:
    """Opening hours of a group of weekdays, or of one exceptional date."""

    days: str
    hours: str
    note: str = ""
    lang: str | None = None


def _base(tag: str) -> str:
    """Return the language of a tag without script, region or private use."""
    return tag.lower().partition("-")[0]


@cache
def _cldr_locale(tag: str) -> Locale | None:
    """Return the CLDR locale for a language tag, or None when CLDR lacks it."""
    name = _CLDR_NAMES.get(tag.lower(), tag)
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def _latin(text: str) -> str:
    return text.translate(_LATIN_DIGITS)


def as_moment(value: Moment) -> dt.datetime | dt.date | None:
    """Read a date or a moment, in local time; documents carry them as ISO text."""
    if isinstance(value, str):
        value = parse_date(value) if len(value) == 10 else parse_datetime(value)
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def machine_value(value: Moment) -> str:
    """Return the ISO form for a ``datetime`` attribute, with the UTC offset."""
    moment = as_moment(value)
    if isinstance(moment, dt.datetime):
        return moment.isoformat(timespec="seconds")
    return moment.isoformat() if moment else ""


def format_day(value: Moment, tag: str) -> str:
    """Return the date in full: «2 februari 2018», «2. helmikuuta 2018»."""
    moment = as_moment(value)
    if moment is None:
        return ""
    return _long(moment.date() if isinstance(moment, dt.datetime) else moment, tag)


@lru_cache(maxsize=_KEPT)
def _long(day: dt.date, tag: str) -> str:
    locale = _cldr_locale(tag)
    return _filled_in(day, _long_pattern(locale), locale) if locale else day.isoformat()


def _long_pattern(locale: Locale) -> str:
    known = _LONG_PATTERNS.get(locale.language)
    return known or str(locale.date_formats["long"].pattern)


def _filled_in(day: dt.date, pattern: str, locale: Locale) -> str:
    return _latin(format_date(day, pattern, locale))


def format_period(start: dt.date, end: dt.date, tag: str) -> str:
    """Return «2018–2019» for whole years, else «1 januari – 30 april 2026».

    Within a month it is «3–26 oktober 2017».
    """
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return "–".join(dict.fromkeys([str(start.year), str(end.year)]))
    locale = _cldr_locale(tag)
    if locale is None:
        return f"{start.isoformat()} – {end.isoformat()}"
    if not _abbreviates_periods(locale):
        shown = format_interval(start, end, "yMMMMd", locale=locale)
        return _latin(str(shown))
    pattern = first = _long_pattern(locale)
    dash = " – "
    if pattern.startswith("d MMMM") and start.year == end.year:
        first, dash = ("d", "–") if start.month == end.month else ("d MMMM", dash)
    return dash.join(
        [_filled_in(start, first, locale), _filled_in(end, pattern, locale)]
    )


@cache
def _abbreviates_periods(locale: Locale) -> bool:
    """Say whether CLDR has no period with whole names of months for the language."""
    months = locale.months["format"]
    has_long = "yMMMMd" in locale.interval_formats
    return not has_long and dict(months["wide"]) != dict(months["abbreviated"])


def list_comma(tag: str) -> str:
    """Return what stands between the items of a list."""
    return _COMMAS.get(_base(tag), ", ")


def format_phone(number: str, *, to_dial: bool = False) -> str:
    """Return a telephone number as people in Sweden write it, or as links want it."""
    form = phonenumbers.PhoneNumberFormat
    try:
        parsed = phonenumbers.parse(number, "SE")
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, form.E164 if to_dial else form.NATIONAL)


@lru_cache(maxsize=_KEPT)
def format_clock(value: dt.time, tag: str) -> str:
    """Return the time of day on the 24-hour clock that Sweden uses."""
    if _base(tag) == "sv":
        return f"{value:%H.%M}"
    locale = _cldr_locale(tag)
    if locale is None:
        return f"{value:%H:%M}"
    day = dt.datetime.combine(dt.date(2000, 1, 1), value)
    return _latin(format_skeleton("Hm", day, locale=locale))


def format_moment(value: Moment, tag: str) -> str:
    """Return date and time: «2018-02-02 15.59» in Swedish, CLDR's long form else."""
    moment = as_moment(value)
    if not isinstance(moment, dt.datetime):
        return format_day(moment, tag)
    clock = format_clock(moment.time(), tag)
    locale = _cldr_locale(tag)
    if _base(tag) == "sv" or locale is None:
        return f"{moment:%Y-%m-%d} {clock}"
    pattern = _DATE_TIME_PATTERNS.get(_base(tag)) or str(
        locale.datetime_formats["long"]
    )
    pattern = pattern.replace("'", "")
    return pattern.replace("{1}", format_day(moment, tag)).replace("{0}", clock)


def format_number(value: Decimal | int, tag: str, decimals: int | None = None) -> str:
    """Return a number as the language writes it: «1 200», «71,5», «1.64»."""
    locale = _cldr_locale(tag) or Locale("sv")
    places = "#" * 3 if decimals is None else "0" * decimals
    pattern = f"#,##0.{places}" if places else "#,##0"
    return _latin(format_decimal(value, format=pattern, locale=locale))


def format_percent(value: Decimal | int, tag: str, decimals: int | None = None) -> str:
    """Return a percentage: «71 %», and «71%» where the language leaves no space."""
    space = "" if _base(tag) in _PERCENT_WITHOUT_SPACE else "\u00a0"
    return f"{format_number(value, tag, decimals)}{space}%"


def format_result(
    value: Decimal, unit: str, tag: str, decimals: int | None = None
) -> str:
    """Return a survey result: a percentage with its sign, else the number alone."""
    write = format_percent if unit == "percent" else format_number
    return write(value, tag, decimals)


def format_size(size: int, tag: str) -> str:
    """Return the size of a file in kB or MB (steps of a thousand)."""
    locale = _cldr_locale(tag) or Locale("sv")
    number, unit = (size / 1000, "kB") if size < 1_000_000 else (size / 1_000_000, "MB")
    pattern = "0" if unit == "kB" or number >= 10 else "0.#"
    shown = format_decimal(max(number, 1), format=pattern, locale=locale)
    return f"{_latin(shown)} {unit}"


def format_duration(seconds: int) -> str:
    """Return the length of a film: «3:05»."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def quotation_marks(tag: str) -> tuple[str, str]:
    """Return the opening and closing quotation mark of a language."""
    return _QUOTATION_MARKS.get(_base(tag), ("“", "”"))


def quoted(text: str, tag: str) -> str:
    """Return a text between the language's marks, whatever marks it came with."""
    opening, closing = quotation_marks(tag)
    bare = text.strip()
    if len(bare) > 1 and bare[0] in _ANY_QUOTATION_MARK:
        bare = bare.strip(_ANY_QUOTATION_MARK).strip()
    return f"{opening}{bare}{closing}"


def autonym(tag: str) -> str:
    """Return a language's own name for itself, or its tag when CLDR lacks it."""
    locale = _cldr_locale(tag)
    name = locale.get_display_name() if locale and "-" not in tag else None
    if name is None and locale is not None:
        name = locale.get_language_name()
    return name[:1].upper() + name[1:] if name else tag


def _span(opens: str, closes: str, tag: str) -> str:
    start, end = (dt.time.fromisoformat(value) for value in (opens, closes))
    return f"{format_clock(start, tag)}–{format_clock(end, tag)}"


def _day_label(days: tuple[int, ...], tag: str) -> str:
    """Return what a group of weekdays is called, in the active language."""
    if days == _WORKING_DAYS:
        return _("Weekdays")
    if days == tuple(_WEEK):
        return _("Every day")
    locale = _cldr_locale(tag) or Locale("sv")
    names = get_day_names("wide", "stand-alone", locale)
    first, last = names[days[0]], names[days[-1]]
    label = first if first == last else f"{first}–{last}"
    return label[:1].upper() + label[1:]


def opening_hours(hours: Iterable[Mapping[str, Any]], tag: str) -> list[HoursRow]:
    """Group days that follow each other and share their hours into rows."""
    spans: dict[int, list[str]] = {}
    for item in sorted(hours, key=lambda item: (item["weekday"], item["opens"])):
        span = _span(item["opens"], item["closes"], tag)
        spans.setdefault(item["weekday"], []).append(span)
    groups: list[tuple[list[int], str]] = []
    for day, parts in spans.items():
        shown = ", ".join(parts)
        if groups and groups[-1][1] == shown and groups[-1][0][-1] == day - 1:
            groups[-1][0].append(day)
        else:
            groups.append(([day], shown))
    return [HoursRow(_day_label(tuple(days), tag), shown) for days, shown in groups]


def coming_exceptions(
    exceptions: Iterable[Mapping[str, Any]], tag: str, *, today: dt.date
) -> list[HoursRow]:
    """Return the exceptional opening hours that still lie ahead, soonest first."""
    rows = []
    for item in sorted(exceptions, key=lambda item: item["date"]):
        if item["date"] < today.isoformat():
            continue
        closed = item.get("closed") or not item.get("opens")
        hours = "" if closed else _span(item["opens"], item["closes"], tag)
        day = format_day(item["date"], tag)
        rows.append(HoursRow(day, hours, item.get("note") or "", item.get("lang")))
    return rows

"""Dates, times, sizes and quotation marks, in every language of the site."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from cms.site import formatting

UPDATED = dt.datetime(2018, 2, 2, 15, 59, tzinfo=ZoneInfo("Europe/Stockholm"))
ALL_TAGS = ["sv", "sv-x-lattlast", "fi", "en", "ar", "so", "uk", "fa-AF", "ti", "ckb"]
OFFICE_HOURS = [
    {"weekday": day, "opens": "08:00", "closes": "17:00"} for day in range(5)
]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("sv", "2018-02-02 15.59"),
        ("sv-x-lattlast", "2018-02-02 15.59"),
        ("fi", "2. helmikuuta 2018 klo 15.59"),
        ("en", "2 February 2018, 15:59"),
        ("ar", "2 فبراير 2018، 15:59"),
        ("so", "2 Febraayo 2018, 15:59"),
        ("xx", "2018-02-02 15:59"),
    ],
)
def test_moment_is_written_as_the_language_writes_it(tag, expected):
    """R-36."""
    assert formatting.format_moment(UPDATED, tag) == expected


@pytest.mark.parametrize(
    ("tag", "in_a_month", "in_a_year", "longer"),
    [
        ("sv", "3–26 oktober 2017", "1 januari – 30 april 2017",
         "1 oktober 2017 – 31 mars 2018"),
        ("sv-x-lattlast", "3–26 oktober 2017", "1 januari – 30 april 2017",
         "1 oktober 2017 – 31 mars 2018"),
        ("fi", "3.–26. lokakuuta 2017", "1. tammikuuta – 30. huhtikuuta 2017",
         "1. lokakuuta 2017 – 31. maaliskuuta 2018"),
        ("en", "3–26 October 2017", "1 January – 30 April 2017",
         "1 October 2017 – 31 March 2018"),
        ("so", "3–26 Oktoobar 2017", "1 Janaayo – 30 Abriil 2017",
         "1 Oktoobar 2017 – 31 Maarso 2018"),
        ("uk", "3–26 жовтня 2017 р.", "1 січня – 30 квітня 2017 р.",
         "1 жовтня 2017 р. – 31 березня 2018 р."),
        ("ar", "3–26 أكتوبر 2017", "1 يناير – 30 أبريل 2017",
         "1 أكتوبر 2017 – 31 مارس 2018"),
    ],
)  # fmt: skip
def test_period_has_whole_months_and_no_part_twice(tag, in_a_month, in_a_year, longer):
    """R-36."""
    autumn, year = dt.date(2017, 10, 3), dt.date(2017, 1, 1)

    def shown(start, end):
        return " ".join(formatting.format_period(start, end, tag).split())

    assert shown(autumn, dt.date(2017, 10, 26)) == in_a_month
    assert shown(year, dt.date(2017, 4, 30)) == in_a_year
    assert shown(autumn.replace(day=1), dt.date(2018, 3, 31)) == longer


@pytest.mark.parametrize("tag", ALL_TAGS)
def test_date_is_gregorian_with_latin_digits(tag):
    """R-36: the calendar is the one on the Swedish page, in Dari and Sorani too."""
    shown = formatting.format_moment(UPDATED, tag)

    assert "2018" in shown
    assert all(character.isascii() for character in shown if character.isdigit())


def test_machine_value_carries_the_offset_of_sweden():
    utc = dt.datetime(2018, 2, 2, 14, 59, tzinfo=dt.UTC)

    assert formatting.machine_value(utc) == "2018-02-02T15:59:00+01:00"


@pytest.mark.parametrize(
    "value", ["2018-02-02", "2018-02-02T15:59:00+01:00", dt.date(2018, 2, 2), UPDATED]
)
def test_day_is_read_from_text_and_from_dates(value):
    assert formatting.format_day(value, "sv") == "2 februari 2018"


def test_day_is_empty_when_there_is_none():
    assert formatting.format_day(None, "sv") == ""
    assert formatting.machine_value(None) == ""


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("sv", ("Vardagar", "08.00–17.00")),
        ("fi", ("Arkisin", "8.00–17.00")),
        ("en", ("Weekdays", "08:00–17:00")),
        ("ar", ("أيام العمل", "08:00–17:00")),
        ("so", ("Maalmaha shaqada", "08:00–17:00")),
    ],
)
def test_working_days_are_one_row(tag, expected):
    """R-13."""
    with translation.override(tag):
        (row,) = formatting.opening_hours(OFFICE_HOURS, tag)

    assert (row.days, row.hours) == expected


def test_days_that_differ_get_rows_of_their_own():
    hours = [
        {"weekday": 0, "opens": "08:00", "closes": "17:00"},
        {"weekday": 1, "opens": "08:00", "closes": "17:00"},
        {"weekday": 2, "opens": "13:00", "closes": "18:00"},
        {"weekday": 2, "opens": "08:00", "closes": "12:00"},
        {"weekday": 4, "opens": "08:00", "closes": "17:00"},
    ]

    rows = formatting.opening_hours(hours, "sv")

    assert [(row.days, row.hours) for row in rows] == [
        ("Måndag–tisdag", "08.00–17.00"),
        ("Onsdag", "08.00–12.00, 13.00–18.00"),
        ("Fredag", "08.00–17.00"),
    ]


def test_exceptions_that_have_passed_are_left_out():
    exceptions: list[dict[str, Any]] = [
        {"date": "2026-12-24", "closed": True, "note": "Julafton"},
        {"date": "2026-06-06", "closed": True},
        {"date": "2026-12-23", "opens": "08:00", "closes": "12:00"},
    ]

    rows = formatting.coming_exceptions(exceptions, "sv", today=dt.date(2026, 12, 1))

    assert [(row.days, row.hours, row.note) for row in rows] == [
        ("23 december 2026", "08.00–12.00", ""),
        ("24 december 2026", "", "Julafton"),
    ]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("sv", "”Hej”"), ("fi", "”Hej”"), ("en", "“Hej”"), ("ar", "«Hej»")],
)
@pytest.mark.parametrize("text", ["Hej", "”Hej”", '"Hej"', " Hej "])
def test_quote_gets_the_marks_of_the_language_once(tag, expected, text):
    """R-24."""
    assert formatting.quoted(text, tag) == expected


@pytest.mark.parametrize(
    ("size", "tag", "expected"),
    [
        (1_240_000, "sv", "1,2 MB"),
        (1_240_000, "en", "1.2 MB"),
        (340_400, "fi", "340 kB"),
        (12, "sv", "1 kB"),
        (25_600_000, "ar", "26 MB"),
    ],
)
def test_size_uses_the_decimal_sign_of_the_language(size, tag, expected):
    assert formatting.format_size(size, tag) == expected


@pytest.mark.parametrize(("seconds", "expected"), [(185, "3:05"), (3725, "1:02:05")])
def test_duration_is_written_as_a_clock(seconds, expected):
    assert formatting.format_duration(seconds) == expected


@pytest.mark.parametrize(
    ("tag", "expected"), [("uk", "Українська"), ("pl", "Polski"), ("xx", "xx")]
)
def test_autonym_comes_from_cldr_or_is_the_tag(tag, expected):
    assert formatting.autonym(tag) == expected

"""Plans by cadence, and what things are called."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from pledges import planning
from pledges.planning import Occasion

YEARS = date(2018, 1, 1), date(2019, 12, 31)


def test_tertials_of_one_year() -> None:
    found = planning.plan(date(2026, 1, 1), date(2026, 12, 31), "tertial")
    assert found == [
        Occasion(
            "Tertial 1 2026", date(2026, 1, 1), date(2026, 4, 30),
            date(2026, 6, 15), is_final=False,
        ),
        Occasion(
            "Tertial 2 2026", date(2026, 5, 1), date(2026, 8, 31),
            date(2026, 10, 15), is_final=False,
        ),
        Occasion(
            "Slutuppföljning", date(2026, 9, 1), date(2026, 12, 31),
            date(2027, 2, 15), is_final=True,
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cadence", "labels"),
    [
        ("half_year", ["Halvår 1 2018", "Halvår 2 2018", "Halvår 1 2019"]),
        ("year", ["Helår 2018"]),
        (
            "quarter",
            [f"Kvartal {n} 2018" for n in (1, 2, 3, 4)]
            + [f"Kvartal {n} 2019" for n in (1, 2, 3)],
        ),
    ],
)
def test_each_cadence_ends_with_the_final_one(cadence: str, labels: list[str]) -> None:
    found = planning.plan(*YEARS, cadence)
    assert [each.label for each in found] == [*labels, "Slutuppföljning"]
    assert [each.is_final for each in found] == [*(False for _ in labels), True]


def test_periods_leave_no_day_out() -> None:
    found = planning.plan(date(2026, 2, 18), date(2027, 10, 5), "tertial")
    assert found[0].period_start == date(2026, 2, 18)
    assert found[-1].period_end == date(2027, 10, 5)
    days = [(one.period_end, two.period_start) for one, two in pairwise(found)]
    assert all((start - end).days == 1 for end, start in days)
    assert all(each.due_on > each.period_end for each in found)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 2, 1), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2206, 1, 1)),
        (date(1, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_mistyped_period_plans_nothing(start: date, end: date) -> None:
    assert planning.plan(start, end, "tertial") == []


def test_the_last_year_of_the_calendar_has_no_day_after() -> None:
    assert planning.plan(date(9999, 1, 1), date(9999, 12, 31), "year") == []


def test_names() -> None:
    assert planning.programme_title(*YEARS) == "Medborgarlöften 2018–2019"
    assert planning.slug_of("Medborgarlöften 2018–2019") == "medborgarloften-2018-2019"
    assert planning.followup_title("Tertial 1 2018", *YEARS) == (
        "Uppföljning tertial 1 2018"
    )
    assert planning.followup_title("T1 2018", *YEARS) == "Uppföljning T1 2018"
    final = planning.followup_title("Slutuppföljning", *YEARS)
    assert final == "Slutuppföljning 2018–2019"


def test_the_next_period_is_as_long() -> None:
    after = planning.following_period(*YEARS)
    assert after == (date(2020, 1, 1), date(2021, 12, 31))
    assert planning.following_period(date(2026, 1, 1), date(2026, 12, 31)) == (
        date(2027, 1, 1),
        date(2027, 12, 31),
    )

"""The arithmetic of promises: pure functions of dates, figures and the day it is.

The four axes of a promise stay apart (C-3): the phase of a pledge follows from
dates, its outcome is said by people, the status of an activity is said by the latest
follow-up, and whether a follow-up is missing follows from the calendar (I8).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone

from cms.log import clock
from pledges.choices import Phase, Punctuality, Status

#: Due dates end at midnight where the residents live, whatever the server's clock says.
RESIDENTS_TIME = ZoneInfo("Europe/Stockholm")
#: How long a follow-up may be late before readers are told that it is missing.
GRACE = timedelta(days=14)


#: Statuses that speak for themselves; every other one needs a reason (I6).
NEEDS_NO_REASON = frozenset({Status.ONGOING, Status.RECURRING, Status.DONE})


@dataclass(frozen=True)
class Planned:
    """A planned follow-up and the key of the published one, if there is one."""

    key: str
    due_on: date
    is_final: bool
    followup: str | None = None

    def punctuality(self, today: date) -> Punctuality:
        """Say whether it is there, to come, late, or missing (R-31)."""
        if self.followup:
            return Punctuality.PUBLISHED
        if today <= self.due_on:
            return Punctuality.UPCOMING
        late = today <= self.due_on + GRACE
        return Punctuality.LATE if late else Punctuality.MISSING


def turns(due_on: date) -> tuple[date, date]:
    """Return the days from which a follow-up that is not there is late, and missing."""
    late = due_on + timedelta(days=1)
    return late, late + GRACE


def residents_today() -> date:
    """Return the date where the residents live (in the archive: that of the moment)."""
    return timezone.localdate(clock.now(), timezone=RESIDENTS_TIME)


def phase(
    *,
    start: date,
    end: date,
    signed_on: date | None,
    withdrawn_on: date | None = None,
    today: date,
) -> Phase:
    """Return the phase of a pledge, or of a programme (never withdrawn)."""
    if withdrawn_on and withdrawn_on <= today:
        return Phase.WITHDRAWN
    if today > end:
        return Phase.ENDED
    if signed_on is None or today < signed_on:
        return Phase.PLANNED
    return Phase.ONGOING if today >= start else Phase.SIGNED


def missing(planned: Iterable[Planned], today: date) -> list[Planned]:
    """Return the follow-ups that residents should have had, the oldest first."""
    gone = [p for p in planned if p.punctuality(today) is Punctuality.MISSING]
    return sorted(gone, key=lambda each: each.due_on)


def next_due(planned: Iterable[Planned], today: date) -> Planned | None:
    """Return the earliest planned follow-up that is not published and not missing."""
    waiting = (
        p
        for p in planned
        if p.punctuality(today) in {Punctuality.UPCOMING, Punctuality.LATE}
    )
    return min(waiting, key=lambda each: each.due_on, default=None)


def actual(values: Sequence[Decimal], aggregation: str) -> Decimal | None:
    """Return the result of an activity from its follow-ups, oldest first."""
    if not values:
        return None
    return sum(values, Decimal()) if aggregation == "sum" else values[-1]


def is_met(op: str, target: Decimal | None, value: Decimal | None) -> bool | None:
    """Say whether a value reaches its target; None when one of them is missing."""
    if target is None or value is None:
        return None
    match op:
        case "min":
            return value >= target
        case "max":
            return value <= target
        case "exact":
            return value == target
    return None

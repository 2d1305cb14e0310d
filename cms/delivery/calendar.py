"""Until when an answer is right, if nothing is published."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.utils import timezone


def end_of_day(now: float) -> float:
    """Return when the day ends that this moment is in, in Swedish time (epoch seconds)."""
    moment = dt.datetime.fromtimestamp(now, tz=timezone.get_default_timezone())
    return _midnight_after(moment.date())


@lru_cache(maxsize=2)
def _midnight_after(day: dt.date) -> float:
    following = dt.datetime.combine(day + dt.timedelta(days=1), dt.time())
    return following.replace(tzinfo=timezone.get_default_timezone()).timestamp()

"""What time it is for readers: now, or the moment that the archive looks at.

Whatever a public page says by the calendar (what is late, which day is closed) asks
here, so that a page of 2018 is shown with the calendar of 2018.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """Return the moment that readers are in, with its time zone."""
    return _moment.get() or timezone.now()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Let it be ``moment`` for what is read inside."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)

"""How long we wait for the database: a clock that every operation looks at.

PostgreSQL's own limits end a slow statement, but they say nothing when the server
hangs: its processes stand still, the network acknowledges, and libpq would wait for
ever. So the waiting is bounded here as well (P11). Outside of :func:`within` and
:func:`patience`, as in management commands and tests, there is no limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic

#: An answer within this many seconds was not waited for: a request may ask for a
#: thousand such.
AT_ONCE = 0.1


@dataclass
class _Budget:
    """What is left of the seconds that may be spent on slow answers."""

    left: float


_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)
_budget: ContextVar[_Budget | None] = ContextVar("budget", default=None)


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """End every database operation inside when ``seconds`` have passed.

    They count from here, whatever else is done meanwhile. Of nested limits the shorter
    wins; None adds none. What is cut off raises :class:`django.db.OperationalError`, and the next
    request gets a new connection.
    """
    limits = [] if seconds is None else [monotonic() + seconds]
    outer = _deadline.get()
    if outer is not None:
        limits.append(outer)
    token = _deadline.set(min(limits, default=None))
    try:
        yield
    finally:
        _deadline.reset(token)


@contextmanager
def patience(seconds: float | None) -> Iterator[None]:
    """Spend at most ``seconds`` on waiting for slow answers inside, taken together.

    Unlike :func:`within` it does not count other work, nor answers that come at once:
    who uploads a large image or deletes many pages is not cut off. None is no limit.
    Who is already to be less patient stays so.
    """
    outer = _budget.get()
    if seconds is None or (outer is not None and outer.left < seconds):
        token = _budget.set(outer)
    else:
        token = _budget.set(_Budget(seconds))
    try:
        yield
    finally:
        _budget.reset(token)


def remaining() -> float | None:
    """Return for how many seconds the next operation may wait; None: for ever.

    Zero or less when the time is up.
    """
    deadline, budget = _deadline.get(), _budget.get()
    limits = []
    if deadline is not None:
        limits.append(deadline - monotonic())
    if budget is not None:
        limits.append(budget.left)
    return min(limits, default=None)


def waited(seconds: float) -> None:
    """Take a wait off what is left of the patience, unless it was none."""
    budget = _budget.get()
    if budget is not None and seconds > AT_ONCE:
        budget.left -= seconds

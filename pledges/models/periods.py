"""Periods: a first day and a last."""

from __future__ import annotations

from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _


def ends_after_start(
    thing: str, first: str, last: str, *, optional: tuple[str, ...] = ()
) -> CheckConstraint:
    """Return the rule that a period does not end before it starts.

    ``first`` and ``last`` are fields; of those that are ``optional``, the period is
    open while they are empty. ``thing`` names the constraint.
    """
    condition = Q(**{f"{last}__gte": F(first)})
    for name in reversed(optional):
        condition = Q(**{f"{name}__isnull": True}) | condition
    return CheckConstraint(
        condition=condition,
        name=f"pledges_{thing}_ends_after_start",
        violation_error_message=_("The last day is before the first."),
    )

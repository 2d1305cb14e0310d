"""Figures and states in words, for staff."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from cms.core.building import number
from pledges.choices import Status
from pledges.staff_choices import TargetOp
from pledges.standing import Standing


def status_words(status: str) -> str:
    return str(Status(status).label) if status else ""


def figure(value: Decimal | None) -> str:
    """Return a number with a decimal comma: the staff's languages have one."""
    return "" if value is None else number(value).replace(".", ",")


def target(standing: Standing) -> str:
    """Return «At least 10 vandringar», or that there is no target."""
    if standing.target is None:
        return _("No target")
    words = TargetOp(standing.op).label
    return f"{words} {figure(standing.target)} {standing.unit}".strip()

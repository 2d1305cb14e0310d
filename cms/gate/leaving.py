"""What leaves the site with a text, told before anybody decides."""

from __future__ import annotations

from typing import Any

from cms.gate import record, rules
from cms.gate.actions import dependants
from cms.gate.errors import Issue


def whatever_leaves_with(obj: Any) -> tuple[list[Any], list[Issue]]:
    """Return what would be withdrawn with ``obj`` and is public, and what forbids it."""
    public = [each for each in [obj, *dependants(obj)] if record.is_public(each)]
    issues = [issue for each in public for issue in rules.withdrawal_issues(each)]
    return public, issues

"""What leaves the site with a text, told before anybody decides."""

from __future__ import annotations

from typing import Any

from cms.gate import record, rules
from cms.gate.actions import dependants
from cms.gate.errors import Issue


def whatever_leaves_with(obj: Any) -> tuple[list[Any], list[Issue]]:
    """Return what would be withdrawn with ``obj`` and is public, and what forbids it."""
    public = [each for each in [obj, *dependants(obj)] if record.is_public(each)]
    for each in public:
        # One that must stay is reason enough, and the text itself stands first.
        if issues := rules.withdrawal_issues(each):
            return public, issues
    return public, []

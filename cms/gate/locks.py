"""The lock that holds while a text is under review."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock


class ReviewLock(WorkflowLock):
    """Nobody edits what somebody else is reading."""

    def get_message(self, user: Any) -> str:
        return _(
            "This text is under review. It can be edited again when the reviewer has "
            "decided, or when whoever submitted it takes it back."
        )

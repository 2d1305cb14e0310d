"""Opaque cursors: a place in a list ordered by date and id, newest first."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

from django.utils import timezone

from cms.publication.models import Head


class BadCursor(ValueError):
    """The cursor was not made by us."""


def encode(head: Head) -> str:
    """Return the cursor of the entry after ``head``."""
    text = f"{head.list_date.isoformat()}|{head.pk}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[datetime, int]:
    """Return date and id. Raises ``BadCursor``."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        date, number = base64.urlsafe_b64decode(padded).decode().split("|")
        moment, pk = datetime.fromisoformat(date), int(number)
    except (ValueError, binascii.Error) as error:
        raise BadCursor from error
    if timezone.is_naive(moment) or not 0 < pk < 2**63:
        raise BadCursor
    return moment, pk

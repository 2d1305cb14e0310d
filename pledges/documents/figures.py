"""Numbers and days as a document holds them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


def number(value: Decimal | None) -> str | None:
    """Return a figure in its shortest form: ``4.2``, ``57``."""
    if value is None:
        return None
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(value: date | None) -> str | None:
    """Return a date as ISO 8601 writes it."""
    return value.isoformat() if value else None

"""Relations point at Swedish originals: what they name is the same in every language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from modelcluster.fields import ParentalManyToManyField


def originals() -> dict[str, str]:
    """Return the filter that offers originals only, for forms and validation."""
    return {"locale__language_code": settings.LANGUAGE_CODE}


def original_key(to: str, *, required: bool = False, **options: Any) -> Any:
    """Return a foreign key to an original; what is pointed at cannot be deleted (I9)."""
    return models.ForeignKey(
        to, on_delete=models.PROTECT, related_name="+", limit_choices_to=originals,
        null=not required, blank=not required, **options,
    )  # fmt: skip


def original_keys(to: str, **options: Any) -> Any:
    """Return a relation to several originals; may be empty."""
    return ParentalManyToManyField(
        to, related_name="+", limit_choices_to=originals, blank=True, **options
    )

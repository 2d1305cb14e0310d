"""What programmes, pledges and follow-ups have in common as pages."""

from __future__ import annotations

from typing import Any

from cms.core.models import BasePage
from cms.core.page import MachineTranslationPolicy, TranslationPriority


def _field(name: str, default: str) -> Any:
    """Return a field of every page, with another default."""
    field = BasePage._meta.get_field(name).clone()
    field.default = default
    return field


class PledgePage(BasePage):
    """A page about a promise: it must be translated, and by a person (§5.4)."""

    translation_priority = _field("translation_priority", TranslationPriority.MUST)
    mt_policy = _field("mt_policy", MachineTranslationPolicy.DRAFT_ONLY)

    class Meta:
        abstract = True

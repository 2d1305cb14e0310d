"""Codes that pages carry, and the staff's words for them. No models."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sensitivity(TextChoices):
    NORMAL = "normal", _("Normal")
    SAFETY_CRITICAL = "safety_critical", _("Safety-critical")


class TranslationPriority(TextChoices):
    MUST = "must", _("Must be translated")
    SHOULD = "should", _("Should be translated")
    ON_DEMAND = "on_demand", _("On demand")
    NEVER = "never", _("Is not translated")

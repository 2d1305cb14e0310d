"""What readers may say that a report is about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Subject(models.TextChoices):
    """What an error report is about (R-42)."""

    FACT = "fact", _("Something is wrong or missing in the text")
    TRANSLATION = "translation", _("The translation or the language")
    ACCESSIBILITY = "accessibility", _("I cannot use the page")
    TECHNICAL = "technical", _("Something does not work")
    OTHER = "other", _("Something else")

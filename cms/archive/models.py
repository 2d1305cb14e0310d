"""What the log does not hold and old pages draw on: which languages were offered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LanguageRecord(models.Model):
    """What a language was to readers, from a moment on until its next record.

    Written whenever a language is saved; never changed.
    """

    code = models.CharField(max_length=35)
    visible = models.BooleanField()
    order = models.PositiveSmallIntegerField()
    fallback_chain = models.JSONField()
    recorded_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        verbose_name = _("record of a language")
        verbose_name_plural = _("records of languages")
        indexes = [
            models.Index(fields=["code", "recorded_at"], name="archive_language_record")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.recorded_at:%Y-%m-%d}: {self.visible}"

"""Reminders of follow-ups: which have been sent, to whom. Not public."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SentReminder(models.Model):
    """One mail about one planned follow-up; each is sent once.

    The row is made when the mail is decided on, and ``sent_at`` is set when it has been
    handed over: a mail that failed is tried again at the next run.
    """

    class Kind(models.TextChoices):
        BEFORE = "before", _("fourteen days before")
        AFTER = "after", _("the day after")
        MISSING = "missing", _("when readers are told that it is missing")

    programme_key = models.UUIDField()
    occasion_key = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    recipient = models.EmailField()
    decided_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("sent reminder")
        verbose_name_plural = _("sent reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["occasion_key", "kind", "recipient"],
                name="pledges_reminder_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.occasion_key} {self.recipient}"

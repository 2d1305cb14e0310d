"""What readers tell us: errors in a text, and languages they miss."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.feedback.subjects import Subject


class Mailbox(models.Model):
    """Somebody whom error reports are mailed to, and when that was done last."""

    address = models.EmailField(unique=True)
    last_sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")

    def __str__(self) -> str:
        return self.address


class ErrorReport(models.Model):
    """What one or several readers say is wrong with a page.

    ``locale`` is the code of the language that they read, ``publication`` the version
    (R-41). ``unsent_to`` is who has not been told by mail yet. The same words about the
    same page are one report, counted, until it has been handled.
    """

    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    publication = models.BigIntegerField()
    title = models.CharField(max_length=255)
    path = models.CharField(max_length=1000)
    kind = models.CharField(
        max_length=15, choices=Subject.choices, default=Subject.OTHER
    )
    text = models.TextField()
    text_hash = models.CharField(max_length=64)
    contact = models.CharField(max_length=200, blank=True)
    count = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField(auto_now_add=True)
    last_received_at = models.DateTimeField()
    unsent_to = models.ManyToManyField(Mailbox, related_name="unsent", blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    handling_note = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        ordering = ["-last_received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "locale", "text_hash"],
                condition=Q(handled_at=None),
                name="error_report_once_while_open",
            )
        ]
        indexes = [
            models.Index(fields=["last_received_at"], name="error_report_received")
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.title}"


class TranslationWish(models.Model):
    """How many readers have wished for a page in a language; who they are nobody knows."""

    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    count = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("wish for translation")
        verbose_name_plural = _("wishes for translation")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "locale"], name="translation_wish_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.locale} {self.key}: {self.count}"


class Sender(models.Model):
    """When somebody sent what lately; ``name`` is a keyed hash that changes every day.

    See :mod:`cms.feedback.throttle`. ``times`` are seconds since 1970.
    """

    name = models.CharField(max_length=64, unique=True)
    times = models.JSONField(default=list)
    last_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("sender")
        verbose_name_plural = _("senders")
        indexes = [models.Index(fields=["last_at"], name="feedback_sender_last")]

    def __str__(self) -> str:
        return self.name[:8]

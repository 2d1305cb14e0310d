"""Facts about translations that are stored and never changed, and what a source is at."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision
from wagtail_localize.models import StringTranslation, TranslationSource


class SourceState(models.Model):
    """Which Swedish publication the engine's segments were made from.

    The engine's copy of the source is a cache: it is refreshed when somebody opens
    the desk and this number is behind the log's.
    """

    source = models.OneToOneField(
        TranslationSource, on_delete=models.CASCADE, related_name="state"
    )
    publication_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.source_id}: {self.publication_id}"


class SegmentHistory(models.Model):
    """Each version of a translated segment: who typed what, and when."""

    string_translation = models.ForeignKey(
        StringTranslation, null=True, on_delete=models.SET_NULL, related_name="history"
    )
    object_key = models.UUIDField()
    locale_code = models.CharField(max_length=35)
    path = models.CharField(max_length=500)
    text = models.TextField()
    origin = models.CharField(max_length=20)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_key", "locale_code", "path"])]

    def __str__(self) -> str:
        return f"{self.locale_code} {self.path}"


class Submission(models.Model):
    """The facts about one translated revision that was sent to review.

    Stored once and never changed; labels for readers are computed from these
    (``cms.reading.status``). A person's name stays internal.
    """

    content_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, related_name="+"
    )
    object_id = models.CharField(max_length=255)
    revision = models.OneToOneField(
        Revision, null=True, on_delete=models.SET_NULL, related_name="submission"
    )
    revision_number = models.PositiveBigIntegerField(unique=True)
    source_publication_id = models.BigIntegerField()
    origin = models.CharField(max_length=20)
    segments_total = models.PositiveIntegerField()
    segments_machine = models.PositiveIntegerField()
    segments_machine_edited = models.PositiveIntegerField()
    contributor_ids = models.JSONField(default=list)
    overridden_checks = models.JSONField(default=list)
    override_reason = models.TextField(blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("submitted translation")
        verbose_name_plural = _("submitted translations")
        permissions = [
            (
                "override_checks",
                _("Can submit in spite of failed checks, with a reason"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision_number} ({self.origin})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and not kwargs.get("update_fields"):
            raise TypeError("A submission is written once.")
        super().save(*args, **kwargs)

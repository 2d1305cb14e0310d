"""Links that show one draft to somebody without an account."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision


class PreviewLink(models.Model):
    """Shows one revision, and so one page or block in one language, until it expires.

    Only a hash of the secret in the address is stored: whoever reads the database can
    open nothing. ``note`` says whom it was sent to.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="preview_links"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-id"]
        indexes = [models.Index(fields=["expires_at"], name="preview_link_expires")]

    def __str__(self) -> str:
        return f"{self.pk}, {self.revision_id}"

    @property
    def is_open(self) -> bool:
        """Neither revoked nor expired; what it shows may have been published since."""
        return self.revoked_at is None and self.expires_at > timezone.now()

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    """What was public at any time, for the archivist: looked at, and exported."""

    name = "cms.archive"
    label = "cms_archive"
    verbose_name = _("Archive")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.archive.languages import record
        from cms.reading.models import Language

        post_save.connect(record, sender=Language, dispatch_uid="cms_archive")

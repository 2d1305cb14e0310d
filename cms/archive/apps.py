from __future__ import annotations

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """What was public at any time, for the archivist: looked at, and exported."""

    name = "cms.archive"
    label = "cms_archive"

from __future__ import annotations

from django.apps import AppConfig


class PreviewsConfig(AppConfig):
    """Links that show one draft to somebody without an account."""

    name = "cms.previews"
    label = "cms_previews"

from __future__ import annotations

from django.apps import AppConfig


class MirrorConfig(AppConfig):
    """The whole public site written as files that any web server can serve."""

    name = "cms.mirror"
    label = "cms_mirror"

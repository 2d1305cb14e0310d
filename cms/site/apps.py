"""Registration of the public site with Django."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Templates, static files and template tags of the public site."""

    name = "cms.site"
    label = "cms_site"
    verbose_name = "Public site"

from __future__ import annotations

from django.apps import AppConfig


class EngineConfig(AppConfig):
    name = "cms.engine"
    label = "engine"
    verbose_name = "Translation engine"
    default_auto_field = "django.db.models.BigAutoField"

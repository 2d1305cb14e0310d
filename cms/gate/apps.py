from __future__ import annotations

from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "cms.gate"
    label = "gate"
    verbose_name = "Gate"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core import checks

        from cms.gate import deciding, signal_handlers

        signal_handlers.register()
        checks.register(deciding.somebody_decides, checks.Tags.database)

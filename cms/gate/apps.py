from __future__ import annotations

from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "cms.gate"
    label = "gate"
    verbose_name = "Gate"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core import checks

        from cms.database import health
        from cms.gate import deciding, overdue, signal_handlers

        signal_handlers.register()
        health.register("schedule", overdue.nothing_is_overdue)
        checks.register(deciding.somebody_decides, checks.Tags.database)

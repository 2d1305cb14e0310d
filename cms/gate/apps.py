from __future__ import annotations

from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "cms.gate"
    label = "gate"
    verbose_name = "Gate"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.gate import signal_handlers

        signal_handlers.register()

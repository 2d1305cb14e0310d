from __future__ import annotations

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.kinds import registry
        from home import kinds

        registry.register(kinds.HomePage, kinds.StandardPage)

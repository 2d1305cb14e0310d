from __future__ import annotations

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "tests.example_app"
    label = "events"
    verbose_name = "Events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.api import routers
        from cms.core.blocks import body
        from cms.kinds import registry
        from tests.example_app import blocks, kinds

        registry.register(kinds.EventPage)
        body.register(blocks.TimetableBlock)
        routers.register("tests.example_app.api.router")

from __future__ import annotations

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """What readers tell us: errors in a text, and languages they miss."""

    name = "cms.feedback"
    label = "cms_feedback"

    def ready(self) -> None:
        from cms.feedback import wishes

        wishes.listen()

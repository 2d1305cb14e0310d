from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "cms.desk"
    label = "desk"
    verbose_name = "Translators' desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.desk.policies import LanguagePolicy
        from cms.reading.models import Language

        register_permission_policy(Language, LanguagePolicy(Language))

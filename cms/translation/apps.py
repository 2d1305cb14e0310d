from __future__ import annotations

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "cms.translation"
    label = "translation"
    verbose_name = "Translation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.translation.models import Language
        from cms.translation.policies import LanguagePolicy

        register_permission_policy(Language, LanguagePolicy(Language))

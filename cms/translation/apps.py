from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "cms.translation"
    label = "translation"
    verbose_name = "Translation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.permissions import register_permission_policy

        from cms.delivery.version import announce_change
        from cms.translation.models import Language
        from cms.translation.policies import LanguagePolicy

        register_permission_policy(Language, LanguagePolicy(Language))

        def tell(**kwargs: Any) -> None:
            # Which languages there are is in every page, and in no log.
            announce_change()

        for signal in (post_save, post_delete):
            signal.connect(
                tell, sender=Language, weak=False, dispatch_uid="cms.delivery"
            )

from __future__ import annotations

from django.apps import AppConfig


class PledgesConfig(AppConfig):
    name = "pledges"
    verbose_name = "Pledges"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.core.shared_block import SharedBlock
        from cms.gate.permissions import LocalePermissionPolicy

        for model in self.get_models():
            if issubclass(model, SharedBlock):
                register_permission_policy(model, LocalePermissionPolicy(model))

from __future__ import annotations

from django.apps import AppConfig


class PledgesConfig(AppConfig):
    name = "pledges"
    verbose_name = "Pledges"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.api import routers
        from cms.core.blocks import body
        from cms.core.shared_block import SharedBlock
        from cms.gate.permissions import LocalePermissionPolicy
        from cms.kinds import registry
        from pledges import blocks, kinds
        from pledges.extension import EXTENSION

        registry.register(*kinds.PAGES, *kinds.SHARED)
        body.register(*blocks.BLOCKS)
        for model in self.get_models():
            if issubclass(model, SharedBlock):
                register_permission_policy(model, LocalePermissionPolicy(model))
        registry.extend(EXTENSION)
        routers.register(
            "pledges.api.places.router",
            "pledges.api.accounts.router",
            "pledges.api.surveys.router",
        )

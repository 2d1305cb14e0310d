from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = "Content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.core import kinds
        from cms.core.blocks import body
        from cms.core.blocks.standard import STANDARD
        from cms.core.models import ContactBlock, EmergencyNumbers
        from cms.gate.permissions import LocalePermissionPolicy
        from cms.kinds import registry

        registry.register(kinds.Contact, kinds.Emergency)
        body.register(*STANDARD)
        for block in (ContactBlock, EmergencyNumbers):
            register_permission_policy(block, LocalePermissionPolicy(block))

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = "Content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import pre_delete
        from wagtail.permissions import register_permission_policy

        from cms.core import kinds
        from cms.core.blocks import body
        from cms.core.blocks.standard import STANDARD
        from cms.core.models import (
            ContactBlock,
            ContentImage,
            EmergencyNumbers,
            MediaFile,
        )
        from cms.core.replacing import require_may_be_deleted
        from cms.gate.permissions import LocalePermissionPolicy
        from cms.kinds import registry

        registry.register(kinds.Contact, kinds.Emergency)
        body.register(*STANDARD)
        for block in (ContactBlock, EmergencyNumbers):
            register_permission_policy(block, LocalePermissionPolicy(block))
        for library in (ContentImage, MediaFile):
            pre_delete.connect(require_may_be_deleted, sender=library)

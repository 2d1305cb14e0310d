from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = "Content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.core.models import ContactBlock
        from cms.publishing.permissions import LocalePermissionPolicy

        register_permission_policy(ContactBlock, LocalePermissionPolicy(ContactBlock))

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    """Tells other systems what was published: the outbox, its workers and its screens."""

    name = "cms.webhooks"
    label = "cms_webhooks"
    verbose_name = _("Webhooks")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.log.signals import appended
        from cms.webhooks.outbox import write_deliveries

        appended.connect(write_deliveries, dispatch_uid="cms.webhooks")

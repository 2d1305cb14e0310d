from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Bytes kept ready for readers, keyed by the log: what is warm needs no Django."""

    name = "cms.delivery"
    label = "cms_delivery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.delivery.version import announce_row
        from cms.log.signals import appended

        def tell(publication: Any, **kwargs: Any) -> None:
            announce_row(publication.pk, publication.row_hash)

        appended.connect(tell, weak=False, dispatch_uid="cms.delivery")

from __future__ import annotations

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Bytes kept ready for readers, keyed by the log: what is warm needs no Django."""

    name = "cms.delivery"
    label = "cms_delivery"

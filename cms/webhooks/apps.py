from __future__ import annotations

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Tells other systems what was published: the outbox, its workers and its screens."""

    name = "cms.webhooks"
    label = "cms_webhooks"

"""Wiring: the webhooks' screens, and what their history says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from cms.webhooks.admin import DeliveryViewSet, EndpointViewSet


@hooks.register("register_admin_viewset")
def webhook_screens() -> list[ViewSet]:
    return [EndpointViewSet("webhooks"), DeliveryViewSet("webhook_deliveries")]


@hooks.register("register_log_actions")
def webhook_log_actions(actions: LogActionRegistry) -> None:
    for action, label, message in (
        ("rotate", _("New secret"), _("Made a new secret")),
        ("retire", _("Retire the old secret"), _("Retired the old secret")),
        ("resend", _("Send again"), _("Sent again what was given up")),
    ):
        actions.register_action(f"webhooks.{action}", label, message)

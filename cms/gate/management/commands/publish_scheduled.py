"""Publishes what is due, withdraws what has expired, records what a new day changes.

Run it every minute.

Replaces Wagtail's command of the same name, which would act outside the gate's
transaction. Several may run at once.
"""

from __future__ import annotations

import logging
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page

from cms.gate import actions, overdue, record
from cms.gate.errors import Refused
from cms.gate.gated import Gated

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Carry out what the clock has made due."""

    help = "Publish approved revisions that are due and withdraw expired texts."

    def handle(self, *args: Any, **options: Any) -> None:
        withdrawn = sum(_withdraw_if_allowed(obj) for obj in self._expired())
        published = actions.publish_due()
        turned = record.keep_calendar()
        self.stdout.write(
            f"{published} published, {withdrawn} withdrawn,"
            f" {turned} changed with the calendar."
        )

    def _expired(self) -> list[Any]:
        now = timezone.now()
        found: list[Any] = list(
            Page.objects.filter(live=True, expire_at__lte=now).specific()
        )
        for model in apps.get_models():
            if issubclass(model, DraftStateMixin) and not issubclass(model, Page):
                found += model._default_manager.filter(live=True, expire_at__lte=now)
        return [obj for obj in found if isinstance(obj, Gated)]


def _withdraw_if_allowed(obj: Any) -> int:
    """Withdraw what has expired; what readers must keep stays, and its people are told.

    A refusal concerns this text alone; the others go ahead.
    """
    verb = "wagtail.unpublish.scheduled"
    try:
        return len(actions.withdraw(obj, expired=True, log_action=verb))
    except Refused as refusal:
        logger.warning("%s has expired but stays: %s", obj, refusal)
        if obj.live_revision:
            overdue.tell(obj, obj.live_revision, refusal, what=overdue.STAYED)
        return 0

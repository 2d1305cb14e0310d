"""What an administrator may do with webhooks. Each checks by itself who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.log.models import Publication
from cms.webhooks import changes, sending
from cms.webhooks.models import Delivery, DeliveryQuerySet, Endpoint

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Awake again: nothing has failed.
RESTED = {"failures": 0, "failing_since": None, "rests_until": None}


def require(user: User, verb: str) -> None:
    """Raise ``PermissionDenied`` unless ``user`` may ``add``, ``change`` or ``delete``."""
    if not user.has_perm(f"cms_webhooks.{verb}_endpoint"):
        raise PermissionDenied


def rotate(endpoint: Endpoint, *, by: User) -> str:
    """Make a new secret and return it, to be shown once. The old one signs too.

    Raises ``ValidationError`` while an older one still does: its receiver may not
    have changed over yet.
    """
    require(by, "change")
    with transaction.atomic():
        endpoint = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        if endpoint.previous_secret:
            raise ValidationError(_("Retire the old secret before you make a new one."))
        endpoint.previous_secret = endpoint.secret
        endpoint.secret = sending.new_secret()
        endpoint.save(update_fields=["secret", "previous_secret"])
        log(instance=endpoint, action="webhooks.rotate", user=by)
    return endpoint.secret


def retire(endpoint: Endpoint, *, by: User) -> None:
    """Sign with the newest secret only."""
    require(by, "change")
    with transaction.atomic():
        Endpoint.objects.filter(pk=endpoint.pk).update(previous_secret="")
        log(instance=endpoint, action="webhooks.retire", user=by)


def send_test(endpoint: Endpoint, *, by: User) -> int:
    """Send the newest change that readers see once more; return the receiver's status.

    Its id begins with ``test_``. Raises ``Undelivered``, or ``ValidationError`` while
    nothing is published.
    """
    require(by, "change")
    newest = Publication.objects.filter(
        locale__in=changes.offered_languages()
    ).order_by("-id")
    entries = changes.read(newest[:1])
    if not entries:
        raise ValidationError(_("Nothing is published yet that could be sent."))
    body = entries[0].model_dump_json().encode()
    return sending.send(endpoint.url, f"test_{uuid4()}", body, endpoint.keys)


def resend(deliveries: DeliveryQuerySet, *, by: User) -> int:
    """Take up again what was given up, with 24 hours anew; return how many."""
    require(by, "change")
    with transaction.atomic():
        parked = deliveries.parked()
        endpoints = list(Endpoint.objects.filter(deliveries__in=parked).distinct())
        count = parked.update(
            state=Delivery.State.PENDING,
            attempts=0,
            first_attempt_at=None,
            next_attempt_at=timezone.now(),
        )
        for endpoint in endpoints:
            Endpoint.objects.filter(pk=endpoint.pk).update(**RESTED)
            log(instance=endpoint, action="webhooks.resend", user=by)
    return count

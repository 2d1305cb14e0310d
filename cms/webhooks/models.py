"""Who is told of publications, and how far the telling has come."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.log.models import Publication
from cms.webhooks.obstacles import Obstacle, sentence
from cms.webhooks.sending import new_secret

if TYPE_CHECKING:
    from datetime import datetime


class Endpoint(models.Model):
    """An address of another system, which is told of publications.

    An empty list of types, languages or actions leaves nothing out. Languages are those
    of answers: a receiver of Finnish is told of a Swedish change that Finnish readers
    see; whether they do is found out when it is to be told. A second secret
    signs too while the receiver changes from one to the other. ``failures`` counts the
    attempts since the last one that succeeded, whatever page they were about; a
    receiver that fails everything rests, so that it does not hold up the others.
    """

    name = models.CharField(_("name"), max_length=100, unique=True)
    url = models.CharField(_("address"), max_length=500)
    types = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    actions = models.JSONField(default=list, blank=True)
    enabled = models.BooleanField(_("in use"), default=True)
    secret = models.CharField(max_length=100, default=new_secret, editable=False)
    previous_secret = models.CharField(max_length=100, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    failures = models.PositiveIntegerField(default=0, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    rests_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.name

    def wants(self, publication: Publication) -> bool:
        """Say whether the receiver is to be told of this."""
        wishes = (
            (self.types, publication.type),
            (self.actions, publication.action),
        )
        return all(not wanted or fact in wanted for wanted, fact in wishes)

    @property
    def keys(self) -> list[str]:
        """The secrets that sign now, the newest first."""
        return [key for key in (self.secret, self.previous_secret) if key]


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Which deliveries a worker or an administrator looks at."""

    def waiting(self) -> DeliveryQuerySet:
        return self.filter(state=Delivery.State.PENDING)

    def parked(self) -> DeliveryQuerySet:
        return self.filter(state=Delivery.State.PARKED)

    def due(self, now: datetime, languages: list[str]) -> DeliveryQuerySet:
        """Those that may be sent now, the longest due first.

        Of one page in one language only the earliest: what follows waits until it was
        delivered or parked. What is in a language that readers are not offered waits
        until they are.
        """
        earlier = Delivery.objects.waiting().filter(
            endpoint_id=models.OuterRef("endpoint_id"),
            key=models.OuterRef("key"),
            locale=models.OuterRef("locale"),
            publication_id__lt=models.OuterRef("publication_id"),
        )
        rested = Q(endpoint__rests_until=None) | Q(endpoint__rests_until__lte=now)
        return (
            self.waiting()
            .filter(rested, endpoint__enabled=True)
            .filter(next_attempt_at__lte=now, locale__in=languages)
            .exclude(models.Exists(earlier))
            .order_by("next_attempt_at", "publication_id")
        )


class Delivery(models.Model):
    """One publication that one endpoint is told of, at least once, under one id.

    Written in the transaction that publishes. While a worker is at it,
    ``next_attempt_at`` is when another may take it up because that one has died.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        DELIVERED = "delivered", _("delivered")
        PARKED = "parked", _("given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # No constraint: an endpoint that is deleted at this very moment must not make a
    # publication fail. The worker clears away what is left of it.
    endpoint = models.ForeignKey(
        Endpoint,
        on_delete=models.CASCADE,
        db_constraint=False,
        related_name="deliveries",
        verbose_name=_("webhook"),
    )
    publication = models.ForeignKey(
        Publication,
        on_delete=models.PROTECT,
        related_name="+",
    )
    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PENDING
    )
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    first_attempt_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    delivered_at = models.DateTimeField(null=True)
    last_obstacle = models.CharField(
        max_length=20, choices=Obstacle.choices, blank=True
    )
    last_status = models.PositiveSmallIntegerField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "publication"], name="delivery_once_per_endpoint"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "publication"],
                condition=Q(state="pending"),
                name="delivery_due",
            ),
            models.Index(
                fields=["endpoint", "key", "locale", "publication"],
                condition=Q(state="pending"),
                name="delivery_order",
            ),
            models.Index(
                fields=["delivered_at"],
                condition=Q(state="delivered"),
                name="delivery_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} → {self.endpoint_id}"

    @property
    def subject(self) -> str:
        """The page's path, or what kind of shared block it is."""
        return self.publication.path or f"{self.publication.type} {self.key}"

    @property
    def outcome(self) -> str:
        """What went wrong last, in the reader's language; empty if nothing did."""
        obstacle = self.last_obstacle
        return sentence(Obstacle(obstacle), self.last_status) if obstacle else ""

    @property
    def retry_at(self) -> datetime | None:
        """When it is tried again, if it has been tried in vain."""
        waits = self.state == self.State.PENDING and self.attempts
        return self.next_attempt_at if waits else None

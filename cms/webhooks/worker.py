"""Take up what is due, send it, write down how it went. Any number may run at once."""

from __future__ import annotations

import logging
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import (
    InterfaceError,
    OperationalError,
    close_old_connections,
    connections,
    models,
    transaction,
)
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from cms.log.models import Publication
from cms.webhooks import changes, sending
from cms.webhooks.models import Delivery, Endpoint
from cms.webhooks.obstacles import Undelivered

if TYPE_CHECKING:
    from datetime import datetime
    from threading import Event

logger = logging.getLogger(__name__)

#: How long what was delivered is kept, and how often it is cleared away.
KEEP = timedelta(days=30)
TIDY = timedelta(hours=1)
_BATCH = 1000


@dataclass(frozen=True)
class Pace:
    """How patient a worker is.

    ``lease``: when another worker takes up what this one has begun; longer than any
    attempt. ``first`` and ``longest``: the wait after the first failure, doubled with
    each one, and its limit. ``give_up``: from the first attempt until it is parked.
    ``tolerance``: how many attempts in a row an endpoint may fail before it rests.
    """

    lease: timedelta = timedelta(seconds=30)
    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(hours=1)
    give_up: timedelta = timedelta(hours=24)
    tolerance: int = 5

    def wait(self, failures: int) -> timedelta:
        """Return how long to wait, between half and all of the step, so that not
        everything comes back at the same moment."""
        step = min(self.first * 2 ** min(failures - 1, 30), self.longest)
        return step * random.uniform(0.5, 1)  # noqa: S311 - no secret


class Worker:
    """Delivers one thing at a time."""

    def __init__(self, pace: Pace | None = None) -> None:
        self.pace = pace or Pace()
        self.attempts = 0
        self.failures = 0

    def run(self, stop: Event, *, poll: float) -> None:
        """Deliver until told to stop; what has been begun is finished.

        Without a database there is nothing to do but wait for it.
        """
        tidy_at = timezone.now()
        while not stop.is_set():
            try:
                close_old_connections()
                if timezone.now() >= tidy_at:
                    tidy()
                    tidy_at = timezone.now() + TIDY
                if not self.deliver_next():
                    stop.wait(poll)
            except (OperationalError, InterfaceError) as error:
                logger.warning("The database cannot be used: %s", error)
                connections.close_all()
                stop.wait(max(poll, 1))

    def run_once(self, stop: Event) -> None:
        """Deliver what is due, then end."""
        while not stop.is_set() and self.deliver_next():
            pass
        tidy()

    def deliver_next(self) -> bool:
        """Make one attempt; say whether there was anything to attempt."""
        delivery = self._take()
        if delivery is None:
            return False
        endpoint = delivery.endpoint
        body = body_of(delivery)
        if body is None:
            _as_taken(delivery).delete()
            return True
        self.attempts += 1
        try:
            status = sending.send(endpoint.url, str(delivery.pk), body, endpoint.keys)
        except Undelivered as failure:
            self.failures += 1
            self._note_failure(delivery, failure)
            logger.warning(
                "Delivery %s to webhook %s failed: %s (%s), attempt %d",
                *(delivery.pk, endpoint.pk, failure.obstacle, failure.status),
                delivery.attempts,
            )
        else:
            _note_success(delivery, status)
            logger.info("Delivery %s to webhook %s done", delivery.pk, endpoint.pk)
        return True

    def _take(self) -> Delivery | None:
        """Take up the delivery that has been due longest; nobody else will meanwhile."""
        languages = changes.offered_languages()
        with transaction.atomic():
            now = timezone.now()
            due = Delivery.objects.due(now, languages).select_related("endpoint")
            delivery = due.select_for_update(skip_locked=True, of=("self",)).first()
            if delivery is None:
                return None
            delivery.attempts += 1
            delivery.first_attempt_at = delivery.first_attempt_at or now
            delivery.next_attempt_at = now + self.pace.lease
            delivery.save(
                update_fields=["attempts", "first_attempt_at", "next_attempt_at"]
            )
        return delivery

    def _note_failure(self, delivery: Delivery, failure: Undelivered) -> None:
        now = timezone.now()
        begun = delivery.first_attempt_at or now
        over = now - begun >= self.pace.give_up
        with transaction.atomic():
            _as_taken(delivery).update(
                state=Delivery.State.PARKED if over else Delivery.State.PENDING,
                next_attempt_at=now + self.pace.wait(delivery.attempts),
                last_obstacle=failure.obstacle,
                last_status=failure.status,
            )
            self._note_failing(delivery.endpoint, failure, now)

    def _note_failing(
        self, endpoint: Endpoint, failure: Undelivered, now: datetime
    ) -> None:
        """Let an endpoint rest that fails everything, and in the end give up."""
        excess = endpoint.failures + 1 - self.pace.tolerance
        rests_until = now + self.pace.wait(excess) if excess > 0 else None
        Endpoint.objects.filter(pk=endpoint.pk).update(
            failures=F("failures") + 1,
            failing_since=Coalesce("failing_since", now),
            rests_until=rests_until,
        )
        too_old = now - self.pace.give_up
        if endpoint.failing_since and endpoint.failing_since <= too_old:
            endpoint.deliveries.waiting().filter(created_at__lte=too_old).update(
                state=Delivery.State.PARKED,
                last_obstacle=failure.obstacle,
                last_status=failure.status,
            )


def body_of(delivery: Delivery) -> bytes | None:
    """Return the change feed's entry as JSON.

    None: it has changed no answer in the languages that the receiver asked for.
    """
    entries = changes.read(Publication.objects.filter(pk=delivery.publication_id))
    if languages := delivery.endpoint.languages:
        entries = changes.among(entries, languages)
    return entries[0].model_dump_json().encode() if entries else None


def tidy() -> None:
    """Clear away what was delivered long ago, and what has lost its endpoint."""
    endpoints = Endpoint.objects.filter(pk=OuterRef("endpoint_id"))
    old = Delivery.objects.filter(
        state=Delivery.State.DELIVERED, delivered_at__lt=timezone.now() - KEEP
    )
    for rows in (old, Delivery.objects.exclude(Exists(endpoints))):
        while batch := list(rows.values_list("pk", flat=True)[:_BATCH]):
            Delivery.objects.filter(pk__in=batch).delete()


def _note_success(delivery: Delivery, status: int) -> None:
    with transaction.atomic():
        _as_taken(delivery).update(
            state=Delivery.State.DELIVERED,
            delivered_at=timezone.now(),
            last_obstacle="",
            last_status=status,
        )
        Endpoint.objects.filter(pk=delivery.endpoint_id).exclude(failures=0).update(
            failures=0, failing_since=None, rests_until=None
        )


def _as_taken(delivery: Delivery) -> models.QuerySet[Delivery]:
    """The row, unless somebody else has taken it up since."""
    return Delivery.objects.waiting().filter(pk=delivery.pk, attempts=delivery.attempts)

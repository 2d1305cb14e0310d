"""What is to be told is written down in the transaction that publishes."""

from __future__ import annotations

from typing import Any

from cms.log.models import Publication
from cms.webhooks.models import Delivery, Endpoint


def write_deliveries(
    sender: type[Publication], publication: Publication, **more: Any
) -> None:
    """Note for each endpoint that it is to be told: two statements, one if there is none."""
    Delivery.objects.bulk_create(
        Delivery(
            endpoint=endpoint,
            publication=publication,
            key=publication.key,
            locale=publication.locale,
        )
        for endpoint in Endpoint.objects.filter(enabled=True)
        if endpoint.wants(publication)
    )

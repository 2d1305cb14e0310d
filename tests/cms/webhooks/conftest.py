from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.cms.webhooks.receiver import Receiver, receiving

if TYPE_CHECKING:
    from cms.webhooks.models import Endpoint


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """A receiver on this machine, and leave to reach it."""
    settings.CMS_WEBHOOK_LOCAL_HOSTS = ["127.0.0.1"]
    settings.CMS_OFFERED_LANGUAGES = "tests.cms.webhooks.receiver.offered_languages"
    with receiving() as server:
        yield server


@pytest.fixture
def endpoint(receiver: Receiver, db: None) -> Endpoint:
    """A webhook that tells the receiver of everything."""
    from cms.webhooks.models import Endpoint  # noqa: PLC0415

    return Endpoint.objects.create(name="Appen", url=receiver.url)

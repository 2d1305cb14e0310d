"""The receiver in the documentation does what it says."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from cms.webhooks import sending
from cms.webhooks.changes import ChangeEntry
from cms.webhooks.models import Delivery
from cms.webhooks.worker import Worker
from tests.cms.log.entries import append, follow


@pytest.fixture
def documented():
    """The example as a module's names, with what it acts on collected."""
    text = (settings.BASE_DIR / "docs/webhooks.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    names: dict[str, Any] = {}
    exec(compile(code, "docs/webhooks.md", "exec"), names)  # noqa: S102 - ours
    names["acted"] = []
    names["act"] = names["acted"].append
    return names


def test_the_documented_receiver_takes_our_messages_once(
    documented, endpoint, receiver
):
    documented["SECRETS"][:] = [endpoint.secret]
    take = documented["receive"]
    receiver.answer = lambda message: take(message.headers, message.raw)
    page = append()
    worker = Worker()
    assert worker.deliver_next()
    later = follow(page)
    assert worker.deliver_next()
    Delivery.objects.update(state="pending", next_attempt_at=timezone.now())
    while worker.deliver_next():
        pass

    assert worker.failures == 0
    assert [entry["id"] for entry in documented["acted"]] == [page.pk, later.pk]
    assert len(receiver.messages) == 4


def test_the_documented_receiver_refuses_forged_and_old_messages(documented):
    secret = sending.new_secret()
    documented["SECRETS"][:] = [sending.new_secret(), secret]

    def status(when: int, key: str, body: bytes = b'{"key": 1, "lang": "sv", "id": 1}'):
        headers = {
            "webhook-id": "a",
            "webhook-timestamp": str(when),
            "webhook-signature": sending.signature(key, "a", when, body),
        }
        return documented["receive"](headers, body)

    now = int(time.time())
    assert status(now, sending.new_secret()) == 401
    assert status(now - 301, secret) == 400
    assert status(now + 301, secret) == 400
    assert documented["acted"] == []
    assert status(now, secret) == 204
    assert len(documented["acted"]) == 1


def test_every_member_of_an_entry_is_documented():
    text = (settings.BASE_DIR / "docs/webhooks.md").read_text(encoding="utf-8")
    assert [name for name in ChangeEntry.model_fields if f'"{name}":' not in text] == []

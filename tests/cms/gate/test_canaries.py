"""Nobody is shown titles beyond their language and rights, on any screen."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

import pytest

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

from tests.cms.gate.canaries import Canary, addresses, may_see, plant, seen_in
from tests.factories.people import person
from tests.stages.stage import stage


@stage
def canaries_of_the_module(site_of_the_module: Any) -> list[Canary]:
    return plant(["sv", "fi"])


@pytest.mark.parametrize(
    "role", ["translator_ar", "editor", "approver", "reviewer_fi", "admin"]
)
def test_nobody_sees_a_canary_of_others(site, canaries_of_the_module, client, role):
    user = person(role)
    client.raise_request_exception = False
    client.force_login(user)
    hidden = {c.word for c in canaries_of_the_module if not may_see(user, c)}
    objects = [c.obj for c in canaries_of_the_module if c.word in hidden and c.obj]
    if role == "admin":
        hidden = {c.word for c in canaries_of_the_module}
        objects = [c.obj for c in canaries_of_the_module if c.obj]
    shown = {}
    n = 0
    start = time.time()
    status = Counter()
    slow = Counter()
    for address in addresses():
        paths = [p for obj in objects for p in address.about(obj)] if address.names else address.alone()
        for path in paths:
            t = time.time()
            answer = client.get(path)
            slow[address.pattern] += time.time() - t
            n += 1
            status[answer.status_code] += 1
            if answer.status_code >= 500: print("500", path)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if found := seen_in(content) & hidden:
                shown[path] = sorted(found)[:3]
    print(role, n, time.time() - start, status, slow.most_common(5))
    for path, words in shown.items():
        print("   ", path, words)
    if role != "admin":
        assert not shown

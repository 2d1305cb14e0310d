"""At least once, in order per page, through failures and killed workers (P7)."""

from __future__ import annotations

import json
import os

import pytest
from django.conf import settings

from bench import bench_webhooks
from cms.webhooks.models import Endpoint
from tests.cms.gate.test_process_death import database_url

#: A worker needs no more of the product than this, and so starts in a moment.
SETTINGS = {
    "INSTALLED_APPS": [
        "cms.log",
        "cms.webhooks",
        "django.contrib.auth",
        "django.contrib.contenttypes",
    ],
    "CMS_OFFERED_LANGUAGES": "tests.cms.webhooks.receiver.offered_languages",
    "CMS_AFFECTED": "tests.cms.webhooks.receiver.affected",
    "CMS_WEBHOOK_LOCAL_HOSTS": ["127.0.0.1"],
}


@pytest.mark.django_db(transaction=True)
def test_everything_arrives_in_order_though_workers_die():
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": database_url(),
        "PYTHONPATH": str(settings.BASE_DIR),
        "BENCH_SETTINGS": json.dumps(SETTINGS),
        "LOG_LEVEL": "ERROR",
    }
    quick = {"lease": 1.0, "first": 0.05, "longest": 0.2}
    found = bench_webhooks.prove(environment, events=60, kills=2, pace=quick)

    assert found["workers_killed"] == 2
    assert found["delivered"] == found["taken_by_id"] == 60
    assert found["in_order_per_page"]
    assert found["failed_on_purpose"] > 0
    assert found["duplicates_known_by_id"] > 0
    assert Endpoint.objects.get().failing_since is None

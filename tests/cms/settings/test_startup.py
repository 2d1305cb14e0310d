"""What production refuses to start with."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cms.settings.parts.startup import DEVELOPMENT_KEY, refuse_unsafe_start

GOOD_KEY = "Vq3xk_9sJ2mWb7Tn-4RyLc8ZfD1hGp5e"
SOUND: dict[str, Any] = {
    "secret_key": GOOD_KEY,
    "debug": False,
    "demo": False,
    "allowed_hosts": ["www.kommun.example"],
    "public_base_url": "https://www.kommun.example",
}


def test_sound_values_are_accepted():
    refuse_unsafe_start(**SOUND)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"secret_key": ""}, "SECRET_KEY is not set"),
        ({"secret_key": GOOD_KEY[:-1]}, "SECRET_KEY is too short"),
        ({"secret_key": "ab" * 40}, "SECRET_KEY is too short or too uniform"),
        ({"secret_key": DEVELOPMENT_KEY}, "SECRET_KEY is a known default"),
        ({"secret_key": "django-insecure-" + GOOD_KEY}, "SECRET_KEY is a known"),
        ({"debug": True}, "DEBUG is on"),
        ({"demo": True}, "DEMO is on"),
        ({"allowed_hosts": []}, "ALLOWED_HOSTS names no host"),
        ({"allowed_hosts": ["*"]}, "ALLOWED_HOSTS is"),
        ({"public_base_url": "http://www.kommun.example"}, "PUBLIC_BASE_URL"),
    ],
)
def test_each_fault_is_named(change, named):
    with pytest.raises(ImproperlyConfigured, match=named):
        refuse_unsafe_start(**{**SOUND, **change})


def test_all_faults_are_named_at_once():
    with pytest.raises(ImproperlyConfigured) as caught:
        refuse_unsafe_start(**{**SOUND, "secret_key": "", "demo": True})

    assert "SECRET_KEY" in str(caught.value)
    assert "DEMO" in str(caught.value)


def test_debug_is_accepted_on_this_machine_only():
    refuse_unsafe_start(**{**SOUND, "debug": True, "allowed_hosts": ["localhost"]})


@pytest.mark.parametrize(
    ("change", "starts"),
    [({}, True), ({"SECRET_KEY": ""}, False), ({"DEMO": "1"}, False)],
)
def test_production_settings_hold_the_rule(change, starts):
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": GOOD_KEY,
        "ALLOWED_HOSTS": "www.kommun.example",
        "PUBLIC_BASE_URL": "https://www.kommun.example",
        **change,
    }

    done = subprocess.run(
        [sys.executable, "-c", "import cms.settings.production"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode == 0) is starts, done.stderr
    assert starts or "Refusing to start" in done.stderr

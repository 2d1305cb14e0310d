"""The product as it is served, without TLS and without collected static files."""

# ruff: noqa: F403, F405  settings build on each other by star import
from __future__ import annotations

import json
import os

from cms.settings.base import *
from cms.settings.parts.startup import DEVELOPMENT_KEY

SECRET_KEY = DEVELOPMENT_KEY
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

STATIC_ROOT = None
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# What a benchmark sets by name, as JSON: BENCH_SETTINGS='{"CMS_SITE_NAME": "X"}'.
globals().update(json.loads(os.environ.get("BENCH_SETTINGS", "{}")))

"""The product with Wagtail's own API v2 beside it, as a yardstick. Never deployed."""

# ruff: noqa: F403, F405  settings build on each other by star import
from __future__ import annotations

from bench.settings import *

INSTALLED_APPS = [*INSTALLED_APPS, "rest_framework", "wagtail.api.v2"]
ROOT_URLCONF = "bench.urls_v2"

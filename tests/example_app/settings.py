"""The test suite's settings, with the app installed."""

from __future__ import annotations

from cms.settings.parts.apps import installed_apps
from cms.settings.test import *

INSTALLED_APPS = ["tests.stages", *installed_apps("tests.example_app")]

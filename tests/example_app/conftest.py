"""The municipality, for stories of the app; only where the app is installed."""

from __future__ import annotations

import os

from tests.e2e.conftest import as_person
from tests.factories.fixtures import committed_site, site, site_of_the_module

__all__ = ["as_person", "committed_site", "site", "site_of_the_module"]

if os.environ.get("TEST_SETTINGS") != "tests.example_app.settings":
    collect_ignore_glob = ["test_*.py"]

"""The municipality, committed: other processes read it too."""

from __future__ import annotations

from tests.factories.fixtures import committed_site, site_of_the_module

__all__ = ["committed_site", "site_of_the_module"]

"""The municipality that the walks begin in."""

from __future__ import annotations

from tests.factories.fixtures import site, site_of_the_module

__all__ = ["site", "site_of_the_module"]

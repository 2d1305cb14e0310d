"""The municipality, for the tests of articles that need one."""

from __future__ import annotations

from tests.factories.fixtures import site, site_of_the_module

__all__ = ["site", "site_of_the_module"]

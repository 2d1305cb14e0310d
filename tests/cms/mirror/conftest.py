from __future__ import annotations

from tests.factories.fixtures import site, site_of_the_module
from tests.factories.town_fixtures import town, town_of_the_module

__all__ = ["site", "site_of_the_module", "town", "town_of_the_module"]

from __future__ import annotations

from tests.factories.place_fixtures import places, places_of_the_module
from tests.factories.town_fixtures import town, town_of_the_module

__all__ = ["places", "places_of_the_module", "town", "town_of_the_module"]

"""Public places as a fixture, on top of the municipality.

Models are imported late: pytest reads a conftest before Django is set up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stages.stage import stage

if TYPE_CHECKING:
    from tests.factories.places import Places
    from tests.factories.site import Municipality

__all__ = ["places", "places_of_the_module"]


@stage
def places_of_the_module(site_of_the_module: Municipality) -> Places:
    """Build the places."""
    from tests.factories.places import build_places  # noqa: PLC0415

    return build_places(site_of_the_module)


@pytest.fixture
def places(places_of_the_module: Places, db: None) -> Places:
    """Places on the map and off it; see :class:`Places`."""
    return places_of_the_module

"""Public places as a fixture, built once for a module on top of its municipality.

Models are imported late: pytest reads a conftest before Django is set up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.factories.places import Places
    from tests.factories.site import Municipality

__all__ = ["places", "places_of_the_module"]


@pytest.fixture(scope="module")
def places_of_the_module(
    site_of_the_module: Municipality, django_db_blocker: Any
) -> Places:
    """Build the places inside the transaction of the module."""
    from tests.factories.places import build_places  # noqa: PLC0415

    with django_db_blocker.unblock():
        return build_places(site_of_the_module.reloaded())


@pytest.fixture
def places(places_of_the_module: Places, db: None) -> Places:
    """Places on the map and off it; see :class:`Places`."""
    return places_of_the_module

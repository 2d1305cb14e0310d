"""The town as a fixture, on top of the municipality.

Models are imported late: pytest reads a conftest before Django is set up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stages.stage import stage

if TYPE_CHECKING:
    from tests.factories.site import Municipality
    from tests.factories.town import Town

__all__ = ["town", "town_of_the_module"]


@stage
def town_of_the_module(site_of_the_module: Municipality) -> Town:
    """Build the town."""
    from tests.factories.town import build_town  # noqa: PLC0415

    return build_town(site_of_the_module)


@pytest.fixture
def town(town_of_the_module: Town, db: None) -> Town:
    """Pages in every state that a reader can meet; see :class:`Town`."""
    return town_of_the_module

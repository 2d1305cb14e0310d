"""The town as a fixture, built once for a module on top of its municipality.

Models are imported late: pytest reads a conftest before Django is set up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.factories.site import Municipality
    from tests.factories.town import Town

__all__ = ["town", "town_of_the_module"]


@pytest.fixture(scope="module")
def town_of_the_module(
    site_of_the_module: Municipality, django_db_blocker: Any
) -> Town:
    """Build the town inside the transaction of the module."""
    from tests.factories.town import build_town  # noqa: PLC0415

    with django_db_blocker.unblock():
        return build_town(site_of_the_module.reloaded())


@pytest.fixture
def town(town_of_the_module: Town, db: None) -> Town:
    """Pages in every state that a reader can meet; see :class:`Town`."""
    return town_of_the_module

"""The municipality as fixtures. A package that needs it imports these in its conftest.

Each state is a stage: built once in a run, and copied for each worker. What a module
adds to one goes when the module is done.

Models are imported late: pytest reads a conftest before Django is set up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stages.stage import stage

if TYPE_CHECKING:
    from tests.factories.pledges import Promises
    from tests.factories.site import Municipality

__all__ = [
    "committed_site",
    "promises",
    "promises_of_the_module",
    "site",
    "site_of_the_module",
]


@stage
def site_of_the_module() -> Municipality:
    """Build the municipality."""
    from tests.factories.site import build_site  # noqa: PLC0415

    return build_site()


@pytest.fixture
def site(site_of_the_module: Municipality, db: None) -> Municipality:
    """The municipality of :class:`Municipality`, with nothing remembered.

    home             /           public
    └── index        /nyheter/   public, in the menu
    contact                      public
    """
    return site_of_the_module.reloaded()


@stage
def promises_of_the_module(site_of_the_module: Municipality) -> Promises:
    """Publish the small programme."""
    from tests.factories.pledges import make_promises  # noqa: PLC0415

    return make_promises(site_of_the_module.home)


@pytest.fixture
def promises(promises_of_the_module: Promises, site: Municipality) -> Promises:
    """The programme of :class:`Promises`, with nothing remembered.

    A module that needs another one has a fixture of its own with this name.
    """
    return promises_of_the_module.reloaded()


@pytest.fixture
def committed_site(
    site_of_the_module: Municipality, transactional_db: None
) -> Municipality:
    """The municipality for tests in which several connections take part."""
    return site_of_the_module.reloaded()

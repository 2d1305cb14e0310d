"""The municipality as fixtures. A package that needs it imports these in its conftest.

Building it takes seconds, so a module builds it once, in a transaction around those
of its tests. Modules with transactional tests must not use :func:`site`.

Models are imported late: pytest reads a conftest before Django is set up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

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


@pytest.fixture(scope="module")
def site_of_the_module(
    django_db_setup: None, django_db_blocker: Any
) -> Iterator[Municipality]:
    """Build the municipality, and undo it when the module is done."""
    from tests.factories.site import build_site  # noqa: PLC0415

    with django_db_blocker.unblock(), transaction.atomic():
        yield build_site()
        transaction.set_rollback(True)


@pytest.fixture
def site(site_of_the_module: Municipality, db: None) -> Municipality:
    """The municipality of :class:`Municipality`, with nothing remembered.

    home             /           public
    └── index        /nyheter/   public, in the menu
    contact                      public
    """
    return site_of_the_module.reloaded()


@pytest.fixture(scope="module")
def promises_of_the_module(
    site_of_the_module: Municipality, django_db_blocker: Any
) -> Promises:
    """Publish the small programme once; it goes when the module's site goes."""
    from tests.factories.pledges import make_promises  # noqa: PLC0415

    with django_db_blocker.unblock():
        return make_promises(site_of_the_module.home)


@pytest.fixture
def promises(promises_of_the_module: Promises, site: Municipality) -> Promises:
    """The programme of :class:`Promises`, with nothing remembered.

    A module that needs another one has a fixture of its own with this name.
    """
    return promises_of_the_module.reloaded()


@pytest.fixture
def committed_site(transactional_db: None) -> Municipality:
    """The municipality for tests in which several connections take part."""
    from tests.factories.site import build_site  # noqa: PLC0415

    return build_site()

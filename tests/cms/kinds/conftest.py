"""The examples of all kinds, published once for a module.

Models are imported late: pytest reads a conftest before Django is set up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from tests.factories.fixtures import site_of_the_module

if TYPE_CHECKING:
    from tests.cms.kinds.world import World

__all__ = ["site_of_the_module", "world"]


@pytest.fixture(scope="module")
def world(site_of_the_module: Any, django_db_blocker: Any) -> Iterator[World]:
    """Everything that readers can be answered about; goes when the module is done."""
    from tests.cms.kinds.world import NOW, World, examples  # noqa: PLC0415

    found = World()
    with time_machine.travel(NOW, tick=False):
        with django_db_blocker.unblock():
            found.publish(examples())
        yield found

"""The examples of all kinds, published once for a module.

Models are imported late: pytest reads a conftest before Django is set up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

if TYPE_CHECKING:
    from tests.cms.kinds.world import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Everything that readers can be answered about; goes when the module is done."""
    from django.db import transaction  # noqa: PLC0415

    from tests.cms.kinds.world import NOW, World, examples  # noqa: PLC0415
    from tests.factories.site import build_site  # noqa: PLC0415

    found = World()
    with (
        time_machine.travel(NOW, tick=False),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        build_site()
        found.publish(examples())
        yield found
        transaction.set_rollback(True)

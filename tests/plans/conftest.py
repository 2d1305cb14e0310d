"""The example site with years of publications beside it, built once for the module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The keys of the example site by the names of its pages."""
    from tests.contract.example_site import example_site  # noqa: PLC0415
    from tests.plans.filling import fill  # noqa: PLC0415

    with django_db_blocker.unblock(), transaction.atomic(), example_site() as keys:
        fill(keys["lamps"])
        yield keys
        transaction.set_rollback(True)

"""The example site, built once for a module in a transaction around its tests.

Models are imported late: pytest reads a conftest before Django is set up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def example(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The keys of the example site by the names of its pages."""
    from tests.contract.example_site import example_site  # noqa: PLC0415

    with django_db_blocker.unblock(), transaction.atomic(), example_site() as keys:
        yield keys
        transaction.set_rollback(True)

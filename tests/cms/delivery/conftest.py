from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import override_settings

from tests.factories.fixtures import site, site_of_the_module

if TYPE_CHECKING:
    from tests.cms.delivery.machine import Machine

__all__ = ["site", "site_of_the_module"]


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """A machine that has never answered anybody, and has just heard from its database."""
    from cms.delivery.board import board  # noqa: PLC0415

    with override_settings(CMS_DELIVERY_ROOT=tmp_path, ALLOWED_HOSTS=["testserver"]):
        board().confirm(time.time())
        yield tmp_path


@pytest.fixture
def machine(root: Path) -> Machine:
    """The product as a server runs it."""
    return start()


@pytest.fixture
def another(root: Path) -> Callable[[], Machine]:
    """Start another process on the same machine."""
    return start


def start(**facts: Any) -> Machine:
    from tests.cms.delivery.machine import Machine  # noqa: PLC0415

    return Machine(**facts)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories.fixtures import (
    committed_site,
    promises,
    promises_of_the_module,
    site,
    site_of_the_module,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User

__all__ = [
    "committed_site",
    "promises",
    "promises_of_the_module",
    "site",
    "site_of_the_module",
]


@pytest.fixture
def archivist(db: None) -> User:
    """Somebody who may open the admin and read the log, and nothing else."""
    from django.contrib.auth.models import Permission, User  # noqa: PLC0415

    user = User.objects.create_user("archivist", "archivist@example.org", "x")
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "view_publication"])
    )
    return user

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.factories.fixtures import committed_site, site, site_of_the_module

if TYPE_CHECKING:
    from tests.cms.gate.scene import Scene
    from tests.factories.site import Municipality

__all__ = ["committed_site", "site", "site_of_the_module"]


@pytest.fixture(scope="module")
def scene_of_the_module(
    site_of_the_module: Municipality, django_db_blocker: Any
) -> Scene:
    from tests.cms.gate.scene import build_scene  # noqa: PLC0415

    with django_db_blocker.unblock():
        return build_scene(site_of_the_module)


@pytest.fixture
def scene(scene_of_the_module: Scene, db: None) -> Scene:
    """One of everything that a door may be tried on, with nothing remembered."""
    return scene_of_the_module.reloaded()

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories.fixtures import committed_site, site, site_of_the_module
from tests.stages.stage import stage

if TYPE_CHECKING:
    from tests.cms.gate.scene import Scene
    from tests.factories.site import Municipality

__all__ = ["committed_site", "site", "site_of_the_module"]


@stage
def scene_of_the_module(site_of_the_module: Municipality) -> Scene:
    """One of everything that a door may be tried on."""
    from tests.cms.gate.scene import build_scene  # noqa: PLC0415

    return build_scene(site_of_the_module)


@pytest.fixture
def scene(scene_of_the_module: Scene, db: None) -> Scene:
    """One of everything that a door may be tried on, with nothing remembered."""
    return scene_of_the_module.reloaded()

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.factories.fixtures import site, site_of_the_module
from tests.stages.stage import stage

if TYPE_CHECKING:
    from tests.factories.site import Municipality

__all__ = ["site", "site_of_the_module"]


@stage
def pages_of_the_module(site_of_the_module: Municipality) -> list[Any]:
    """A page with a contact, and one on which somebody's safety may depend."""
    from tests.factories.pages import make_emergency, publish  # noqa: PLC0415
    from tests.factories.translations import translate  # noqa: PLC0415

    site = site_of_the_module
    lamps = site.live_article(
        title="Nya lampor", slug="nya-lampor", contact_block=site.contact
    )
    translate(lamps, "fi", {"title": "Uudet lamput", "slug": "uudet-lamput"})
    publish(make_emergency())
    secret = site.live_article(slug="stod", sensitivity="safety_critical")
    return [lamps, secret]


@pytest.fixture
def page(pages_of_the_module: list[Any], db: None) -> Any:
    """A public article, in Swedish and Finnish, with a contact."""
    from tests.factories.pages import fresh  # noqa: PLC0415

    return fresh(pages_of_the_module[0])


@pytest.fixture
def secret(pages_of_the_module: list[Any], db: None) -> Any:
    """A public page on which somebody's safety may depend."""
    from tests.factories.pages import fresh  # noqa: PLC0415

    return fresh(pages_of_the_module[1])

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.factories.fixtures import site, site_of_the_module
from tests.stages.stage import stage

if TYPE_CHECKING:
    from tests.factories.site import Municipality

__all__ = ["site", "site_of_the_module"]


@stage
def page_of_the_module(site_of_the_module: Municipality) -> Any:
    """A public article with a newer draft, "Som det blir"."""
    from tests.factories.pages import edit  # noqa: PLC0415

    article = site_of_the_module.live_article(title="Som det är")
    edit(article, title="Som det blir")
    return article


@pytest.fixture
def page(page_of_the_module: Any, db: None) -> Any:
    """A public article with a newer draft, "Som det blir"."""
    from tests.factories.pages import fresh  # noqa: PLC0415

    return fresh(page_of_the_module)

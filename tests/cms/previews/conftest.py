from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.factories.fixtures import site, site_of_the_module

if TYPE_CHECKING:
    from tests.factories.site import Municipality

__all__ = ["site", "site_of_the_module"]


@pytest.fixture(scope="module")
def page_of_the_module(site_of_the_module: Municipality, django_db_blocker: Any) -> Any:
    from tests.factories.pages import edit  # noqa: PLC0415

    with django_db_blocker.unblock():
        article = site_of_the_module.live_article(title="Som det är")
        edit(article, title="Som det blir")
        return article


@pytest.fixture
def page(page_of_the_module: Any, db: None) -> Any:
    """A public article with a newer draft, "Som det blir"."""
    from tests.factories.pages import fresh  # noqa: PLC0415

    return fresh(page_of_the_module)

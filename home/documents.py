"""From page to document, for the types of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.core.documents import page_document

if TYPE_CHECKING:
    from home.models import HomePage, StandardPage


def home_document(page: HomePage) -> dict[str, Any]:
    return page_document(page)


def standard_document(page: StandardPage) -> dict[str, Any]:
    return page_document(page)

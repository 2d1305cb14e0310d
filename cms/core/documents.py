"""The part of a document that all page types share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cms.core.blocks import body_document

if TYPE_CHECKING:
    from cms.core.page import BasePage


def page_document(page: BasePage, **more: Any) -> dict[str, Any]:
    """Return the fields that every page has; ``more`` adds or replaces some."""
    contact = page.contact_block
    document = {
        "title": page.title,
        "seo_title": page.seo_title,
        "search_description": page.search_description,
        "ingress": page.ingress,
        "body": body_document(page.body),
        "contact_block": str(contact.translation_key) if contact else None,
        "ancestors": page.ancestor_keys(),
        "news_date": None,
        "category": None,
        "hero": None,
        "sign_video": page.sign_video.url if page.sign_video else None,
        "show_in_menus": page.show_in_menus,
        "sort_key": page.menu_sort_key(),
        "list_date": (page.first_published_at or timezone.now()).isoformat(),
        "sensitivity": page.sensitivity,
        "translation_priority": page.translation_priority,
    }
    document.update(more)
    return document

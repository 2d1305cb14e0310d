"""Finding the Swedish original, and the versions of it, by translation key."""

from __future__ import annotations

import uuid
from typing import Any

from wagtail.models import Page, get_translatable_models

from cms.gate import reviews
from cms.reading.languages import source_code


def find(key: uuid.UUID | str) -> Any:
    """Return the Swedish page or block with this key, or nothing."""
    page = Page.objects.filter(
        translation_key=key, locale__language_code=source_code()
    ).first()
    if page:
        return page.specific
    for model in block_models():
        found = model._default_manager.filter(
            translation_key=key, locale__language_code=source_code()
        ).first()
        if found:
            return found
    return None


def block_models() -> list[Any]:
    """Return the models, other than pages, that are translated and pass the gate."""
    return [
        model
        for model in get_translatable_models()
        if not issubclass(model, Page) and reviews.is_gated_model(model)
    ]

"""Where the preview panel of the editor leads."""

from __future__ import annotations

from typing import Any

from django import template

from cms.gate import reviews
from cms.previews import addresses

register = template.Library()


@register.simple_tag
def preview_links_url(obj: Any) -> str:
    """Return the screen with the links to a text that is saved and passes the gate."""
    if obj is None or obj.pk is None or not reviews.is_gated_model(type(obj)):
        return ""
    return addresses.list_url(obj)

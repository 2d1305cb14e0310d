"""What the templates for places need: the cards, their languages, and the map.

Every tag reads the context of one page: ``reading`` and ``language``. None of them
queries the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pledges.reading import places
from pledges.reading.places import PlaceCard

register = template.Library()

LIGHTING_ICONS = {
    "ok": "lamp",
    "fixed": "lamp-mended",
    "planned": "lamp-planned",
    "broken": "lamp-broken",
    "missing": "lamp-none",
}


@register.simple_tag(takes_context=True)
def places_of(context: Mapping[str, Any], keys: Iterable[str]) -> list[PlaceCard]:
    """Return the public places among ``keys``, as this reader gets them."""
    return places.cards(keys, context["reading"].references)


@register.filter
def on_the_map(cards: Iterable[PlaceCard]) -> list[PlaceCard]:
    """Return the places that may be shown on a map."""
    return [card for card in cards if card.geometry]


@register.simple_tag(takes_context=True)
def map_images(context: Mapping[str, Any]) -> dict[str, str] | None:
    """Return where the images behind the places come from, if the page may have any.

    Never on a safety-critical page: whose host it is would learn who reads it.
    """
    if not settings.CMS_MAP_TILES_URL or context["reading"].is_sensitive:
        return None
    return {
        "url": settings.CMS_MAP_TILES_URL,
        "attribution": settings.CMS_MAP_ATTRIBUTION,
    }


@register.filter
def lighting_icon(lighting: str) -> str:
    """Return the icon for a state of the lighting; the words stand beside it."""
    return LIGHTING_ICONS.get(lighting, "lamp")


@register.simple_tag
def place_icon(name: str) -> SafeString:
    """Draw an icon of the map's own sprite; it never carries meaning alone."""
    return format_html(
        '<svg class="icon" width="24" height="24" aria-hidden="true"'
        ' focusable="false"><use href="{}#{}"></use></svg>',
        static("pledges/places.svg"),
        name,
    )

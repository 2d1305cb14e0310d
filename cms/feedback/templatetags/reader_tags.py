"""How what readers said is shown to staff."""

from __future__ import annotations

from django import template
from django.conf import settings

from cms.reading.languages import name_of

register = template.Library()


@register.filter
def swedish_name(code: str) -> str:
    """Return the Swedish name of a language."""
    return name_of(code)


@register.filter
def public_address(path: str) -> str:
    """Return the address at which the public reads a page."""
    return settings.CMS_PUBLIC_BASE_URL + path

"""The words of the reader's own language for "in my language"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from cms.site.templatetags.site_tags import LANGUAGE_HINTS

register = template.Library()


@register.simple_tag(takes_context=True)
def own_language(context: Mapping[str, Any]) -> str:
    """Return "in Finnish" in Finnish; of a language without these words its own name."""
    language = context["language"]
    known = LANGUAGE_HINTS.get(language.tag.lower())
    return _(known) if known else language.autonym

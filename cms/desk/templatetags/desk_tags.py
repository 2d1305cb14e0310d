"""How segments, states and origins are shown at the desk."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from cms.kinds.choices import TranslationPriority

register = template.Library()

_STATES: dict[str, Any] = {
    "source": gettext_lazy("original"),
    "missing": gettext_lazy("not translated"),
    "outdated": gettext_lazy("outdated"),
    "minor": gettext_lazy("Swedish wording has changed"),
    "machine": gettext_lazy("machine translated, not examined"),
    "current": gettext_lazy("up to date"),
    "in_progress": gettext_lazy("in progress"),
    "in_review": gettext_lazy("under review"),
    "sent_back": gettext_lazy("sent back"),
}
_ORIGINS: dict[str, Any] = {
    "human": gettext_lazy("written by a person"),
    "machine": gettext_lazy("machine translated"),
    "machine_edited": gettext_lazy("machine translated, edited by a person"),
}
_TAG = re.compile(r"(&lt;/?[a-z]+(?: id=&quot;\w+&quot;)?/?&gt;)")


@register.filter
def state_word(state: str) -> str:
    """Say what readers have, or what staff are doing."""
    return str(_STATES.get(state, state))


@register.filter
def origin_word(origin: str) -> str:
    """Say who wrote a text."""
    return str(_ORIGINS.get(origin, ""))


@register.filter
def priority_word(priority: str) -> str:
    """Say how much a translation is wanted."""
    return str(dict(TranslationPriority.choices).get(priority, ""))


@register.filter
def markup(text: str, plain: bool) -> SafeString:
    """Show a segment as it is written: its tags set apart from the words."""
    escaped = str(escape(text))
    if plain:
        return mark_safe(escaped)  # noqa: S308  escaped above
    return mark_safe(  # noqa: S308  escaped above; only our own element is added
        _TAG.sub(r'<span class="desk-tag">\1</span>', escaped)
    )

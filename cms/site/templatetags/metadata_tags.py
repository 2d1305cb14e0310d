"""What the head of a page needs; like all tags of the site, without a query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from cms.site import feeds, structured_data
from cms.site.alternates import STATES, Alternate
from cms.site.alternates import alternates as links_between
from cms.site.templatetags.site_tags import municipality

register = template.Library()

# As Facebook's list of locales spells them; others read these too.
OPEN_GRAPH_LOCALES = {
    "sv": "sv_SE",
    "fi": "fi_FI",
    "en": "en_GB",
    "ar": "ar_AR",
    "so": "so_SO",
    "uk": "uk_UA",
    "fa": "fa_IR",
    "ckb": "cb_IQ",
}


@register.simple_tag(takes_context=True)
def is_hidden_from_search(context: Mapping[str, Any]) -> bool:
    """Say whether search engines are asked to leave this page out."""
    reading = context.get("reading")
    if reading is None or reading.is_preview:
        return True
    passport = reading.passport
    unchecked = passport.origin in {"machine", "machine_edited"}
    fallback = reading.served.tag != reading.requested.tag
    return fallback or (unchecked and passport.review == "none")


@register.simple_tag(takes_context=True)
def alternates(context: Mapping[str, Any]) -> list[Alternate]:
    """Return the links between the real translations of the page (R-06)."""
    if is_hidden_from_search(context):
        return []
    reading = context["reading"]
    paths = {
        choice.tag: choice.path
        for choice in reading.languages
        if choice.state in STATES
    }
    return links_between(reading.requested.tag, paths, context.get("base_url") or "")


@register.simple_tag(takes_context=True)
def feed_links(context: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the feeds of the reader's language."""
    return feeds.links(context["reading"].requested)


@register.simple_tag(takes_context=True)
def structured_data_of_page(context: Mapping[str, Any]) -> SafeString:
    """Write what the page says of itself in schema.org's words."""
    value = structured_data.describe(
        context["reading"],
        canonical_url=context["canonical_url"],
        base_url=context.get("base_url") or "",
        site_name=municipality(context),
    )
    return structured_data.data_block(value)


@register.simple_tag
def open_graph_locales(own: str, links: list[Alternate]) -> list[str]:
    """Return the locale of a text, then those of its translations, if there are names."""
    tags = [own, *(link.hreflang for link in links)]
    found = (OPEN_GRAPH_LOCALES.get(tag.partition("-")[0]) for tag in tags)
    return list(dict.fromkeys(locale for locale in found if locale))


@register.filter
def absolute(path: str, base_url: str) -> str:
    """Complete an address that starts at this site."""
    return f"{base_url.rstrip('/')}{path}" if path.startswith("/") else path

"""From readings to the API's shapes."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils import translation

from cms.api import words
from cms.api.page_schemas import public_fields
from cms.kinds import registry
from cms.kinds.resolving import defaults
from cms.reading import queries
from cms.reading.languages import source_code, tag_of
from cms.reading.library import Library
from cms.reading.pages import NavLink, Reading
from cms.site.templatetags.site_tags import state_name


def page_json(reading: Reading) -> dict[str, Any]:
    """Return one page as its kind describes it: `page_schemas.page_shape`."""
    return {
        **_members(reading),
        "key": reading.key,
        "type": reading.type,
        "title": reading.title,
        "path": reading.path,
        "details": registry.details(reading),
        "contact": block_json(reading.contact),
        **safety_json(reading),
        "breadcrumbs": links_json(reading.breadcrumbs),
        "translation": reading.passport.as_json(),
        "languages": [choice.as_json() for choice in reading.languages],
        "published_at": reading.published_at,
        "content_updated_at": reading.content_updated_at,
        "publication": reading.publication,
    }


def _members(reading: Reading) -> dict[str, Any]:
    """Return what the kind of the page adds; None for what an old text lacks."""
    kind = registry.page(reading.type)
    absent = defaults(kind)
    return {
        name: reading.document.get(name, absent.get(name))
        for name in public_fields(kind)
    }


def translate_json(reading: Reading) -> dict[str, Any]:
    """Return what a Translate button shows, in the language of the address."""
    language = reading.requested
    interface = words.in_language(language.code)
    with translation.override(language.code):
        languages = [
            {
                **choice.as_json(),
                "url": settings.CMS_PUBLIC_BASE_URL + quote(choice.path),
                "state_name": state_name(choice.state),
                "current": choice.is_current,
            }
            for choice in reading.languages
        ]
    return {
        "key": reading.key,
        "title": reading.title,
        "lang": language.tag,
        "dir": language.direction,
        "label": interface["translate"],
        "choose": interface["choose_language"],
        "languages": languages,
    }


def safety_json(reading: Reading) -> dict[str, Any]:
    """Return what a front end must do for readers whose safety is at stake.

    The neutral title is for tabs, history and shares, in the reader's language.
    """
    if not reading.is_sensitive:
        return {"sensitivity": "normal", "neutral_title": None, "emergency": None}
    with translation.override(reading.requested.code):
        name = translation.gettext(settings.CMS_SITE_NAME)
    return {
        "sensitivity": "safety_critical",
        "neutral_title": name,
        "emergency": block_json(reading.emergency),
    }


def block_json(block: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return a shared block with its language as ``lang`` and ``dir``."""
    if block is None:
        return None
    hidden = {"html_lang", "direction"}
    facts = {name: value for name, value in block.items() if name not in hidden}
    return {**facts, "lang": block["html_lang"], "dir": block["direction"]}


def links_json(links: list[NavLink]) -> list[dict[str, Any]]:
    return [
        {"title": link.title, "path": link.path, "lang": link.html_lang}
        for link in links
    ]


def languages_json(library: Library) -> list[dict[str, Any]]:
    """Return the visible languages with how much of the site is there in each."""
    counts = queries.coverage()
    source = counts.get(source_code())
    total = source.pages if source else 0
    return [
        {
            "tag": language.tag,
            "autonym": language.autonym,
            "dir": language.direction,
            "order": language.order,
            "fallback": [tag_of(code) for code in library.chain(language)[1:]],
            "coverage": _coverage_json(counts.get(language.code), total),
        }
        for language in library.visible
    ]


def _coverage_json(known: queries.Coverage | None, total: int) -> dict[str, int]:
    pages, outdated, machine = known[1:] if known else (0, 0, 0)
    return {
        "pages": total,
        "current": pages - outdated - machine,
        "outdated": outdated,
        "machine": machine,
        "missing": total - pages,
    }

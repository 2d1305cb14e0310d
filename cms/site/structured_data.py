"""What a page says of itself in schema.org's words (JSON-LD), from its reading alone.

Safety-critical pages say nothing: their template leaves it out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urljoin

from django.utils.safestring import SafeString, mark_safe

from cms.kinds import registry
from cms.reading.pages import Reading
from cms.site.formatting import machine_value

_CONTEXT = "https://schema.org"
# Who wrote the words, for machines that look for it (AI Act, article 50(2)).
_SOURCES = {
    "machine": f"{_CONTEXT}/TrainedAlgorithmicMediaDigitalSource",
    "machine_edited": f"{_CONTEXT}/CompositeWithTrainedAlgorithmicMediaDigitalSource",
}
_WEEKDAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
# No text can end the element or begin another one.
_ESCAPES = {char: f"\\u{ord(char):04X}" for char in "<>&"}
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Node = dict[str, Any]


def data_block(value: Node) -> SafeString:
    """Write data into a page. It is no program: policies for scripts let it be."""
    text = _ENCODER.encode(value)
    for char, escaped in _ESCAPES.items():
        text = text.replace(char, escaped)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def describe(
    reading: Reading, *, canonical_url: str, base_url: str, site_name: str
) -> Node:
    """Return the page, the way down to it and who publishes it, as one graph."""
    publisher = {
        "@type": "GovernmentOrganization",
        "@id": f"{base_url}/#organization",
        "name": site_name,
        "url": f"{base_url}/",
        "contactPoint": _contact_points(reading.contact or {}),
    }
    nodes = [
        _page(reading, canonical_url, base_url),
        _breadcrumbs(reading, canonical_url, base_url),
        publisher,
    ]
    return {"@context": _CONTEXT, "@graph": [_filled(node) for node in nodes if node]}


def _filled(node: Mapping[str, Any]) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def _page(reading: Reading, canonical_url: str, base_url: str) -> Node:
    document = reading.document
    described = registry.page(reading.type)
    kind = described.schema_type
    publisher = {"@id": f"{base_url}/#organization"}
    is_article = kind == "NewsArticle"
    changed = reading.translation_updated_at or reading.content_updated_at
    # An older page that was brought in keeps its date.
    first = min(reading.first_published_at or changed, changed)
    return {
        "@type": kind,
        "@id": f"{canonical_url}#page",
        "url": canonical_url,
        "headline" if is_article else "name": reading.title,
        "description": document.get("search_description") or document.get("ingress"),
        "inLanguage": reading.served.html_lang,
        "datePublished": machine_value(first),
        "dateModified": machine_value(changed),
        "author": publisher if is_article else None,
        "publisher": publisher,
        "image": _image(document.get("hero"), base_url),
        "temporalCoverage": _period(reading),
        **{name: document.get(of) for name, of in described.schema_facts.items()},
        **_origin(reading, base_url),
    }


def _origin(reading: Reading, base_url: str) -> Node:
    """Say which text this one translates, and whether a machine wrote it."""
    passport = reading.passport
    if passport.origin == "source":
        return {}
    original = f"{base_url}{quote(passport.source_path)}#page"
    source = _SOURCES.get(passport.origin)
    return {"translationOfWork": {"@id": original}, "digitalSourceType": source}


def _period(reading: Reading) -> str | None:
    """Return the days that the page is about."""
    names = registry.page(reading.type).schema_period or ()
    days = [reading.document.get(name) or "" for name in names]
    return "/".join(days) if days and all(days) else None


def _image(hero: Mapping[str, Any] | None, base_url: str) -> Node | None:
    if not hero:
        return None
    image = hero["image"]
    return _filled(
        {
            "@type": "ImageObject",
            "url": urljoin(f"{base_url}/", image["src"]),
            "width": image["width"],
            "height": image["height"],
            "description": hero["alt"],
            "creditText": hero.get("credit"),
        }
    )


def _breadcrumbs(reading: Reading, canonical_url: str, base_url: str) -> Node | None:
    if not reading.breadcrumbs:
        return None
    above = [
        (link.title, f"{base_url}{quote(link.path)}") for link in reading.breadcrumbs
    ]
    steps = [*above, (reading.title, canonical_url)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(steps, start=1)
        ],
    }


def _contact_points(contact: Mapping[str, Any]) -> list[Node]:
    """Return each way to call somebody, or else to write to them (R-17)."""
    numbers = [phone["e164"] for phone in contact.get("phones", [])]
    if not numbers and not contact.get("email"):
        return []
    shared = {
        "@type": "ContactPoint",
        "contactType": "customer service",
        "name": contact.get("name"),
        "email": contact.get("email"),
        "availableLanguage": contact.get("languages_served"),
        "hoursAvailable": _hours(contact.get("opening_hours", [])),
    }
    return [_filled({**shared, "telephone": number}) for number in numbers or [None]]


def _hours(rows: Iterable[Mapping[str, Any]]) -> list[Node]:
    spans: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        day = f"{_CONTEXT}/{_WEEKDAYS[row['weekday']]}"
        spans.setdefault((row["opens"], row["closes"]), []).append(day)
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": days,
            "opens": opens,
            "closes": closes,
        }
        for (opens, closes), days in spans.items()
    ]

"""Examples for the description of the API. All made up; a test validates each."""

from __future__ import annotations

from typing import Any

from cms.kinds import registry
from cms.kinds.kinds import BlockKind, Kind, PageKind
from cms.kinds.resolving import LinkTarget, defaults, resolved

Json = dict[str, Any]

#: A type of page of this installation; of an app that knows what news is, if any.
PAGE_TYPE = next(
    (kind.type_name for kind in registry.pages() if kind.is_news), "app.page"
)
KEY = "7f6c3a0e-5b1f-4a53-9e41-1c1f2d3b4a5e"

_FRAME: Json = {
    "key": KEY,
    "path": "/nyheter/nya-lampor/",
    "sensitivity": "normal",
    "neutral_title": None,
    "emergency": None,
    "breadcrumbs": [{"title": "Exempel kommun", "path": "/", "lang": None}],
    "translation": {
        "requested": "sv", "served": "sv", "origin": "source", "review": "none",
        "reviewed_on": None, "freshness": "current", "fallback_reason": None,
        "source_updated_at": "2018-02-02T14:59:00Z",
        "translation_updated_at": None,
        "notices": [],
    },
    "languages": [
        {
            "tag": "sv", "autonym": "Svenska", "dir": "ltr",
            "path": "/nyheter/nya-lampor/", "state": "source",
        },
        {
            "tag": "ar", "autonym": "العربية", "dir": "rtl",
            "path": "/ar/nyheter/nya-lampor/", "state": "missing",
        },
    ],
    "published_at": "2018-02-02T14:59:00Z",
    "content_updated_at": "2018-02-02T14:59:00Z",
    "publication": 57,
}  # fmt: skip


def of_page(kind: type[PageKind], members: list[str], details: list[Any]) -> Json:
    """Return an answer about the example of a kind, for a reader of Swedish.

    ``members`` are those that answers have; ``details`` the shapes of what is added.
    """
    document = answer_of(kind)
    return {
        **{name: document[name] for name in members},
        **_FRAME,
        "type": kind.type_name,
        "details": next(map(example_of, details), None),
        "contact": shared_block("core.contact"),
    }


def answer_of(kind: type[Kind]) -> Json:
    """Return the example of a kind as it stands in answers."""
    return {**defaults(kind), **resolved(kind, kind.sample(), _target)}


def of_block(kind: type[BlockKind]) -> Json:
    """Return the example of a block as it stands in answers."""
    values = {**defaults(kind), **resolved(kind, kind.example, _target)}
    return kind.answer(values, _target) or {}


def shared_block(name: str) -> Json:
    """Return the example of a shared block that stands beside pages."""
    beside = {"key": KEY, "lang": "sv", "dir": "ltr", "is_fallback": False}
    return {**answer_of(registry.of(name)), **beside}


def example_of(shape: Any) -> Any:
    """Return the example that a shape of the API has, or None."""
    config = getattr(shape, "model_config", {})
    return (config.get("json_schema_extra") or {}).get("examples", [None])[0]


def _target(key: str) -> LinkTarget:
    return LinkTarget("/loften/", "Löften")

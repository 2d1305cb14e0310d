"""References inside a document, and what they become for one reader."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, Protocol

from cms.log.references import HTML_FIELDS, LINK, named


class Resolver(Protocol):
    """Finds the target of an internal link for the reader at hand."""

    def link(self, key: str) -> tuple[Any, str, Any] | None:
        """Return head, path and (when it is not the reader's) language."""


def referred_keys(document: dict[str, Any]) -> Iterator[str]:
    """Yield the keys of every page and block that the document refers to."""
    yield from document.get("ancestors", [])
    yield from (key for _relation, key in named(document))


def resolve_document(document: dict[str, Any], resolver: Resolver) -> dict[str, Any]:
    """Return the document with addresses in place of keys.

    A link to something that is not public leaves its words standing; a list entry
    without words of its own disappears.
    """
    body = [_resolve_block(block, resolver) for block in document.get("body", [])]
    return {**_resolve_texts(document, resolver), "body": body}


def _resolve_texts(value: dict[str, Any], resolver: Resolver) -> dict[str, Any]:
    """Resolve every formatted text outside the body, however deep."""
    resolved = dict(value)
    for name, inner in value.items():
        if isinstance(inner, dict):
            resolved[name] = _resolve_texts(inner, resolver)
        elif name.endswith("_html"):
            resolved[name] = _resolve_html(inner, resolver)
    return resolved


def _resolve_block(block: dict[str, Any], resolver: Resolver) -> dict[str, Any]:
    resolved = dict(block)
    for name in HTML_FIELDS:
        if block.get(name):
            resolved[name] = _resolve_html(block[name], resolver)
    if "items" in block:
        resolved["items"] = [_resolve_html(item, resolver) for item in block["items"]]
    if "links" in block:
        links = (_resolve_entry(link, resolver) for link in block["links"])
        resolved["links"] = [link for link in links if link]
    return resolved


def _resolve_html(fragment: str, resolver: Resolver) -> str:
    def replace(match: re.Match[str]) -> str:
        target = resolver.link(match.group(1))
        if target is None:
            return match.group(2)
        _head, path, foreign = target
        hreflang = f' hreflang="{html.escape(foreign.html_lang)}"' if foreign else ""
        return f'<a href="{html.escape(path)}"{hreflang}>{match.group(2)}</a>'

    return LINK.sub(replace, fragment)


def _resolve_entry(link: dict[str, Any], resolver: Resolver) -> dict[str, Any] | None:
    if link["kind"] != "page":
        return link
    target = resolver.link(link["key"])
    if target is None:
        return None
    head, path, foreign = target
    return {
        **link,
        "text": link["text"] or head.title,
        "path": path,
        "lang": foreign.html_lang if foreign and not link["text"] else None,
        "served_lang": foreign.html_lang if foreign else None,
    }

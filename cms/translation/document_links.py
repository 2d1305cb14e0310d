"""References inside a document, and what they become for one reader."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, Protocol

_LINK = re.compile(r'<a href="cms:([0-9a-f-]{36})">(.*?)</a>', re.DOTALL)
_HTML_FIELDS = ("html", "transcript_html")


class Resolver(Protocol):
    """Finds the target of an internal link for the reader at hand."""

    def link(self, key: str) -> tuple[Any, str, Any] | None:
        """Return head, path and (when it is not the reader's) language."""


def referred_keys(document: dict[str, Any]) -> Iterator[str]:
    """Yield the keys of every page and block that the document refers to."""
    if document.get("contact_block"):
        yield document["contact_block"]
    yield from document.get("ancestors", [])
    for block in document.get("body", []):
        for fragment in _fragments(block):
            yield from (match.group(1) for match in _LINK.finditer(fragment))
        for link in block.get("links", []):
            if link["kind"] == "page":
                yield link["key"]


def resolve_document(document: dict[str, Any], resolver: Resolver) -> dict[str, Any]:
    """Return the document with addresses in place of keys.

    A link to something that is not public leaves its words standing; a list entry
    without words of its own disappears.
    """
    body = [_resolve_block(block, resolver) for block in document.get("body", [])]
    return {**document, "body": body}


def _fragments(block: dict[str, Any]) -> Iterator[str]:
    yield from (block[name] for name in _HTML_FIELDS if block.get(name))
    yield from block.get("items", [])


def _resolve_block(block: dict[str, Any], resolver: Resolver) -> dict[str, Any]:
    resolved = dict(block)
    for name in _HTML_FIELDS:
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

    return _LINK.sub(replace, fragment)


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

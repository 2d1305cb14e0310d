"""A document as one reader gets it: addresses in place of keys."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cms.kinds.kinds import Json, Part
from cms.kinds.members import Html, Inner
from cms.kinds.references import LINK
from cms.kinds.structure import Field, fields
from cms.kinds.walking import shape_of


@dataclass(frozen=True)
class LinkTarget:
    """Where a link leads for one reader. ``lang`` is set when it is not theirs."""

    path: str
    title: str
    lang: str | None = None


#: Finds the target with a key for the reader at hand; nothing when it is not public.
Links = Callable[[str], LinkTarget | None]


def resolved(kind: type[Part], document: Mapping[str, Any], links: Links) -> Json:
    """Return the document with addresses in place of keys.

    A link to something that is not public leaves its words standing; a row of which
    nothing is left disappears.
    """
    found = dict(document)
    for field in _resolvable(kind):
        if field.name in found:
            found[field.name] = _value(field, found[field.name], links)
    return found


@cache
def _resolvable(kind: type[Part]) -> tuple[Field, ...]:
    """Return the members in which there may be anything to resolve."""
    return tuple(f for f in fields(kind) if isinstance(f.member, Html | Inner))


def _value(field: Field, value: Any, links: Links) -> Any:
    if value is None:
        return None
    if isinstance(field.member, Html):
        return _texts(value, links)
    if isinstance(value, list):
        parts = (_part(field, part, links) for part in value)
        return [part for part in parts if part is not None]
    return _part(field, value, links)


def _part(field: Field, part: Json, links: Links) -> Json | None:
    shape = shape_of(field, part)
    if shape is None:
        return part
    values = {**defaults(shape), **resolved(shape, part, links)}
    return shape.answer(values, links)


@cache
def defaults(kind: type[Part]) -> Mapping[str, Any]:
    """Return what stands in an answer for members that a document does not have.

    Those are put in by reading, or came to the kind after the document was published.
    """
    return {
        name: info.get_default(call_default_factory=True)
        for name, info in kind.model_fields.items()
        if not info.is_required()
    }


def _texts(value: Any, links: Links) -> Any:
    if isinstance(value, list):
        return [_texts(inner, links) for inner in value]
    return resolve_html(value, links) if "cms:" in value else value


def resolve_html(fragment: str, links: Links) -> str:
    """Return formatted text with addresses in place of keys."""

    def replace(match: re.Match[str]) -> str:
        target = links(match.group(1))
        if target is None:
            return match.group(2)
        hreflang = f' hreflang="{html.escape(target.lang)}"' if target.lang else ""
        return f'<a href="{html.escape(target.path)}"{hreflang}>{match.group(2)}</a>'

    return LINK.sub(replace, fragment)

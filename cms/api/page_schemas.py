"""The shape of a page: one for each kind of page, told apart by ``type``.

What a page consists of is said by its kind (`cms.kinds`), in the app that owns it; here
that becomes the description of the API. The meaning of each member is in
``docs/api.md``.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, Literal

from pydantic import Field, RootModel, create_model

from cms.api import examples
from cms.api.shapes import LanguageTag, Shape, example
from cms.kinds import registry
from cms.kinds.kinds import Kind, PageKind, Part
from cms.kinds.members import Hidden
from cms.kinds.structure import fields

Origin = Literal["source", "human", "machine", "machine_edited"]
State = Literal["source", "current", "minor", "outdated", "machine", "missing"]


class Notice(Shape):
    """A sentence in the reader's language; show it before the text."""

    code: str
    text: str


class Passport(Shape):
    """What kind of text this is, and how it stands to the Swedish one."""

    requested: LanguageTag
    served: LanguageTag
    origin: Origin
    review: Literal["none", "approved"]
    reviewed_on: date | None
    freshness: Literal["current", "minor", "outdated", "missing"]
    fallback_reason: Literal["missing"] | None
    source_updated_at: datetime
    translation_updated_at: datetime | None
    notices: list[Notice]


class LanguageLink(Shape):
    """A language of this page, for a language menu."""

    tag: LanguageTag
    autonym: str
    dir: Literal["ltr", "rtl"]
    path: str
    state: State


class Link(Shape):
    """``lang`` is set when the title is not in the language that was asked for."""

    title: str
    path: str
    lang: LanguageTag | None = None


class SharedBlock(Shape):
    """A block that several pages share, as it is now. ``is_fallback``: its words are
    not in the reader's language; mark them with ``lang`` and ``dir``.
    """

    key: str
    lang: LanguageTag
    dir: Literal["ltr", "rtl"]
    is_fallback: bool


def public_fields(kind: type[Part]) -> list[str]:
    """Return the members that answers have under their own names."""
    return [
        field.name
        for field in fields(kind)
        if not isinstance(field.member, Hidden) and not field.member.answered
    ]


def shared_shape(name: str) -> type[SharedBlock]:
    """Return the shape of a shared block that stands beside pages, by its type."""
    return _shared_shape(registry.of(name))


@cache
def _shared_shape(kind: type[Kind]) -> type[SharedBlock]:
    members = {each: _member(kind, each) for each in public_fields(kind)}
    return create_model(
        kind.__name__, __base__=SharedBlock, __doc__=kind.__doc__, **members
    )


def _member(kind: type[Part], name: str) -> Any:
    """Return type and default of a member, for a shape made of it."""
    info = kind.model_fields[name]
    return (info.annotation, info)


def _one_of(union: Any) -> Any:
    """Return the base of a named union, told apart by ``type``."""
    return RootModel[Annotated[union, Field(discriminator="type")]]


@cache
def block_shape() -> Any:
    """Return the named union of every kind of block."""
    for kind in registry.blocks():
        kind.model_config |= example(**examples.of_block(kind))
    union: Any = reduce(or_, registry.blocks())
    return create_model(
        "Block",
        __base__=_one_of(union),
        __doc__=(
            "One block of running text. A client leaves out a block whose `type` it "
            "does not know: new ones may come with any release."
        ),
    )


class AnyPage(Shape):
    """What every page has. ``key`` is the same in all languages."""

    key: str
    type: str
    title: str
    path: str = Field(description="Where this reader finds the page, on this site.")
    details: Any = None
    sensitivity: Literal["normal", "safety_critical"]
    neutral_title: str | None = Field(
        description="For tab, history and shares of a safety-critical page."
    )
    breadcrumbs: list[Link]
    translation: Passport
    languages: list[LanguageLink]
    published_at: datetime
    content_updated_at: datetime
    publication: int = Field(description="Names this version; quote it in a report.")


@cache
def page_shape(kind: type[PageKind]) -> type[AnyPage]:
    """Return the shape of the pages of one kind."""
    names, details = public_fields(kind), registry.details_types(kind.type_name)
    members: dict[str, Any] = {
        name: _member(kind, name) for name in names if name not in AnyPage.model_fields
    }
    members |= {
        "type": (Literal[kind.type_name], ...),
        "body": (list[block_shape()], ...),  # type: ignore[misc]
        "details": (reduce(or_, [*details, None]), ...),
        "contact": (shared_shape("core.contact") | None, ...),
        "emergency": (shared_shape("core.emergency") | None, ...),
    }

    class Described(AnyPage):
        model_config = example(**examples.of_page(kind, names, details))

    return create_model(
        kind.__name__, __base__=Described, __doc__=kind.__doc__, **members
    )


def page_types() -> Any:
    """Return the type whose values are the names of all kinds of pages."""
    names = tuple(kind.type_name for kind in registry.pages())
    return Literal[names]


@cache
def page_union() -> Any:
    """Return the named union of every kind of page."""
    union: Any = reduce(or_, map(page_shape, registry.pages()))
    return create_model(
        "Page",
        __base__=_one_of(union),
        __doc__=(
            "One page for one reader; `type` says what is in it besides. A client shows "
            "a page whose `type` it does not know by `title`, `ingress` and `body`: new "
            "ones may come with any release."
        ),
    )

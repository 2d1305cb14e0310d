"""The structure of a kind, worked out once: its members and the shapes inside them."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin

from cms.kinds.kinds import Kind, Part, Worded
from cms.kinds.members import Body, Fact, Id, Inner, Member, Read, Text

#: Members that name a row, whichever of them its part has.
KEYS = ("id", "key")
#: The member that says which of several shapes a part has.
SHAPE = "kind"


@dataclass(frozen=True)
class Field:
    """One member of a kind or part.

    ``shapes`` are the parts that may stand in an inner member, by what their ``kind``
    says when there are several; ``is_list`` when there are any number of them.
    """

    name: str
    member: Member
    shapes: dict[str, type[Part]]
    is_list: bool
    is_optional: bool

    def shape_of(self, part: Any) -> type[Part] | None:
        """Return the shape of one part, or nothing when nobody knows it."""
        if len(self.shapes) == 1:
            return next(iter(self.shapes.values()))
        return self.shapes.get(part.get(SHAPE, ""))

    @property
    def is_body(self) -> bool:
        return isinstance(self.member, Body)

    @property
    def is_shared(self) -> bool:
        """Say whether the original decides for every language."""
        if isinstance(self.member, Inner) and not self.is_body:
            return not any(has_words(shape) for shape in self.shapes.values())
        return isinstance(self.member, Fact)


@cache
def fields(kind: type[Part]) -> tuple[Field, ...]:
    """Return the members of a kind in the order in which a person reads them."""
    found = {
        name: field
        for name, info in kind.model_fields.items()
        if (field := _field(kind, name, info.annotation, info.metadata))
    }
    last = kind.read_last if issubclass(kind, Kind) else ()
    first = [field for name, field in found.items() if name not in last]
    return (*first, *(found[name] for name in last if name in found))


@cache
def leading_to(
    kind: type[Part], members: tuple[type[Member], ...]
) -> tuple[Field, ...]:
    """Return the members of some classes, and those in which there may be such."""
    return tuple(
        field
        for field in fields(kind)
        if isinstance(field.member, members)
        or field.is_body
        or any(leading_to(shape, members) for shape in field.shapes.values())
    )


@cache
def by_name(kind: type[Part]) -> dict[str, Field]:
    return {field.name: field for field in fields(kind)}


@cache
def has_words(kind: type[Part]) -> bool:
    """Say whether anything in a kind or part is translated."""
    return any(
        isinstance(field.member, Text)
        or field.is_body
        or any(has_words(shape) for shape in field.shapes.values())
        for field in fields(kind)
    )


@cache
def shows_facts(kind: type[Part]) -> bool:
    """Say whether a block is about something outside its words: a file, a card."""
    return any(
        isinstance(field.member, Fact) and not field.member.detail
        for field in fields(kind)
    )


def key_of(part: Any) -> str:
    """Return what names a row among its neighbours, or nothing."""
    return next((str(part[name]) for name in KEYS if part.get(name)), "")


def _field(kind: type[Part], name: str, annotation: Any, marks: list[Any]) -> Any:
    member = next(mark for mark in marks if isinstance(mark, Member | Id | Read))
    if not isinstance(member, Member):
        return None
    found = list(_parts(annotation)) if isinstance(member, Inner) else []
    shapes = {_shape_name(part): part for part in found}
    is_list = any(get_origin(each) is list for each in _choices(annotation))
    is_optional = type(None) in _choices(annotation)
    field = Field(name, member, shapes, is_list, is_optional)
    if isinstance(member, Inner) and not field.is_body:
        _require_language(kind, field)
    return field


def _require_language(kind: type[Part], field: Field) -> None:
    """A part that may be missing in a translation says whose words it shows."""
    if not (field.is_list or field.is_optional):
        return
    for shape in field.shapes.values():
        names = set(shape.model_fields)
        if has_words(shape) and not issubclass(shape, Worded):
            raise TypeError(f"{shape.__name__} in {kind.__name__} has words: Worded?")
        if field.is_list and has_words(shape) and not names.intersection(KEYS):
            raise TypeError(f"{shape.__name__} in {kind.__name__} needs an id or key.")


def _choices(annotation: Any) -> tuple[Any, ...]:
    """Return what a type may be: itself, or the members of a union."""
    if get_origin(annotation) in {Union, types.UnionType}:
        return get_args(annotation)
    return (annotation,)


def _parts(annotation: Any) -> Iterator[type[Part]]:
    """Yield every part that stands in a type: alone, in a list, in a union."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
        return
    for inner in get_args(annotation):
        yield from _parts(inner)


def _shape_name(part: type[Part]) -> str:
    """Return the constant that a part of several shapes has as its ``kind``."""
    info = part.model_fields.get(SHAPE)
    names = get_args(info.annotation) if info else ()
    return str(names[0]) if names else part.__name__

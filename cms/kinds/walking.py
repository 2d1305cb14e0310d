"""Going through a document, member by member, in the order in which a person reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cms.kinds import registry
from cms.kinds.kinds import BlockKind, Part
from cms.kinds.members import Inner, Member
from cms.kinds.structure import Field, fields, key_of, leading_to


@dataclass(frozen=True)
class Step:
    """One part on the way down to a value.

    ``name`` is what names it in its list: a key, or its number; empty for a single
    part. ``number`` counts from 1.
    """

    field: Field
    shape: type[Part]
    name: str
    number: int
    values: Mapping[str, Any]

    @property
    def is_block(self) -> bool:
        return issubclass(self.shape, BlockKind)


@dataclass(frozen=True)
class MemberValue:
    """A member that is no part, with its value in one document.

    ``path`` names the place whatever stands before it: ``body.<id>.links.<id>.text``.
    """

    path: str
    field: Field
    value: Any
    steps: tuple[Step, ...]

    @property
    def member(self) -> Member:
        return self.field.member

    @property
    def block(self) -> type[BlockKind] | None:
        """The kind of the block that the place is in."""
        found = (step.shape for step in self.steps if step.is_block)
        return next((s for s in found if issubclass(s, BlockKind)), None)


def walk(kind: type[Part], document: Mapping[str, Any]) -> Iterator[MemberValue]:
    """Yield every member that the document has, in the order of its kind."""
    yield from _walk(kind, document, "", ())


def values(
    kind: type[Part], document: Mapping[str, Any], members: tuple[type[Member], ...]
) -> Iterator[tuple[Field, Any]]:
    """Yield what the document has in members of some classes, in the same order.

    It goes nowhere else, and tells no places: readers wait for it.
    """
    for field in leading_to(kind, members):
        value = document.get(field.name)
        if value is None:
            continue
        if not isinstance(field.member, Inner):
            yield field, value
            continue
        for part in value if isinstance(value, list) else [value]:
            shape = shape_of(field, part)
            if shape is not None:
                yield from values(shape, part, members)


def parts(kind: type[Part], document: Mapping[str, Any]) -> Iterator[Step]:
    """Yield every part of the document that a walk goes through, once."""
    seen: set[int] = set()
    for place in walk(kind, document):
        for step in place.steps:
            if id(step.values) not in seen:
                seen.add(id(step.values))
                yield step


def _walk(
    kind: type[Part], values: Mapping[str, Any], path: str, steps: tuple[Step, ...]
) -> Iterator[MemberValue]:
    for field in fields(kind):
        if field.name not in values:
            continue
        value, here = values[field.name], f"{path}{field.name}"
        if not isinstance(field.member, Inner):
            yield MemberValue(here, field, value, steps)
        elif isinstance(value, list):
            for number, part in enumerate(value, start=1):
                name = key_of(part) or str(number - 1)
                yield from _part(field, part, f"{here}.{name}", name, number, steps)
        elif value is not None:
            yield from _part(field, value, here, "", 1, steps)


def _part(  # one step of a recursion
    field: Field,
    part: Mapping[str, Any],
    path: str,
    name: str,
    number: int,
    steps: tuple[Step, ...],
) -> Iterator[MemberValue]:
    shape = shape_of(field, part)
    if shape is not None:
        step = Step(field, shape, name, number, part)
        yield from _walk(shape, part, f"{path}.", (*steps, step))


def shape_of(field: Field, part: Mapping[str, Any]) -> type[Part] | None:
    """Return the kind of a block of a body, or the shape of another part."""
    if field.is_body:
        return registry.block(part.get("type", ""))
    return field.shape_of(part)

"""Every member of every kind, and a document in which it alone is different."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin
from uuid import UUID, uuid5

from cms.kinds import registry
from cms.kinds.kinds import BlockKind, Json, Kind, PageKind, Part
from cms.kinds.members import Html, Ref, Text
from cms.kinds.walking import Place, walk

_NAMES = UUID("5f0c2d0e-3b57-4a62-8f0b-0d5a6c7e8f90")


def key_of(kind: type[Kind]) -> UUID:
    """The key under which the example of a kind is published."""
    return uuid5(_NAMES, kind.type_name)


def whole_kinds() -> list[type[Kind]]:
    """Every kind of page and of shared block."""
    return [*registry.pages(), *registry.shared()]


def holder_of(block: type[BlockKind]) -> tuple[type[PageKind], Json]:
    """A plain page with one block of a kind."""
    return PageKind, {**PageKind.sample(), "body": [block.example]}


def documents() -> Iterator[tuple[str, type[Kind], Json]]:
    """Yield name, kind and example of everything, each block on a plain page."""
    for kind in whole_kinds():
        yield kind.type_name, kind, kind.sample()
    for block in registry.blocks():
        yield f"body.{block.type_name}", *holder_of(block)


@dataclass(frozen=True)
class Case:
    """One member of one kind, with the document that has it and one that differs."""

    name: str
    kind: type[Kind]
    document: Json
    place: Place

    @property
    def id(self) -> str:
        return f"{self.name}:{self.place.path}"

    def changed(self) -> Json:
        """The document with another value in this one place."""
        changed = copy.deepcopy(self.document)
        holder: Any = changed
        for step in self.place.steps:
            inner = holder[step.field.name]
            holder = inner[step.number - 1] if isinstance(inner, list) else inner
        shape = self.place.steps[-1].shape if self.place.steps else self.kind
        name = self.place.field.name
        holder[name] = another(shape, name, holder[name], self.place)
        return changed

    def value_in(self, document: Any) -> Any:
        """The value in the same place of another document."""
        for place in walk(self.kind, document):
            if place.path == self.place.path:
                return place.value
        return None


def cases() -> list[Case]:
    """Every member that an example has."""
    return [
        Case(name, kind, document, place)
        for name, kind, document in documents()
        for place in walk(kind, document)
        if name.startswith("body.") == place.path.startswith("body.")
    ]


def another(  # a line for each kind of value
    shape: type[Part], name: str, value: Any, place: Place
) -> Any:
    """Return another value that the member could have."""
    member = place.member
    if isinstance(member, Ref):
        other = "11111111-2222-4333-8444-555555555555"
        return [*value, other] if isinstance(value, list) else other
    choices = list(getattr(member, "choices", None) or {})
    choices = choices or _literals(shape.model_fields[name].annotation)
    if choices:
        return next(each for each in choices if str(each) != str(value))
    if isinstance(member, Html):
        return _longer(value, "<p>Xylofon.</p>" if not member.inline else " xylofon")
    if isinstance(member, Text):
        return _longer(value, " xylofon")
    return _other_fact(value)


def _literals(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [each for inner in get_args(annotation) for each in _literals(inner)]


def _longer(value: Any, more: str) -> Any:
    if isinstance(value, list):
        return [_longer(value[0], more), *value[1:]]
    return f"{value or ''}{more}"


def _other_fact(value: Any) -> Any:  # noqa: PLR0911
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, dict):
        return {name: _other_fact(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [*value, *(_other_fact(each) for each in value[:1])]
    text = str(value or "")
    if len(text) >= 10 and text[4] == text[7] == "-" and text[:4].isdigit():
        return f"{int(text[:4]) + 1}{text[4:]}"
    if len(text) == 5 and text[2] == ":":
        return f"{(int(text[:2]) + 1) % 24:02}{text[2:]}"
    if text.isdigit():
        return str(int(text) + 1)
    return f"{text}9"

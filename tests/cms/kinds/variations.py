"""Every member of every kind, and a document in which it alone is different."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin
from uuid import UUID, uuid5

from cms.kinds import registry
from cms.kinds.kinds import BlockKind, Json, Kind, PageKind, Part
from cms.kinds.members import Html, Ref, Text
from cms.kinds.walking import MemberValue, walk

_NAMES = UUID("5f0c2d0e-3b57-4a62-8f0b-0d5a6c7e8f90")


def key_of(name: str, kind: type[Kind]) -> UUID:
    """The key under which an example is published: the one that others name it by."""
    return UUID(kind.example_key) if kind.example_key else uuid5(_NAMES, name)


def twin_key(key: str) -> str:
    """The key of the text that another value of a reference names."""
    return str(uuid5(_NAMES, key))


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
    place: MemberValue

    @property
    def id(self) -> str:
        return f"{self.name}:{self.place.path}"

    def changed(self) -> Json:
        """The document with another value in this one place."""
        return self.changed_in(self.document)

    def changed_in(self, document: Json) -> Json:
        """Another document of the kind with another value in this one place."""
        changed = copy.deepcopy(document)
        shape = self.place.steps[-1].shape if self.place.steps else self.kind
        value = another(shape, self.place.field.name, self.place.value, self.place)
        self.place_in(changed, value)
        return changed

    def place_in(self, document: Json, value: Any) -> None:
        """Put a value into this place of a document."""
        holder: Any = document
        for step in self.place.steps:
            inner = holder[step.field.name]
            holder = inner[step.number - 1] if isinstance(inner, list) else inner
        holder[self.place.field.name] = value

    def value_in(self, document: Any) -> Any:
        """The value in the same place of another document."""
        for place in walk(self.kind, document):
            if place.path == self.place.path:
                return place.value
        return None


def cases() -> list[Case]:
    """Every member that an example has."""
    return [
        case
        for name, kind, document in documents()
        for case in cases_of(name, kind, document)
        if name.startswith("body.") == case.place.path.startswith("body.")
    ]


def cases_of(name: str, kind: type[Kind], document: Json) -> list[Case]:
    """Every member that one document has."""
    return [Case(name, kind, document, place) for place in walk(kind, document)]


def by_member(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """The places of each member, by its name: ``pledges.pledge:activities.title``."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        steps = [step.field.name for step in case.place.steps]
        shape = case.place.steps[-1].values.get("kind") if case.place.steps else None
        names = [*steps, case.place.field.name]
        kind = (
            f"({shape})" if shape and len(case.place.steps[-1].field.shapes) > 1 else ""
        )
        found.setdefault(f"{case.name}:{'.'.join(names)}{kind}", []).append(case)
    return found


def another(  # a line for each kind of value
    shape: type[Part], name: str, value: Any, place: MemberValue
) -> Any:
    """Return another value that the member could have."""
    member = place.member
    if isinstance(member, Ref):
        if isinstance(value, list):
            return [*value, *(twin_key(each) for each in value[:1] or [str(_NAMES)])]
        return twin_key(value or str(_NAMES))
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
        return value + max(1, value // 10)
    if isinstance(value, dict):
        return {name: _other_fact(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [*(_other_fact(each) for each in value[:1]), *value[1:]]
    text = str(value or "")
    if len(text) >= 10 and text[4] == text[7] == "-" and text[:4].isdigit():
        return f"{int(text[:4]) + 1}{text[4:]}"
    if len(text) == 5 and text[2] == ":":
        return f"{(int(text[:2]) + 1) % 24:02}{text[2:]}"
    if text.isdigit():
        return str(int(text) + 1)
    return f"{text}9"

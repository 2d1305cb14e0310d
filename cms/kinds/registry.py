"""All kinds of this installation. Apps register theirs from ``ready()``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

from cms.kinds.kinds import BlockKind, Kind, PageKind, Part, SharedKind
from cms.kinds.members import Id, Ref
from cms.kinds.structure import fields


class UnknownBlock(BlockKind):
    """A block whose app is gone: nothing of it is shown."""

    type: Annotated[Literal[""], Id()] = ""
    verbose_name = ""
    template = ""


@dataclass(frozen=True)
class Extension:
    """What an app adds to readings, beyond the documents of its kinds.

    ``complete(library, reading)`` returns the reading with what the app shows besides.
    ``styles(reading)`` are the style sheets of that, beyond those of its kinds.
    ``answer(reading)`` returns the ``details`` of the API, or None for nothing. Their
    types are ``details`` for the app's own kinds of pages, by name, and ``cards`` for
    pages that only show texts of the app. ``drawn_from`` names the kinds of texts that
    all this is put together from: a change in one may be seen on the pages of all.
    """

    complete: Callable[[Any, Any], Any]
    styles: Callable[[Any], Iterable[str]]
    answer: Callable[[Any], dict[str, Any] | None]
    details: dict[str, Any]
    cards: Any
    drawn_from: frozenset[str]


_kinds: dict[str, type[Kind]] = {}
_blocks: dict[str, type[BlockKind]] = {}
_extensions: list[Extension] = []


def register(*kinds: type[Kind] | type[BlockKind]) -> None:
    """Make kinds known. Raises ``ValueError`` for a name that another kind has."""
    for kind in kinds:
        fields(kind)
        table: dict[str, Any] = _blocks if issubclass(kind, BlockKind) else _kinds
        if table.setdefault(kind.type_name, kind) is not kind:
            raise ValueError(f"There are two kinds called {kind.type_name}.")
    sensitive_relations.cache_clear()
    turning.cache_clear()


def extend(extension: Extension) -> None:
    """Let an app add to readings."""
    _extensions.append(extension)


def completed(library: Any, reading: Any) -> Any:
    """Return a reading with what every app adds to it."""
    for extension in _extensions:
        reading = extension.complete(library, reading)
    return reading


def details(reading: Any) -> dict[str, Any] | None:
    """Return what the apps add to the API's answer; the first that has something."""
    found = (extension.answer(reading) for extension in _extensions)
    return next((each for each in found if each is not None), None)


def details_types(name: str) -> list[Any]:
    """Return the types that the ``details`` of a kind of page may have."""
    own = [e.details[name] for e in _extensions if name in e.details]
    return own or [each.cards for each in _extensions]


def styles(reading: Any) -> list[str]:
    """Return the style sheets of what a reading shows, in an order that never varies."""
    body = reading.document.get("body") or ()
    found = set(of(reading.type).styles)
    for each in body:
        found.update(block(each.get("type", "")).styles)
    for extension in _extensions:
        found.update(extension.styles(reading))
    return sorted(found)


def drawn_together(names: Iterable[str]) -> frozenset[str]:
    """Return the kinds of texts that an app puts together with texts of these kinds."""
    changed = frozenset(names)
    families = (e.drawn_from for e in _extensions if e.drawn_from & changed)
    return frozenset().union(*families)


@cache
def sensitive_relations() -> frozenset[str]:
    """Return the relations through which a page is as sensitive as what it names."""
    return frozenset(name for name, ref in _relations() if ref.sensitive)


def choices() -> dict[str, str]:
    """Return the relations by which lists of pages are chosen, by their parameters."""
    return {ref.chosen_by: name for name, ref in _relations() if ref.chosen_by}


def _relations() -> Iterator[tuple[str, Ref]]:
    for kind in _kinds.values():
        for field in fields(kind):
            if isinstance(field.member, Ref):
                yield field.member.relation or field.name, field.member


@cache
def turning() -> frozenset[str]:
    """Return the kinds whose texts tell readers something else on certain days."""
    return frozenset(
        name
        for name, kind in _kinds.items()
        if kind.turns.__qualname__ != Kind.turns.__qualname__
    )


def page(name: str) -> type[PageKind]:
    """Return the kind of a page; what nobody knows is a plain page."""
    kind = _kinds.get(name)
    return kind if kind and issubclass(kind, PageKind) else PageKind


def of(name: str) -> type[Kind]:
    """Return the kind of a text: a page's, a shared block's, or a plain page."""
    return _kinds.get(name, PageKind)


def shared_block(name: str) -> type[SharedKind]:
    """Return the kind of a shared block; what nobody knows shows nothing."""
    kind = _kinds.get(name)
    return kind if kind and issubclass(kind, SharedKind) else SharedKind


def block(name: str) -> type[BlockKind]:
    """Return the kind of a block; what nobody knows shows nothing."""
    return _blocks.get(name, UnknownBlock)


def knows(name: str) -> bool:
    return name in _kinds


def knows_block(name: str) -> bool:
    return name in _blocks


def pages() -> Iterator[type[PageKind]]:
    """Yield the kinds of pages in the order in which they were registered."""
    yield from (kind for kind in _kinds.values() if issubclass(kind, PageKind))


def shared() -> Iterator[type[SharedKind]]:
    yield from (kind for kind in _kinds.values() if issubclass(kind, SharedKind))


def blocks() -> Iterator[type[BlockKind]]:
    yield from _blocks.values()


def every() -> Iterator[type[Part]]:
    """Yield all of them."""
    yield from _kinds.values()
    yield from _blocks.values()

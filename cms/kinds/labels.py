"""What a place in a text is called, for everybody on the staff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cms.kinds import registry
from cms.kinds.kinds import BlockKind, Part
from cms.kinds.members import Inner
from cms.kinds.structure import Field, fields
from cms.kinds.walking import MemberValue, Step


def of_place(place: MemberValue, names: Mapping[str, str]) -> str:
    """Name a place of a document: «Aktivitet «Fler lampor»: när».

    ``names`` has the names of rows and of other texts, by key. A member without a name
    of its own goes by that of what holds it.
    """
    said = [_of_step(step, names) for step in place.steps]
    return joined([*said, str(place.member.label)])


def joined(parts: list[str]) -> str:
    """Put the names of nested places together, the outermost first."""
    found = [part for part in parts if part]
    label = found[0] if found else ""
    for part in found[1:]:
        label = _("%(block)s: %(part)s") % {"block": label, "part": part}
    return str(capfirst(label))


def _of_step(step: Step, names: Mapping[str, str]) -> str:
    if issubclass(step.shape, BlockKind):
        return str(step.shape.verbose_name)
    label = str(step.field.member.label)
    name = names.get(step.name) or name_of_row(step)
    name = names.get(name, name)
    return f"{label} «{name}»" if step.field.is_list and name and label else label


def name_of_row(step: Step) -> str:
    """Return what a row calls itself, in the language of the document."""
    return str(step.values.get(step.shape.named_by) or "")


@dataclass(frozen=True)
class Rows:
    """The blocks and rows of one model as it stands: types by id, numbers by key."""

    types: Mapping[str, str]
    numbers: Mapping[str, int]


@dataclass(frozen=True)
class Spot:
    """A place of a model: its name for the staff, and whether it is a heading."""

    label: str
    is_heading: bool = False


def at(kind: type[Part], path: str, rows: Rows) -> Spot:
    """Return the place of a model at a path of the engine: ``body.<id>.links.<id>.text``.

    The path names attributes of the model, and parts of its blocks.
    """
    said: list[str] = []
    last: type[Part] | None = None
    for name, shape in _down(kind, path.split("."), "", rows):
        said.append(name)
        last = shape or last
    heading = path == "title" or bool(
        last and issubclass(last, BlockKind) and last.is_heading
    )
    return Spot(joined(said) or path, heading)


def _down(
    kind: type[Part], path: list[str], prefix: str, rows: Rows
) -> Iterator[tuple[str, type[Part] | None]]:
    """Yield names and shapes on the way down a path."""
    if not path:
        return
    found = next(_matching(kind, path[0], prefix), None)
    if found is None:
        return
    field, inner_prefix = found
    label = str(field.member.label)
    if inner_prefix is not None:
        yield label, None
        shape = next(iter(field.shapes.values()))
        yield from _down(shape, path, inner_prefix, rows)
    elif not isinstance(field.member, Inner) or len(path) == 1:
        yield label, None
    elif field.is_body:
        block = registry.block(rows.types.get(path[1], ""))
        yield str(getattr(block, "verbose_name", "") or label), block
        yield from _down(block, path[2:], "", rows)
    else:
        number = rows.numbers.get(path[1])
        yield f"{label} {number}" if number else label, None
        shape = next(iter(field.shapes.values()))
        yield from _down(shape, path[2:], "", rows)


def _matching(
    kind: type[Part], name: str, prefix: str
) -> Iterator[tuple[Field, str | None]]:
    """Yield the member that an attribute belongs to; the prefix of its part, if any."""
    for field in fields(kind):
        member = field.member
        if isinstance(member, Inner) and member.prefix is not None:
            shape = next(iter(field.shapes.values()))
            if any(_matching(shape, name, member.prefix)):
                yield field, member.prefix
        elif name == f"{prefix}{member.source or field.name}":
            yield field, None


def attributes(kind: type[Part], prefix: str = "") -> Iterator[tuple[str, Field]]:
    """Yield the attributes of a model that a kind is made from, with their members."""
    for field in fields(kind):
        member = field.member
        if isinstance(member, Inner) and member.prefix is not None:
            for shape in field.shapes.values():
                yield from attributes(shape, member.prefix)
        else:
            yield f"{prefix}{member.source or field.name}", field

"""What the members of a kind are, and so what follows from them everywhere.

A member of a kind is annotated with one of these, each with its name in the words of
the staff::

    category: Annotated[str | None, Text(_("Category"))] = None

| marker   | means                                                                   |
|----------|-------------------------------------------------------------------------|
| `Text`   | words that are translated; `Html` when they are formatted               |
| `Fact`   | the same in every language, and read from the original by every reader  |
| `Ref`    | another text by its key; a fact                                         |
| `Media`  | a file; a fact                                                          |
| `Hidden` | not for readers, with the reason why                                    |
| `Inner`  | one or several `Part` with members of their own; `Body` when blocks     |
| `Id`     | names a part among its like; nothing to read                            |
| `Read`   | not in the log: put in when the text is read                            |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

#: Words of the staff's language: a lazy translation, or text that needs none.
Label = Any


class Weight(StrEnum):
    """How much a word says about the page it stands on, for search."""

    TITLE = "title"
    LEAD = "lead"
    HEADING = "heading"
    BODY = "body"


@dataclass(frozen=True, eq=False)
class Member:
    """What every marker says.

    ``source`` is the attribute of the model (or the part of the Wagtail block) that the
    value is taken from; its own name when it is None. ``weight`` is None for what search
    need not find; words without a weight say why in ``unsearched``. ``unseen`` says why
    readers of the page do not see the member. ``answered`` says where the API has it,
    when it does not have it under its own name. What ``follows`` from another member, of
    which a reviewer sees each change, is no passage of its own.

    A member is itself only: labels are words of whichever language is active, and those
    neither equal nor hash the same twice.
    """

    label: Label
    source: str | None = field(default=None, kw_only=True)
    weight: Weight | None = field(default=None, kw_only=True)
    unsearched: str = field(default="", kw_only=True)
    unseen: str = field(default="", kw_only=True)
    answered: str = field(default="", kw_only=True)
    follows: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, eq=False)
class Text(Member):
    """Words that are translated: a text, a list of texts, or rows of texts."""

    weight: Weight | None = field(default=Weight.BODY, kw_only=True)


@dataclass(frozen=True, eq=False)
class Html(Text):
    """Formatted words, clean; links to texts of ours as ``cms:<key>``.

    ``inline`` leaves out the paragraph around them.
    """

    inline: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, eq=False)
class Fact(Member):
    """What is the same in every language: a number, a date, a choice, a name.

    ``choices`` are the words of the staff for coded values. A ``detail`` is about the
    layout: worth a line for a reviewer only when it has changed.
    """

    choices: Mapping[str, Label] | None = field(default=None, kw_only=True)
    detail: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, eq=False)
class Ref(Fact):
    """The key of another page or shared block, or several.

    ``relation`` is what the index of references calls it; its own name when empty. With
    ``sensitive`` a page is as sensitive as the text it names (see `PageKind`).
    ``chosen_by`` is the parameter by which lists of the API choose the pages that name
    a text.
    """

    relation: str = field(default="", kw_only=True)
    sensitive: bool = field(default=False, kw_only=True)
    chosen_by: str = field(default="", kw_only=True)


@dataclass(frozen=True, eq=False)
class Media(Fact):
    """A file, or an image in its sizes."""


@dataclass(frozen=True, eq=False)
class Hidden(Member):
    """What stands in the log and is not for readers. ``reason`` says why not.

    A reviewer sees it all the same, because approving makes it effective.
    """

    reason: str = field(default="", kw_only=True)
    choices: Mapping[str, Label] | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        if not self.reason:
            raise TypeError("A hidden member says why it is hidden.")


@dataclass(frozen=True, eq=False)
class Inner(Member):
    """One `Part`, or a list of them.

    With a ``prefix`` the attributes of one part are named with it on the same model;
    otherwise the part is what ``source`` names.
    """

    prefix: str | None = field(default=None, kw_only=True)


@dataclass(frozen=True, eq=False)
class Body(Inner):
    """The blocks of running text; each has a kind of its own, by ``type``."""


@dataclass(frozen=True)
class Id:
    """What tells a part from its neighbours, or says which shape it has."""


@dataclass(frozen=True)
class Read:
    """A member that stands in no log: reading puts it in."""

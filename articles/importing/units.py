"""Units: whole paragraphs, headings, lists and tables, made out of lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articles.importing.lines import Line, Table


@dataclass(frozen=True)
class Item:
    """One item of a list."""

    text: str
    html: str
    href: str = ""


@dataclass(frozen=True)
class Unit:
    """One thing that an editor would see as one thing.

    Shape is text, heading, list, table or quote. A text may still turn out to be a
    heading when it came from plain text; `marked_up` says that it cannot.
    """

    shape: str
    lines: tuple[Line, ...]
    text: str
    html: str
    level: int = 0
    marked_up: bool = False
    is_ingress: bool = False
    href: str = ""
    cite: str = ""
    items: tuple[Item, ...] = ()
    ordered: bool = False
    table: Table | None = None

    @property
    def number(self) -> int:
        """Line of the source where the unit begins."""
        return self.lines[0].number if self.lines else 0

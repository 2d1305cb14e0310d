"""A document cut into passages, so that two versions can be read side by side.

Which passages there are and what they are called follows from the kind of the text, so
that nothing of a change stays unseen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils.translation import gettext as _

from cms.gate.differences import Change, word_changes
from cms.kinds import labels, registry
from cms.kinds.kinds import Kind
from cms.kinds.labels import name_of_row
from cms.kinds.members import Fact, Html, Member, Text
from cms.kinds.walking import MemberValue, parts, walk
from cms.log.models import Head

_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Passage:
    """One text or fact of a document. ``level`` is that of a heading, else 0.

    A text is translated; a fact is the same in every language; a detail is a fact
    about the layout.
    """

    path: str
    label: str
    text: str
    is_text: bool = True
    is_detail: bool = False
    level: int = 0


@dataclass(frozen=True)
class Row:
    """The same place in two versions; an empty text means that it is not there."""

    path: str
    label: str
    before: str
    after: str
    is_text: bool = True
    is_detail: bool = False
    level: int = 0

    @property
    def is_changed(self) -> bool:
        return self.before != self.after

    @property
    def is_shown(self) -> bool:
        """Say whether the row tells a reader anything."""
        if not self.is_detail:
            return True
        return bool(self.is_changed and self.before and self.after)

    @cached_property
    def changes(self) -> list[Change]:
        return word_changes(self.before, self.after)


def names_in(kind: type[Kind], *documents: dict[str, Any] | None) -> dict[str, str]:
    """Return the Swedish names of what the documents refer to, by key.

    These are pages and blocks, and rows of pages such as the lines of a report;
    rows come in the order in which their page has them.
    """
    given = [each for each in documents if each]
    keys = set(_KEY.findall(json.dumps(given)))
    heads = Head.objects.filter(key__in=keys, locale=settings.LANGUAGE_CODE)
    found = heads.values_list("key", "type", "title", "publication__document")
    known = [(kind, each) for each in given]
    known += [(registry.of(name), each) for _key, name, _title, each in found]
    names: dict[str, str] = {}
    for described, document in known:
        for step in parts(described, document):
            if name := name_of_row(step):
                names.setdefault(step.name, name)
    return {**names, **{str(key): title for key, _type, title, _document in found}}


def passages(
    kind: type[Kind], document: Mapping[str, Any] | None, names: Mapping[str, str]
) -> list[Passage]:
    """Return the passages of ``document`` that say something, in its order."""
    places = walk(kind, document or {})
    found = (
        passage
        for place in places
        if not place.member.follows
        for passage in _of_place(place, names)
    )
    return [passage for passage in found if passage.text]


def _of_place(place: MemberValue, names: Mapping[str, str]) -> Iterator[Passage]:
    """Yield a passage for the place, or for each text when it is a list of them."""
    member, label = place.member, labels.of_place(place, names)
    is_text = isinstance(member, Text)
    passage = Passage(
        path=place.path,
        label=label,
        text="",
        is_text=is_text,
        is_detail=isinstance(member, Fact) and member.detail,
        level=_level(place),
    )
    if is_text and isinstance(place.value, list):
        for number, text in enumerate(place.value):
            shown = _shown(text, member, names)
            yield replace(passage, path=f"{place.path}.{number}", text=shown)
    else:
        yield replace(passage, text=_shown(place.value, member, names))


def _level(place: MemberValue) -> int:
    """Return the level of a heading of the text, else 0."""
    block = place.block
    if block is None or not block.is_heading or not isinstance(place.member, Text):
        return 0
    return int(place.steps[-1].values.get("level", 2))


def compare(before: Iterable[Passage], after: Iterable[Passage]) -> list[Row]:
    """Return every place of either version, in the order of ``after``."""
    old = {passage.path: passage for passage in before}
    new = {passage.path: passage for passage in after}
    either = {**old, **new}
    rows = (
        Row(
            path=path,
            label=either[path].label,
            before=old[path].text if path in old else "",
            after=new[path].text if path in new else "",
            is_text=either[path].is_text,
            is_detail=either[path].is_detail,
            level=either[path].level,
        )
        for path in merged(list(old), list(new))
    )
    return [row for row in rows if row.is_shown]


def order_changed(before: Iterable[Passage], after: Iterable[Passage]) -> bool:
    """Say whether passages that stand in both stand in another order."""
    old, new = [p.path for p in before], [p.path for p in after]
    return [p for p in old if p in set(new)] != [p for p in new if p in set(old)]


def merged(old: list[str], new: list[str]) -> list[str]:
    """Put what was removed where it stood: after its nearest neighbour above."""
    both, known = list(new), set(new)
    place = 0
    for path in old:
        if path in known:
            place = both.index(path) + 1
        else:
            both.insert(place, path)
            place += 1
    return both


def _shown(value: Any, member: Member, names: Mapping[str, str]) -> str:
    """Return a value as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        mark = " | " if isinstance(member, Text) else ", "
        return mark.join(_shown(inner, member, names) for inner in value)
    if isinstance(value, Mapping):
        return _of_mapping(value)
    text = str(value)
    if isinstance(member, Html):
        return readable(text, names)
    choices = getattr(member, "choices", None) or {}
    return str(choices.get(text) or names.get(text, text))


def _of_mapping(value: Mapping[str, Any]) -> str:
    """Return an image by its address, and anything else member by member."""
    if "src" in value:
        return str(value["src"])
    return ", ".join(f"{name}: {inner}" for name, inner in value.items())


def readable(html: str, names: Mapping[str, str]) -> str:
    """Return formatted text as plain text: links with their targets, one line each."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a"):
        target = str(link.get("href", ""))
        target = names.get(target.removeprefix("cms:"), target)
        link.append(f" [{target}]")
    for tag in soup.find_all(["strong", "b"]):
        tag.insert(0, "*")
        tag.append("*")
    for tag in soup.find_all(["em", "i"]):
        tag.insert(0, "_")
        tag.append("_")
    for tag in soup.find_all("li"):
        tag.insert(0, "• ")
    for tag in soup.find_all(["p", "li", "h3", "br"]):
        tag.append("\n")
    return soup.get_text().strip()

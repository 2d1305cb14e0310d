"""A document cut into passages, so that two versions can be read side by side.

Works on the plain JSON that the log keeps, whatever type it is of: unknown keys are
shown under their own names, so that nothing of a change stays unseen.
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
from cms.gate.passage_labels import (
    BLOCK_LABELS,
    CHOICES,
    DETAILS,
    FACTS,
    ORDER,
    TEXTS,
    UNSEEN,
)
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


def names_in(*documents: dict[str, Any] | None) -> dict[str, str]:
    """Return the Swedish names of what the documents refer to, by key.

    These are pages and blocks, and rows of pages such as the activities of a pledge;
    rows come in the order in which their page has them.
    """
    given = [each for each in documents if each]
    keys = set(_KEY.findall(json.dumps(given)))
    heads = Head.objects.filter(key__in=keys, locale=settings.LANGUAGE_CODE)
    found = heads.values_list("key", "title", "publication__document")
    names: dict[str, str] = {}
    for document in [*given, *(document for _key, _title, document in found)]:
        for key, name in _row_names(document):
            names.setdefault(key, name)
    return {**names, **{str(key): title for key, title, _document in found}}


def _row_names(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield key and name of the rows whose words stand by key."""
    for part, rows in document.get("facts", {}).items():
        words = document.get(part)
        if not isinstance(words, Mapping) or not isinstance(rows, list):
            continue
        for row in rows:
            said = words.get(row.get("key"), {})
            if name := said.get("title") or said.get("label") or row.get("name"):
                yield row["key"], name


def passages(
    document: Mapping[str, Any] | None, names: Mapping[str, str]
) -> list[Passage]:
    """Return the passages of ``document`` that say something, in its order."""
    found = _walk(document or {}, "", "", names)
    worded = "facts" in (document or {})
    return [
        replace(passage, is_text=True)
        if worded and _is_words(passage.path)
        else passage
        for passage in found
        if passage.text
    ]


def _is_words(path: str) -> bool:
    """Say whether a place of a document with facts of its own holds words.

    In such a document everything that is the same in every language stands apart.
    """
    first, *_rest = path.split(".")
    last = _last_name(path)
    return first not in {"facts", "body"} and (last == "name" or last not in FACTS)


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
        for path in _merged(list(old), list(new))
    )
    return [row for row in rows if row.is_shown]


def order_changed(before: Iterable[Passage], after: Iterable[Passage]) -> bool:
    """Say whether passages that stand in both stand in another order."""
    old, new = [p.path for p in before], [p.path for p in after]
    return [p for p in old if p in set(new)] != [p for p in new if p in set(old)]


def _merged(old: list[str], new: list[str]) -> list[str]:
    """Put what was removed where it stood: after its nearest neighbour above."""
    merged, known = list(new), set(new)
    place = 0
    for path in old:
        if path in known:
            place = merged.index(path) + 1
        else:
            merged.insert(place, path)
            place += 1
    return merged


def _walk(
    value: Any, path: str, label: str, names: Mapping[str, str], level: int = 0
) -> Iterator[Passage]:
    if isinstance(value, Mapping):
        yield from _mapping(value, path, label, names)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, list):
                item = " | ".join(str(cell) for cell in item)
            mark = _mark(item, index)
            yield from _walk(item, f"{path}.{mark}", _of_row(label, mark, names), names)
    else:
        key = _last_name(path)
        text = _shown(value, key, names)
        yield Passage(path, label, text, key in TEXTS, key in DETAILS, level)


def _mark(item: Any, index: int) -> str:
    """Return what a place in a list is called, whatever stands before it."""
    if not isinstance(item, Mapping):
        return str(index)
    known = (str(item[name]) for name in ("id", "key", "activity") if item.get(name))
    return next(known, str(index))


def _of_row(label: str, mark: str, names: Mapping[str, str]) -> str:
    """Name the row that is meant: «Aktivitet Sätta upp lampor»."""
    return f"{label} «{names[mark]}»" if mark in names and label else label


def _mapping(
    value: Mapping[str, Any], path: str, label: str, names: Mapping[str, str]
) -> Iterator[Passage]:
    kind = str(value.get("type", ""))
    block = str(BLOCK_LABELS.get(kind, kind)) if "id" in value else ""
    level = int(value.get("level", 0)) if kind == "heading" else 0
    for key in _reading_order(value, names, is_block=bool(block)):
        inner = value[key]
        here = f"{path}.{key}" if path else key
        if _is_unseen(key, here):
            continue
        if _KEY.fullmatch(key):
            yield from _walk(inner, here, _of_row(label, key, names), names)
            continue
        part = _part_label(key, here)
        if block:
            plain = key == "html" or (kind == "heading" and key == "text")
            name = block if plain or not part else f"{block}: {part}"
        else:
            name = f"{label}: {part}" if label and part else part or label
        yield from _walk(inner, here, name, names, level if key == "text" else 0)


def _is_unseen(key: str, path: str) -> bool:
    """Say whether a part tells nobody anything: bookkeeping, or said elsewhere."""
    if key == "kind" and path.startswith("facts."):
        return False
    # The name of a row is in its label.
    names_row = key in {"key", "activity"} and path.startswith("facts.")
    return names_row or key in UNSEEN


def _reading_order(
    value: Mapping[str, Any], names: Mapping[str, str], *, is_block: bool
) -> list[str]:
    order = [key for key in ORDER if key in value]
    if is_block and "title" in order:
        # Of a quote or a file it comes after the words.
        order.remove("title")
        order.append("title")
    rows = [key for key in names if key in value]
    return order + rows + sorted(set(value) - {*order, *rows})


def _part_label(key: str, path: str) -> str:
    if key in {"body", "image", "visiting", "postal", "facts"}:
        return ""
    if path == "label" or (key == "label" and path.startswith("planned_followups.")):
        return str(FACTS["name"])
    known = TEXTS.get(key) or FACTS.get(key)
    return str(known) if known else key.replace("_", " ")


def _last_name(path: str) -> str:
    """Return the last part of a path that is no number and no key."""
    parts = reversed(path.split("."))
    return next(
        part for part in parts if not part.isdigit() and not _KEY.fullmatch(part)
    )


def _shown(value: Any, key: str, names: Mapping[str, str]) -> str:
    """Return a value as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = str(value)
    if key in {"html", "items"} or key.endswith("_html"):
        return readable(text, names)
    return str(CHOICES.get(key, {}).get(text) or names.get(text, text))


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

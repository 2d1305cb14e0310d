"""A document cut into passages, so that two versions can be read side by side.

Works on the plain JSON that the log keeps, whatever type it is of: unknown keys are
shown under their own names, so that nothing of a change stays unseen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.publication.models import Head
from cms.publishing.differences import Change, word_changes

#: What each type of block is called, for everybody on the staff.
BLOCK_LABELS: dict[str, Any] = {
    "heading": gettext_lazy("Heading"),
    "paragraph": gettext_lazy("Paragraph"),
    "list": gettext_lazy("List"),
    "quote": gettext_lazy("Quote"),
    "facts": gettext_lazy("Facts box"),
    "callout": gettext_lazy("Callout"),
    "link_list": gettext_lazy("More information"),
    "image": gettext_lazy("Image"),
    "video": gettext_lazy("Film"),
    "table": gettext_lazy("Table"),
    "document": gettext_lazy("File"),
    "pledge_card": gettext_lazy("Pledge card"),
    "focus_area_card": gettext_lazy("Focus area card"),
    "chart": gettext_lazy("Chart"),
    "places": gettext_lazy("Places"),
}
# Texts for readers, and what they are called. Anything else is a fact: a date, an
# address, a switch; it is the same in every language.
_TEXTS = {
    "title": gettext_lazy("Title"),
    "ingress": gettext_lazy("Lead"),
    "seo_title": gettext_lazy("Title for search engines"),
    "search_description": gettext_lazy("Description for search engines"),
    "heading": gettext_lazy("heading"),
    "text": gettext_lazy("text"),
    "html": gettext_lazy("text"),
    "items": gettext_lazy("item"),
    "alt": gettext_lazy("text alternative"),
    "caption": gettext_lazy("caption"),
    "organisation": gettext_lazy("organisation"),
    "transcript_html": gettext_lazy("transcript"),
    "rows": gettext_lazy("row"),
    "label": gettext_lazy("Telephone"),
    "explanation": gettext_lazy("What it is"),
    "building": gettext_lazy("Building"),
    "access_info": gettext_lazy("Getting in"),
    "hours_text": gettext_lazy("More about the hours"),
    "interpreter_info": gettext_lazy("Interpreter"),
    "note": gettext_lazy("Note"),
}
_FACTS = {
    "category": gettext_lazy("Category"),
    "hero": gettext_lazy("main image"),
    "language": gettext_lazy("language"),
    "news_date": gettext_lazy("date of the news"),
    "contact_block": gettext_lazy("contact"),
    "show_in_menus": gettext_lazy("shown in the menu"),
    "sensitivity": gettext_lazy("sensitivity"),
    "key": gettext_lazy("page"),
    "url": gettext_lazy("address"),
    "level": gettext_lazy("level"),
    "links": gettext_lazy("link"),
    "name": gettext_lazy("name"),
    "phones": gettext_lazy("phones"),
    "numbers": gettext_lazy("numbers to call"),
    "email": gettext_lazy("e-mail"),
    "opening_hours": gettext_lazy("opening hours"),
    "exceptions": gettext_lazy("exceptions"),
    "languages_served": gettext_lazy("languages spoken"),
}
# Bookkeeping, and what follows from something that is shown.
_UNSEEN = {
    "id", "type", "kind", "sort_key", "list_date", "ancestors", "srcset", "width",
    "height", "translation_priority", "e164", "tel", "size", "file_type",
}  # fmt: skip
# How a passage is laid out: worth a line only when it has changed.
_DETAILS = {"level", "ordered", "header_row", "header_column", "tone"}
# The order in which a person reads; the database keeps its own.
_ORDER = [
    "title", "ingress", "news_date", "category", "hero", "body", "heading", "level",
    "text", "html", "ordered", "items", "name", "organisation", "src", "alt", "caption",
    "links", "rows", "explanation", "phones", "label", "visiting", "postal", "email",
    "opening_hours", "exceptions", "hours_text", "contact_block",
]  # fmt: skip
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
    """Return the Swedish titles of what the documents refer to, by key."""
    keys = set(_KEY.findall(json.dumps([each for each in documents if each])))
    heads = Head.objects.filter(key__in=keys, locale=settings.LANGUAGE_CODE)
    return {str(key): title for key, title in heads.values_list("key", "title")}


def passages(
    document: Mapping[str, Any] | None, names: Mapping[str, str]
) -> list[Passage]:
    """Return the passages of ``document`` that say something, in its order."""
    found = _walk(document or {}, "", "", names)
    return [passage for passage in found if passage.text]


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
            mark = item.get("id", index) if isinstance(item, Mapping) else index
            yield from _walk(item, f"{path}.{mark}", label, names)
    else:
        key = _last_name(path)
        text = _shown(value, key, names)
        yield Passage(path, label, text, key in _TEXTS, key in _DETAILS, level)


def _mapping(
    value: Mapping[str, Any], path: str, label: str, names: Mapping[str, str]
) -> Iterator[Passage]:
    kind = str(value.get("type", ""))
    block = str(BLOCK_LABELS.get(kind, kind)) if "id" in value else ""
    level = int(value.get("level", 0)) if kind == "heading" else 0
    for key in _reading_order(value, is_block=bool(block)):
        inner = value[key]
        if key in _UNSEEN:
            continue
        here = f"{path}.{key}" if path else key
        part = _part_label(key)
        if block:
            plain = key == "html" or (kind == "heading" and key == "text")
            name = block if plain or not part else f"{block}: {part}"
        else:
            name = f"{label}: {part}" if label and part else part or label
        yield from _walk(inner, here, name, names, level if key == "text" else 0)


def _reading_order(value: Mapping[str, Any], *, is_block: bool) -> list[str]:
    order = [key for key in _ORDER if key in value]
    if is_block and "title" in order:
        # Of a quote or a file it comes after the words.
        order.remove("title")
        order.append("title")
    return order + sorted(set(value) - set(order))


def _part_label(key: str) -> str:
    if key in {"body", "image", "visiting", "postal"}:
        return ""
    known = _TEXTS.get(key) or _FACTS.get(key)
    return str(known) if known else key.replace("_", " ")


def _last_name(path: str) -> str:
    """Return the last part of a path that is no number."""
    return next(part for part in reversed(path.split(".")) if not part.isdigit())


def _shown(value: Any, key: str, names: Mapping[str, str]) -> str:
    """Return a value as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = str(value)
    if key in {"html", "transcript_html", "items"}:
        return readable(text, names)
    return names.get(text, text)


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

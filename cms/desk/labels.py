"""What the places of a page are called at the desk.

A place without a name of its own here is called what its field or block is called, so
that a new field never shows up as a word of the program.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import Translation

from cms.gate.passage_labels import BLOCK_LABELS

FIELD_LABELS: dict[str, Any] = {
    "title": gettext_lazy("Title"),
    "slug": gettext_lazy("Address"),
    "ingress": gettext_lazy("Lead"),
    "seo_title": gettext_lazy("Title for search engines"),
    "search_description": gettext_lazy("Description for search engines"),
    "category": gettext_lazy("Category"),
    "hero_alt": gettext_lazy("Text alternative of the main image"),
    "explanation": gettext_lazy("What it is"),
    "phones": gettext_lazy("Telephone"),
    "text": gettext_lazy("Text"),
    "entries": gettext_lazy("Number to call"),
    "visiting_building": gettext_lazy("Building"),
    "access_info": gettext_lazy("Getting in"),
    "exceptions": gettext_lazy("Exception"),
    "hours_text": gettext_lazy("More about the hours"),
    "interpreter_info": gettext_lazy("Interpreter"),
}
PART_LABELS: dict[str, Any] = {
    "heading": gettext_lazy("heading"),
    "text": gettext_lazy("text"),
    "note": gettext_lazy("Note"),
    "title": gettext_lazy("title"),
    "organisation": gettext_lazy("organisation"),
    "alt": gettext_lazy("text alternative"),
    "caption": gettext_lazy("caption"),
    "items": gettext_lazy("item"),
    "links": gettext_lazy("link"),
    "transcript": gettext_lazy("transcript"),
}


@dataclass(frozen=True)
class Labels:
    """Names for the places of one page or block.

    ``kinds`` are the types of its blocks by id, ``rows`` the numbers of its rows, such
    as the activities of a pledge, by key.
    """

    model: Any
    kinds: dict[str, str]
    rows: dict[str, int]

    def is_heading(self, path: str) -> bool:
        return path == "title" or self._kind(path) == "heading"

    def of(self, path: str) -> str:
        """Say in words which place a path means: «Aktivitet 2: vad som gjordes»."""
        name, *rest = path.split(".")
        if not rest:
            return _field_label(self.model, name)
        if rest[0] in self.rows:
            return self._row_label(name, *rest)
        kind = self.kinds.get(rest[0], "")
        label = _block_label(self.model, name, kind)
        part = next((p for p in reversed(rest[1:]) if p in PART_LABELS), None)
        said = str(PART_LABELS[part]) if part else _part_label(self.model, path, kind)
        if not said or part == kind or kind == "heading":
            return label
        return _("%(block)s: %(part)s") % {"block": label, "part": said}

    def _kind(self, path: str) -> str:
        parts = path.split(".")
        return self.kinds.get(parts[1], "") if len(parts) > 1 else ""

    def _row_label(self, name: str, key: str, *rest: str) -> str:
        row = self.model._meta.get_field(name).related_model
        label = f"{capfirst(row._meta.verbose_name)} {self.rows[key]}"
        part = str(row._meta.get_field(rest[0]).verbose_name)
        return _("%(block)s: %(part)s") % {"block": label, "part": part}


def labels_of(translation: Translation) -> Labels:
    """Return the names for the places of a translation's source."""
    kinds: dict[str, str] = {}
    rows: dict[str, int] = {}
    for value in json.loads(translation.source.content_json).values():
        for number, item in enumerate(_items(value), start=1):
            if "translation_key" in item:
                rows[item["translation_key"]] = number
            elif "id" in item and "type" in item:
                kinds[item["id"]] = item["type"]
    kind = ContentType.objects.get_for_id(translation.source.specific_content_type_id)
    model = kind.model_class()
    return Labels(model, kinds, rows)


def _items(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the blocks of a stream, or the rows of a relation."""
    if isinstance(value, str) and value.startswith("[{"):
        value = json.loads(value)
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))


def _field_label(model: Any, name: str) -> str:
    if name in FIELD_LABELS:
        return str(FIELD_LABELS[name])
    try:
        return capfirst(str(model._meta.get_field(name).verbose_name))
    except FieldDoesNotExist:
        return name


def _block_label(model: Any, name: str, kind: str) -> str:
    if kind in BLOCK_LABELS:
        return str(BLOCK_LABELS[kind])
    if name in FIELD_LABELS:
        return str(FIELD_LABELS[name])
    block = _block(model, name, kind)
    return str(block.label) if block else _field_label(model, name)


def _block(model: Any, name: str, kind: str) -> Any:
    stream = getattr(model._meta.get_field(name), "stream_block", None)
    return stream.child_blocks.get(kind) if stream else None


def _part_label(model: Any, path: str, kind: str) -> str:
    """Return what a block calls its part, when that says more than the block."""
    name, *rest = path.split(".")
    parts = getattr(_block(model, name, kind), "child_blocks", {})
    found = next((parts[p] for p in reversed(rest[1:]) if p in parts), None)
    return str(found.label) if found is not None and kind not in BLOCK_LABELS else ""

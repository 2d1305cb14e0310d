"""What the places of a page are called at the desk: as its kind says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail_localize.models import Translation

from cms.kinds import labels
from cms.kinds.kinds import Kind
from cms.kinds.labels import Rows, Spot


@dataclass(frozen=True)
class Labels:
    """Names for the places of one page or block."""

    kind: type[Kind]
    rows: Rows

    def at(self, path: str) -> Spot:
        """Say in words which place a path means: «Aktivitet 2: vad som gjordes»."""
        return labels.at(self.kind, path, self.rows)


def labels_of(translation: Translation) -> Labels:
    """Return the names for the places of a translation's source."""
    types: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for value in json.loads(translation.source.content_json).values():
        for number, item in enumerate(_items(value), start=1):
            if "translation_key" in item:
                numbers[item["translation_key"]] = number
            elif "id" in item and "type" in item:
                types[item["id"]] = item["type"]
    kind = ContentType.objects.get_for_id(translation.source.specific_content_type_id)
    model: Any = kind.model_class()
    return Labels(model.kind, Rows(types, numbers))


def _items(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the blocks of a stream, or the rows of a relation."""
    if isinstance(value, str) and value.startswith("[{"):
        value = json.loads(value)
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))

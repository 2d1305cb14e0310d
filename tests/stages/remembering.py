"""Model objects as what names them, so that another process finds them again."""

from __future__ import annotations

import pickle
from collections import defaultdict
from io import BytesIO
from typing import Any

from django.apps import apps
from django.db.models import Model


def remember(thing: Any) -> bytes:
    """Write down a dataclass, list or dictionary; a model object becomes its key."""
    written = BytesIO()
    _Writer(written).dump(thing)
    return written.getvalue()


def recall(written: bytes) -> Any:
    """The same with each model object as the database has it now: a query a model."""
    first = _Reader(written, {})
    first.load()
    found: dict[tuple[str, Any], Model] = {}
    for label, keys in first.asked.items():
        objects = apps.get_model(label)._default_manager.in_bulk(keys)
        found |= {(label, key): each for key, each in objects.items()}
    return _Reader(written, found).load()


def reloaded(thing: Any) -> Any:
    """A copy of ``thing`` with nothing remembered of what the database had before."""
    return recall(remember(thing))


class _Writer(pickle.Pickler):
    def persistent_id(self, obj: Any) -> tuple[str, Any] | None:
        return (obj._meta.label, obj.pk) if isinstance(obj, Model) else None


class _Reader(pickle.Unpickler):
    def __init__(self, written: bytes, found: dict[tuple[str, Any], Model]) -> None:
        super().__init__(BytesIO(written))
        self.asked: dict[str, set[Any]] = defaultdict(set)
        self._found = found

    def persistent_load(self, key: tuple[str, Any]) -> Model | None:
        self.asked[key[0]].add(key[1])
        return self._found.get(key)

"""What a model's kind says of its fields to wagtail-localize."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    Page,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from cms.engine.fields import SynchronizedField, TranslatableField
from cms.kinds.labels import attributes
from cms.kinds.members import Text
from cms.kinds.structure import Field, has_words

_MACHINERY = (
    Page, TranslatableMixin, DraftStateMixin, LockableMixin, Orderable, RevisionMixin,
    WorkflowMixin,
)  # fmt: skip


class FieldsOfKind:
    """The ``translatable_fields`` of a model, as its kind has them.

    Fields with words are translated; every other field that an editor can change has
    the value of the original in all languages.
    """

    def __get__(self, instance: Any, owner: type[Any]) -> list[Any]:
        model: Any = owner
        return list(_declared(model))


@cache
def _declared(model: Any) -> tuple[Any, ...]:
    words = dict.fromkeys(_worded(model))
    own = [
        field.name
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if field.name not in words and _is_edited(field)
    ]
    return (
        *(TranslatableField(name) for name in words),
        *(SynchronizedField(name, overridable=False) for name in own),
    )


def _worded(model: type[Any]) -> Iterator[str]:
    names = {field.name for field in model._meta.get_fields()}
    for name, field in attributes(model.kind):
        if name in names and _has_words(field):
            yield name


def _has_words(field: Field) -> bool:
    return (
        isinstance(field.member, Text)
        or field.is_body
        or any(has_words(shape) for shape in field.shapes.values())
    )


@cache
def _machinery() -> frozenset[str]:
    """Return the names of fields that Wagtail keeps for itself."""
    names = {field.name for model in _MACHINERY for field in model._meta.get_fields()}
    return frozenset(names - {"show_in_menus", "title"})


def _is_edited(field: models.Field[Any, Any]) -> bool:
    return (
        field.editable
        and not field.primary_key
        and not isinstance(field, ParentalKey)
        and field.name not in _machinery()
        and field.name != "page_ptr"
    )

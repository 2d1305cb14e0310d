"""What programmes, pledges and follow-ups have in common as pages."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django.db import models
from modelcluster.models import model_from_serializable_data

from cms.core.models import BasePage
from cms.core.page import MachineTranslationPolicy
from cms.kinds.choices import TranslationPriority


def _field(name: str, default: str) -> Any:
    """Return a field of every page, with another default."""
    field = BasePage._meta.get_field(name).clone()
    field.default = default
    return field


class Enduring:
    """A page, or a row of one, whose drafts outlive what they name.

    The database protects what a row names, and looks into no draft. Of a draft that
    names something deleted since, that field is empty and asked for again; modelcluster
    could not open it at all.
    """

    _meta: ClassVar[Any]

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Any:
        data = {**data, **dict.fromkeys(cls.gone(data))}
        read = getattr(super(), "from_serializable_data", None)
        if read is None:
            read = partial(model_from_serializable_data, cls)
        return read(data, check_fks=check_fks, strict_fks=strict_fks)

    @classmethod
    def gone(cls, data: dict[str, Any]) -> list[str]:
        """Return the fields that name something protected that does not exist."""
        return [
            field.name
            for field in cls._meta.concrete_fields
            if field.remote_field
            and field.remote_field.on_delete in {models.PROTECT, models.RESTRICT}
            and data.get(field.name)
            and not field.related_model._default_manager.filter(
                pk=data[field.name]
            ).exists()
        ]


class PledgePage(Enduring, BasePage):
    """A page about a promise: it must be translated, and by a person (C-8)."""

    translation_priority = _field("translation_priority", TranslationPriority.MUST)
    mt_policy = _field("mt_policy", MachineTranslationPolicy.DRAFT_ONLY)

    class Meta:
        abstract = True

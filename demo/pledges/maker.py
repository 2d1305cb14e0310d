"""Makes what is missing of the demo, in Swedish; finds what is there by its key."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Locale, Page

from cms.gate import record
from demo import swedish

NAMESPACE = uuid.UUID("0b8f5c1e-5f0c-4b1e-8b53-5a0d3c3a7d11")


def key_for(model: Any, name: str) -> uuid.UUID:
    """Return the translation key of a demo object: the same in every installation."""
    return uuid.uuid5(NAMESPACE, f"{model._meta.model_name}:{name}")


def stream(kind: str, values: Iterable[Any]) -> str:
    """Return what a stream field with one kind of block stores."""
    blocks = [
        {"type": kind, "value": value, "id": str(uuid.uuid5(NAMESPACE, str(value)))}
        for value in values
    ]
    return json.dumps(blocks)


def nine_o_clock(day: str) -> datetime:
    """Return the moment at which a page of that day was published."""
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(9)))


class Maker:
    """Makes Swedish originals as an editor and publishes them with an approver."""

    def __init__(self, people: dict[str, User]) -> None:
        self.people = people
        self.sv = Locale.objects.get(language_code="sv")

    def find(self, model: Any, name: str) -> Any:
        """Return an original by its name in the files, or None."""
        key = key_for(model, name)
        return model.objects.filter(translation_key=key, locale=self.sv).first()

    def named(self, model: Any, names: str | Iterable[str] | None) -> Any:
        """Return the originals with these names; one for one name, None for none."""
        if names is None:
            return None
        if isinstance(names, str):
            return self._require(model, names)
        return [self._require(model, name) for name in names]

    def _require(self, model: Any, name: str) -> Any:
        found = self.find(model, name)
        if found is None:
            raise LookupError(f"There is no {model._meta.model_name} {name!r}.")
        return found

    def new(self, model: Any, name: str, fields: dict[str, Any]) -> Any:
        """Return an unsaved original; relations to several may be among the fields."""
        many = {
            field: value
            for field, value in fields.items()
            if model._meta.get_field(field).many_to_many
        }
        plain = {field: fields[field] for field in fields if field not in many}
        made = model(translation_key=key_for(model, name), locale=self.sv, **plain)
        for field, originals in many.items():
            setattr(made, field, originals)
        return made

    def block(self, model: Any, name: str, fields: dict[str, Any]) -> Any:
        """Return a shared block, public; made if it was missing."""
        found = self.find(model, name)
        if found is None:
            found = self.new(model, name, fields)
            found.save()
        return self.publish(found)

    def child(
        self, parent: Page, model: Any, name: str, fields: dict[str, Any],
        **inline: list[Any],
    ) -> Any:  # fmt: skip
        """Return a page below another, as a draft if it was missing."""
        found = self.find(model, name)
        if found:
            return found
        page = self.new(model, name, fields)
        for relation, rows in inline.items():
            for order, row in enumerate(rows):
                row.sort_order = order
            setattr(page, relation, rows)
        parent.add_child(instance=page)
        return page

    def publish(self, obj: Any) -> Any:
        """Take an object that was never public through review."""
        if record.head_of(obj) is not None:
            return obj
        return self.publish_again(obj)

    def publish_again(self, obj: Any, *, significance: str = "content") -> Any:
        """Take an object with unsaved changes through review; return it as public."""
        return swedish.publish(
            obj, by=self.people["editor"], approver=self.people["approver"],
            significance=significance,
        )  # fmt: skip

"""Telephone numbers, stored as E.164 and shown as people write them (R-11)."""

from __future__ import annotations

from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

REGION = "SE"


def to_e164(text: str) -> str:
    """Return ``+4626240000`` for any usual way of writing that number.

    Raises ``ValidationError`` when it cannot be a telephone number.
    """
    message = _("Write a telephone number, for example 026-24 00 00.")
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(message) from error
    if not phonenumbers.is_possible_number(number):
        raise ValidationError(message)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def display(e164: str) -> str:
    """Return the number as it is written within the country: ``026-24 00 00``."""
    try:
        number = phonenumbers.parse(e164, REGION)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


class PhoneNumberBlock(blocks.CharBlock):
    """The number itself; the same in every language."""

    def clean(self, value: str) -> str:
        return to_e164(super().clean(value))

    def get_translatable_segments(self, value: str) -> list[Any]:
        return []


class PhoneBlock(blocks.StructBlock):
    """A number and whose it is."""

    label = blocks.CharBlock(max_length=100, label=_("Label"))
    number = PhoneNumberBlock(max_length=30, label=_("Number"))

    class Meta:
        icon = "mobile-alt"
        label = _("Telephone")

    def to_document(self, value: Any) -> dict[str, Any]:
        number = value["number"]
        return {"label": value["label"], "e164": number, "display": display(number)}

"""Shared blocks beside the text: how to reach somebody, and who helps in danger."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from cms.api.shapes import LanguageTag, Shape


class SharedBlock(Shape):
    """A block that several pages share, as it is now. ``is_fallback``: its words are
    not in the reader's language; mark them with ``lang`` and ``dir``.
    """

    key: str
    lang: LanguageTag
    dir: Literal["ltr", "rtl"]
    is_fallback: bool


class Phone(Shape):
    """``e164`` is for ``tel:``, ``display`` for people."""

    label: str
    e164: str
    display: str


class VisitingAddress(Shape):
    building: str
    street: str
    postcode: str
    city: str
    access_info: str


class PostalAddress(Shape):
    recipient: str
    line: str
    postcode: str
    city: str


class OpeningHours(Shape):
    """``weekday`` 0 is Monday; times are ``HH:MM``, Swedish time."""

    weekday: int = Field(ge=0, le=6)
    opens: str
    closes: str


class OpeningException(Shape):
    """A day with other hours, or closed."""

    date: date
    closed: bool
    opens: str | None
    closes: str | None
    note: str


class Contact(SharedBlock):
    """How to reach the part of the municipality that answers for the page."""

    name: str
    explanation: str
    phones: list[Phone]
    visiting: VisitingAddress
    postal: PostalAddress
    email: str
    opening_hours: list[OpeningHours]
    exceptions: list[OpeningException]
    hours_text: str
    languages_served: list[LanguageTag]
    interpreter_info: str


class HelpNumber(Shape):
    """``tel`` is for ``tel:``: a short code as it is dialled in Sweden, or E.164."""

    label: str
    tel: str
    display: str
    note: str


class Emergency(SharedBlock):
    """Numbers to show before the text of a page about somebody's safety."""

    text: str
    numbers: list[HelpNumber]

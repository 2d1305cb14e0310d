"""What stands beside the pages of every site."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cms.kinds.kinds import CONTACT_KEY, Json, Part, SharedKind, Worded
from cms.kinds.members import (
    Fact,
    Id,
    Inner,
    Text,
)


class Phone(Worded):
    """``e164`` is for ``tel:``, ``display`` for people."""

    named_by = "label"

    id: Annotated[str, Id()]
    label: Annotated[str, Text("")]
    e164: Annotated[str, Fact(_("number"), follows=True)]
    display: Annotated[str, Fact(_("number"))]


class VisitingAddress(Part):
    building: Annotated[str, Text(_("Building"))]
    street: Annotated[str, Fact(_("street"))]
    postcode: Annotated[str, Fact(_("postcode"))]
    city: Annotated[str, Fact(_("town"))]
    access_info: Annotated[str, Text(_("Getting in"))]


class PostalAddress(Part):
    recipient: Annotated[str, Fact(_("recipient"))]
    line: Annotated[str, Fact(_("address line"))]
    postcode: Annotated[str, Fact(_("postcode"))]
    city: Annotated[str, Fact(_("town"))]


class OpeningHours(Part):
    """``weekday`` 0 is Monday; times are ``HH:MM``, Swedish time."""

    weekday: Annotated[int, Fact(_("day")), Field(ge=0, le=6)]
    opens: Annotated[str, Fact(_("opens"))]
    closes: Annotated[str, Fact(_("closes"))]


class OpeningException(Worded):
    """A day with other hours, or closed."""

    id: Annotated[str, Id()]
    date: Annotated[str, Fact(_("date"))]
    closed: Annotated[bool, Fact(_("closed"))]
    opens: Annotated[str | None, Fact(_("opens"))]
    closes: Annotated[str | None, Fact(_("closes"))]
    note: Annotated[str, Text(_("Note"))]


class Contact(SharedKind):
    """How to reach the part of the municipality that answers for the page."""

    type_name = "core.contact"
    verbose_name = _("contact block")
    template = "site/shared/contact.html"
    example_key = CONTACT_KEY
    example = {
        "name": "Medborgarservice",
        "explanation": "kommunens kundtjänst",
        "phones": [
            {
                "id": "p1",
                "label": "Växel",
                "e164": "+4626240000",
                "display": "026-24 00 00",
            }
        ],
        "visiting": {
            "building": "Stadshuset",
            "street": "Odengatan 37",
            "postcode": "811 80",
            "city": "Sandviken",
            "access_info": "Hiss finns.",
        },
        "postal": {
            "recipient": "Exempel kommun",
            "line": "Box 1",
            "postcode": "811 80",
            "city": "Sandviken",
        },
        "email": "kommun@example.org",
        "opening_hours": [{"weekday": 0, "opens": "08:00", "closes": "17:00"}],
        "exceptions": [
            {
                "id": "e1",
                "date": "2026-12-24",
                "closed": False,
                "opens": "10:00",
                "closes": "12:00",
                "note": "julafton",
            }
        ],
        "hours_text": "Lunchstängt 12–13.",
        "languages_served": ["sv", "fi"],
        "interpreter_info": "Tolk är gratis.",
    }

    name: Annotated[str, Fact(_("Name"))]
    explanation: Annotated[str, Text(_("What it is"))]
    phones: Annotated[list[Phone], Inner(_("Telephone"))]
    visiting: Annotated[
        VisitingAddress, Inner(_("Visiting address"), prefix="visiting_")
    ]
    postal: Annotated[PostalAddress, Inner(_("Postal address"), prefix="postal_")]
    email: Annotated[str, Fact(_("E-mail"))]
    opening_hours: Annotated[
        list[OpeningHours], Inner(_("Opening hours"), source="hours")
    ]
    exceptions: Annotated[list[OpeningException], Inner(_("Exception"))]
    hours_text: Annotated[str, Text(_("More about the hours"))]
    languages_served: Annotated[
        list[str], Fact(_("Languages spoken"), source="language_tags")
    ]
    interpreter_info: Annotated[str, Text(_("Interpreter"))]

    @classmethod
    def turns(cls, document: Json) -> Iterable[date]:
        """Other hours are told until their day is over."""
        for row in document.get("exceptions", ()):
            yield date.fromisoformat(row["date"]) + timedelta(days=1)


class HelpNumber(Worded):
    """``tel`` is for ``tel:``: a short code as it is dialled in Sweden, or E.164."""

    named_by = "label"

    id: Annotated[str, Id()]
    label: Annotated[str, Text(_("who answers"))]
    tel: Annotated[str, Fact(_("number"), follows=True)]
    display: Annotated[str, Fact(_("number"))]
    note: Annotated[str, Text(_("Note"))]


class Emergency(SharedKind):
    """Numbers to show before the text of a page about somebody's safety."""

    type_name = "core.emergency"
    verbose_name = _("emergency numbers")
    template = "site/shared/emergency.html"
    example = {
        "text": "Ring 112 om du är i fara.",
        "numbers": [
            {
                "id": "n1",
                "label": "Nödnummer",
                "tel": "112",
                "display": "112",
                "note": "Dygnet runt.",
            }
        ],
    }

    text: Annotated[str, Text(_("Text"))]
    numbers: Annotated[list[HelpNumber], Inner(_("Number to call"), source="entries")]

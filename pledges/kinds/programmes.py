"""A signed programme for a period, and the list of all programmes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from cms.kinds.kinds import Json, PageKind, Worded, example_address
from cms.kinds.media import FileFacts
from cms.kinds.members import Fact, Html, Id, Inner, Ref, Text
from pledges import accounts
from pledges.kinds import keys
from pledges.staff_choices import Cadence

_DETAILS = "details"


class OverviewPage(PageKind):
    """Every programme with its pledges."""

    type_name = "pledges.overview"
    verbose_name = _("list of pledges")
    template = "pledges/overview.html"
    styles = ("pledges/pledges.css",)
    schema_type = "CollectionPage"
    example = {"title": "Medborgarlöften", "ingress": "Det här har vi lovat."}


class Signatory(Worded):
    """Who signed for a party, with the title held then (a copy, not a reference)."""

    named_by = "name"

    key: Annotated[str, Id()]
    partner: Annotated[str, Ref(_("for"), relation="partners")]
    name: Annotated[str, Fact(_("name"), source="person_name")]
    role_title: Annotated[str, Text(_("title then"))]


class PlannedFollowUp(Worded):
    """A follow-up that residents have been promised, with the day it is due."""

    named_by = "label"

    key: Annotated[str, Id()]
    label: Annotated[str, Text(_("name"))]
    period_start: Annotated[str, Fact(_("from"))]
    period_end: Annotated[str, Fact(_("to"))]
    due_on: Annotated[str, Fact(_("due on"))]
    is_final: Annotated[
        bool, Fact(_("the final follow-up"), unseen="The follow-up itself says it.")
    ]


class ProgrammePage(PageKind):
    """What the parties promised together for a period."""

    type_name = "pledges.programme"
    verbose_name = _("pledge programme")
    schema_period = ("period_start", "period_end")
    template = "pledges/programme.html"
    styles = ("pledges/pledges.css",)
    example_key = keys.PROGRAMME
    example = {
        "title": "Medborgarlöften 2026",
        "ingress": "Det här har polisen och kommunen lovat.",
        "basis_html": "<p>Fem medborgardialoger.</p>",
        "period_start": "2026-01-01",
        "period_end": "2026-12-31",
        "parties": [keys.PARTNER],
        "dialogues": [keys.DIALOGUE],
        "surveys": [keys.SURVEY],
        "signed_on": "2025-12-18",
        "signed_at_place": "Stadshuset",
        "signatories": [
            {
                "key": keys.SIGNATORY,
                "partner": keys.PARTNER,
                "name": "Eva Exempel",
                "role_title": "kommunstyrelsens ordförande",
            }
        ],
        "agreement": {
            "url": example_address("lofte.pdf"),
            "file_type": "PDF",
            "size": 1240000,
            "language": "sv",
            "accessible": True,
        },
        "cadence": "tertial",
        "planned_followups": [
            {
                "key": keys.OCCASION,
                "label": "Tertial 1 2026",
                "period_start": "2026-01-01",
                "period_end": "2026-04-30",
                "due_on": "2026-06-15",
                "is_final": False,
            },
            {
                "key": keys.LAST_OCCASION,
                "label": "Slutuppföljning",
                "period_start": "2026-05-01",
                "period_end": "2026-12-31",
                "due_on": "2027-02-15",
                "is_final": True,
            },
        ],
        "predecessor": keys.PROGRAMME,
        "police_url": "https://polisen.example.org/",
        "register_no": "KS 2026/12",
    }

    basis_html: Annotated[
        str, Html(_("what it builds on"), source="basis", answered=_DETAILS)
    ] = ""
    period_start: Annotated[str, Fact(_("first day of the period"), answered=_DETAILS)]
    period_end: Annotated[str, Fact(_("last day of the period"), answered=_DETAILS)]
    parties: Annotated[
        list[str], Ref(_("parties"), relation="partners", answered=_DETAILS)
    ] = []
    dialogues: Annotated[list[str], Ref(_("dialogues"), answered=_DETAILS)] = []
    surveys: Annotated[list[str], Ref(_("surveys"))] = []
    signed_on: Annotated[str | None, Fact(_("signed on"), answered=_DETAILS)] = None
    signed_at_place: Annotated[str, Text(_("signed at"), answered=_DETAILS)] = ""
    signatories: Annotated[
        list[Signatory], Inner(_("Signatory"), answered=_DETAILS)
    ] = []
    agreement: Annotated[FileFacts | None, Inner(_("signed document"))] = None
    cadence: Annotated[
        str,
        Fact(
            _("is followed up"),
            choices=dict(Cadence.choices),
            unseen="The days of the planned follow-ups show it.",
        ),
    ]
    planned_followups: Annotated[
        list[PlannedFollowUp], Inner(_("Planned follow-up"), answered=_DETAILS)
    ] = []
    predecessor: Annotated[
        str | None,
        Ref(_("follows after"), relation="programmes", answered=_DETAILS),
    ] = None
    police_url: Annotated[
        str, Fact(_("the same pledge at the police"), answered=_DETAILS)
    ] = ""
    register_no: Annotated[str, Fact(_("registration number"), answered=_DETAILS)] = ""

    @classmethod
    def turns(cls, document: Json) -> Iterable[date]:
        """What is promised is planned, signed, ongoing, ended; follow-ups become late."""
        one_day = timedelta(days=1)
        if document.get("period_start"):
            yield date.fromisoformat(document["period_start"])
        if document.get("period_end"):
            yield date.fromisoformat(document["period_end"]) + one_day
        if document.get("signed_on"):
            yield date.fromisoformat(document["signed_on"])
        for row in document.get("planned_followups", ()):
            yield from accounts.turns(date.fromisoformat(row["due_on"]))

"""A pledge and the activities that are to keep it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cms.kinds.kinds import Json, PageKind, Part, Worded
from cms.kinds.members import Fact, Html, Id, Inner, Ref, Text, Weight
from pledges.choices import Outcome
from pledges.kinds import changes, keys
from pledges.staff_choices import ActivityCategory, Aggregation, TargetOp

_DETAILS = "details"
#: An activity without a target has no `Target`.
_OPERATORS = {op: op.label for op in TargetOp if op != TargetOp.NONE}


class Target(Part):
    """How much an activity is to reach; the value is text, in its shortest form."""

    op: Annotated[str, Fact("", choices=_OPERATORS)]
    value: Annotated[str, Fact(_("number"))]


class Activity(Worded):
    """Something that is done to keep a pledge. How it goes is said by follow-ups.

    ``responsible`` names first whoever answers for it, then those who share in it.
    """

    named_by = "title"

    key: Annotated[str, Id()]
    title: Annotated[str, Text(_("Title"), weight=Weight.HEADING)]
    description_html: Annotated[str, Html(_("description"), source="description")] = ""
    schedule: Annotated[str, Text(_("when"), source="schedule_text")] = ""
    unit: Annotated[
        str,
        Text(
            _("of what"),
            weight=None,
            unsearched="It counts what the title says.",
        ),
    ] = ""
    responsible: Annotated[
        list[str],
        Ref(_("responsible"), relation="partners", source="everybody_responsible"),
    ]
    cooperating: Annotated[
        list[str], Ref(_("with help from"), relation="partners")
    ] = []
    kind: Annotated[
        str,
        Fact(
            _("kind"),
            source="category",
            choices=dict(ActivityCategory.choices),
            unseen="It is for those who count activities.",
        ),
    ]
    start: Annotated[str | None, Fact(_("from"))] = None
    due: Annotated[str | None, Fact(_("to be done by"))] = None
    target: Annotated[Target | None, Inner(_("target"))] = None
    aggregation: Annotated[
        str,
        Fact(
            _("the result is"),
            choices=dict(Aggregation.choices),
            unseen="The result is shown, which follows from it.",
        ),
    ]
    places: Annotated[list[str], Ref(_("places"))] = []
    indicator: Annotated[str | None, Ref(_("survey figure"), relation="indicators")] = (
        None
    )
    replaced_by: Annotated[str | None, Fact(_("replaced by"))] = None
    """The key of another activity of the pledge."""


class PledgePage(PageKind):
    """One promise with its activities and what came of them."""

    type_name = "pledges.pledge"
    verbose_name = _("pledge")
    template = "pledges/pledge.html"
    styles = ("pledges/pledges.css",)
    below = changes.BELOW
    feed = ("pledges", gettext_noop("Pledges"))
    example_key = keys.PLEDGE
    example = {
        "title": "Mer ljus där det känns mörkt",
        "ingress": "Vi lovar att lysa upp åtta gångvägar.",
        "background_html": "<p>Många har pekat ut mörka platser.</p>",
        "goal": "Åtta vägar är upplysta när året är slut.",
        "expected_effects_html": "<p>Fler vågar gå hem.</p>",
        "activities": [
            {
                "key": keys.ACTIVITY,
                "title": "Sätta upp lampor",
                "description_html": "<p>Stolpar av stål.</p>",
                "schedule": "före vintern",
                "unit": "gångvägar",
                "responsible": [keys.PARTNER],
                "cooperating": [keys.PARTNER],
                "kind": "lighting",
                "start": "2026-02-01",
                "due": "2026-10-31",
                "target": {"op": "exact", "value": "8"},
                "aggregation": "latest",
                "places": [keys.PLACE],
                "indicator": keys.INDICATOR,
                "replaced_by": keys.SUCCESSOR,
            },
            {
                "key": keys.SUCCESSOR,
                "title": "Byta lampor",
                "description_html": "",
                "schedule": "",
                "unit": "",
                "responsible": [keys.PARTNER],
                "cooperating": [],
                "kind": "lighting",
                "start": "2026-05-01",
                "due": "2026-12-31",
                "target": None,
                "aggregation": "sum",
                "places": [],
                "indicator": None,
                "replaced_by": None,
            },
        ],
        "outcome": "not_assessed",
        "outcome_summary": "Två gångvägar hann bli upplysta.",
        "withdrawn_on": "2026-06-15",
        "withdrawn_reason": "Vägarna byggs om.",
        "number": 1,
        "parties": [keys.PARTNER],
        "focus_areas": [keys.FOCUS_AREA],
        "areas": [keys.PLACE],
        "dialogues": [keys.DIALOGUE],
        "indicators": [keys.INDICATOR],
        "contact_persons": [keys.PERSON],
        "feedback_url": "https://kommun.example.org/tyck-till/",
        "ancestors": [keys.PROGRAMME],
    }

    background_html: Annotated[
        str, Html(_("background"), source="background", answered=_DETAILS)
    ] = ""
    goal: Annotated[str, Text(_("goal"), answered=_DETAILS)] = ""
    expected_effects_html: Annotated[
        str,
        Html(_("expected effects"), source="expected_effects", answered=_DETAILS),
    ] = ""
    activities: Annotated[list[Activity], Inner(_("Activity"), answered=_DETAILS)] = []
    outcome: Annotated[
        str | None,
        Fact(_("outcome"), choices=dict(Outcome.choices), answered=_DETAILS),
    ] = None
    outcome_summary: Annotated[str, Text(_("how it went"), answered=_DETAILS)] = ""
    withdrawn_on: Annotated[str | None, Fact(_("withdrawn on"), answered=_DETAILS)] = (
        None
    )
    withdrawn_reason: Annotated[
        str, Text(_("why it was withdrawn"), answered=_DETAILS)
    ] = ""
    number: Annotated[
        int,
        Fact(_("number"), unseen="Lists have pledges in its order.", answered=_DETAILS),
    ]
    parties: Annotated[
        list[str], Ref(_("parties"), relation="partners", answered=_DETAILS)
    ] = []
    focus_areas: Annotated[
        list[str],
        Ref(
            _("focus areas"),
            sensitive=True,
            chosen_by="focus_area",
            answered=_DETAILS,
        ),
    ] = []
    areas: Annotated[
        list[str], Ref(_("where"), relation="places", answered=_DETAILS)
    ] = []
    dialogues: Annotated[list[str], Ref(_("dialogues"), answered=_DETAILS)] = []
    indicators: Annotated[list[str], Ref(_("survey figures"), answered=_DETAILS)] = []
    contact_persons: Annotated[
        list[str], Ref(_("contact people"), relation="people", answered=_DETAILS)
    ] = []
    feedback_url: Annotated[str, Fact(_("form for comments"), answered=_DETAILS)] = ""

    @classmethod
    def turns(cls, document: Json) -> Iterable[date]:
        """A pledge is withdrawn from a day on; what is not done in time is late."""
        if document.get("withdrawn_on"):
            yield date.fromisoformat(document["withdrawn_on"])
        for row in document.get("activities", ()):
            if row.get("due"):
                yield date.fromisoformat(row["due"]) + timedelta(days=1)

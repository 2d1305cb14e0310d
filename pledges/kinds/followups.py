"""Reporting back: what was done, what was not, and why."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cms.kinds.kinds import PageKind, Worded
from cms.kinds.members import Fact, Html, Id, Inner, Ref, Text
from pledges.choices import Status
from pledges.kinds import changes, keys

_DETAILS = "details"


class Line(Worded):
    """How one activity stands at the end of a period; ``value`` is text.

    ``activity`` and ``pledge`` are keys; the activity is a row of that pledge.
    """

    named_by = "activity"

    key: Annotated[str, Id()]
    activity: Annotated[str, Fact(_("activity"))]
    pledge: Annotated[
        str,
        Fact(
            _("pledge"),
            source="activity.pledge",
            unseen="The activity is in it.",
        ),
    ]
    status: Annotated[
        str, Fact(_("status now"), source="status_after", choices=dict(Status.choices))
    ]
    value: Annotated[str | None, Fact(_("number"))] = None
    text: Annotated[str, Text(_("what was done"))] = ""
    reason: Annotated[str, Text(_("why not"))] = ""
    evidence_url: Annotated[str, Fact(_("read more at"))] = ""


class FollowUpPage(PageKind):
    """A report on every activity of a programme."""

    type_name = "pledges.follow_up"
    verbose_name = _("follow-up")
    schema_period = ("period_start", "period_end")
    template = "pledges/follow_up.html"
    styles = ("pledges/pledges.css",)
    below = changes.BELOW
    schema_type = "Report"
    feed = ("followups", gettext_noop("Follow-ups"))
    example = {
        "title": "Uppföljning tertial 1 2026",
        "ingress": "Två av åtta gångvägar är upplysta.",
        "lines": [
            {
                "key": keys.LINE,
                "activity": keys.ACTIVITY,
                "pledge": keys.PLEDGE,
                "status": "delayed",
                "value": "2",
                "text": "Två gångvägar är klara.",
                "reason": "Stolparna kommer för sent.",
                "evidence_url": "https://kommun.example.org/lampor/",
            }
        ],
        "effect_html": "<p>Fler går hem till fots.</p>",
        "caveat": "Siffrorna visar vad som har hänt.",
        "next_steps": "I höst sätter vi upp resten av stolparna.",
        "channels_used": "webbplatsen",
        "occasion": keys.OCCASION,
        "period_start": "2026-01-01",
        "period_end": "2026-04-30",
        "due_on": "2026-06-15",
        "is_final": False,
        "approved_by": [keys.PARTNER],
        "ancestors": [keys.PROGRAMME],
    }

    lines: Annotated[
        list[Line], Inner(_("line of a follow-up"), answered=_DETAILS)
    ] = []
    effect_html: Annotated[
        str, Html(_("effects"), source="effect_text", answered=_DETAILS)
    ] = ""
    caveat: Annotated[str, Text(_("how to read the figures"), answered=_DETAILS)] = ""
    next_steps: Annotated[str, Text(_("what happens next"), answered=_DETAILS)] = ""
    channels_used: Annotated[str, Text(_("where we have told about it"))] = ""
    occasion: Annotated[
        str,
        Fact(
            _("planned follow-up"),
            unseen="The plan of the programme shows which one it is.",
        ),
    ]
    """The key of a planned follow-up of the programme."""
    period_start: Annotated[
        str, Fact(_("from"), source="occasion.period_start", answered=_DETAILS)
    ]
    period_end: Annotated[
        str, Fact(_("to"), source="occasion.period_end", answered=_DETAILS)
    ]
    due_on: Annotated[
        str,
        Fact(
            _("due on"),
            source="occasion.due_on",
            unseen="It is public, so it is not missing.",
        ),
    ]
    is_final: Annotated[
        bool,
        Fact(_("the final follow-up"), source="occasion.is_final", answered=_DETAILS),
    ]
    approved_by: Annotated[
        list[str],
        Ref(
            _("approved by"),
            relation="partners",
            source="approved_by_parties",
            unseen="It is public, so every party has approved it.",
        ),
    ] = []

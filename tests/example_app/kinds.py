"""What an event and a timetable consist of."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cms.kinds.kinds import BlockKind, PageKind, Worded, example_address
from cms.kinds.members import Fact, Id, Inner, Media, Ref, Text, Weight
from pledges.kinds import keys


class EventPage(PageKind):
    """Something that happens: ``starts_on`` is the day, ``place`` the key of a place."""

    type_name = "events.event"
    verbose_name = _("Meeting")
    template = "events/event.html"
    styles = ("events/events.css",)
    schema_type = "Event"
    schema_facts = {"startDate": "starts_on"}
    feed = ("events", gettext_noop("Meeting"))
    example = {
        "title": "Öppet hus på biblioteket",
        "ingress": "Kom och se hur biblioteket blir.",
        "body": [{"type": "paragraph", "id": "e1", "html": "<p>Välkommen.</p>"}],
        "starts_on": "2026-08-22",
        "place": keys.PLACE,
        "film": example_address("biblioteket.mp4"),
    }

    starts_on: Annotated[str, Fact(_("when"))]
    place: Annotated[str | None, Ref(_("place"))] = None
    film: Annotated[str | None, Media(_("Film"))] = None


class Point(Worded):
    """One line of a timetable: ``time`` is ``HH:MM``."""

    id: Annotated[str, Id()] = ""
    time: Annotated[str, Fact(_("when"))]
    what: Annotated[str, Text(_("text"))]


class TimetableBlock(BlockKind):
    """What happens when, in the order of the day."""

    verbose_name = _("Starts")
    template = "events/blocks/timetable.html"
    styles = ("events/events.css",)
    example = {
        "type": "timetable",
        "id": "t1",
        "heading": "Under dagen",
        "points": [{"id": "p1", "time": "10:00", "what": "Dörrarna öppnas"}],
    }

    type: Annotated[Literal["timetable"], Id()]
    heading: Annotated[str, Text(_("heading"), weight=Weight.HEADING)]
    points: Annotated[list[Point], Inner(_("row"))]

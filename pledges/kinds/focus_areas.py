"""What the municipality works for in the long run, and its list."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from cms.kinds.kinds import PageKind, Worded
from cms.kinds.members import Fact, Id, Inner, Ref, Text, Weight
from pledges.kinds import keys
from pledges.staff_choices import FocusCategory

_DETAILS = "details"


class FocusAreasPage(PageKind):
    """Every focus area."""

    type_name = "pledges.focus_areas"
    verbose_name = _("list of focus areas")
    template = "pledges/focus_areas.html"
    styles = ("pledges/pledges.css",)
    schema_type = "CollectionPage"
    example_key = keys.FOCUS_AREAS
    example = {"title": "Fokusområden", "ingress": "Det här arbetar vi med."}


class Goal(Worded):
    """One thing to reach."""

    id: Annotated[str, Id()]
    text: Annotated[str, Text("")]


class FormerName(Worded):
    """A name from before this system. Later renamings are read from the log (I11)."""

    id: Annotated[str, Id()]
    name: Annotated[str, Text(_("name"))]
    years: Annotated[str, Fact(_("Years"), weight=Weight.BODY)] = ""


class FocusAreaPage(PageKind):
    """Something that the municipality and others work for together.

    Pledges and articles that name it are found from the log.
    """

    type_name = "pledges.focus_area"
    verbose_name = _("focus area")
    template = "pledges/focus_area.html"
    styles = ("pledges/pledges.css",)
    example_key = keys.FOCUS_AREA
    example = {
        "title": "Trygga vägar hem",
        "ingress": "Vägen hem ska kännas trygg.",
        "goals": [{"id": "g1", "text": "Fler känner sig trygga ute sent."}],
        "former_names": [{"id": "n1", "name": "Trygg stad", "years": "2015–2017"}],
        "kind": "long_term",
        "working_group": keys.GROUP,
        "indicators": [keys.INDICATOR],
        "valid_from": "2018-01-01",
        "valid_to": "2029-12-31",
        "ancestors": [keys.FOCUS_AREAS],
    }

    goals: Annotated[list[Goal], Inner(_("Goal"), answered=_DETAILS)] = []
    former_names: Annotated[
        list[FormerName], Inner(_("Former name"), answered=_DETAILS)
    ] = []
    kind: Annotated[
        str,
        Fact(
            _("kind"),
            source="category",
            choices=dict(FocusCategory.choices),
            unseen="It is for planning.",
        ),
    ]
    working_group: Annotated[
        str | None,
        Ref(_("working group"), relation="working_groups", answered=_DETAILS),
    ] = None
    indicators: Annotated[list[str], Ref(_("survey figures"), answered=_DETAILS)] = []
    valid_from: Annotated[str | None, Fact(_("from"), unseen="It is for planning.")] = (
        None
    )
    valid_to: Annotated[str | None, Fact(_("to"), unseen="It is for planning.")] = None

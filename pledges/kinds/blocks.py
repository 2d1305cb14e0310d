"""Blocks of a text that show what is published elsewhere, as it is now (R-28)."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _

from cms.kinds.kinds import BlockKind
from cms.kinds.members import Id, Ref, Text, Weight
from pledges.kinds import keys

#: The relation of everything that a card shows.
_CARD = "card"


class PledgeCardBlock(BlockKind):
    """Pledges to show as cards; ``details`` of the page has them by key."""

    verbose_name = _("Pledge card")
    template = "pledges/blocks/pledge_card.html"
    styles = ("pledges/pledges.css",)
    example = {"type": "pledge_card", "id": "b3", "pledges": [keys.PLEDGE]}

    type: Annotated[Literal["pledge_card"], Id()]
    pledges: Annotated[list[str], Ref(_("pledge"), relation=_CARD)]


class FocusAreaCardBlock(BlockKind):
    """Focus areas to show as cards; ``details`` of the page has them by key."""

    verbose_name = _("Focus area card")
    template = "pledges/blocks/focus_area_card.html"
    styles = ("pledges/pledges.css",)
    example = {"type": "focus_area_card", "id": "b4", "focus_areas": [keys.FOCUS_AREA]}

    type: Annotated[Literal["focus_area_card"], Id()]
    focus_areas: Annotated[list[str], Ref(_("focus areas"), relation=_CARD)]


class ChartBlock(BlockKind):
    """Survey questions to draw; ``surveys/{key}`` has the figures of each."""

    verbose_name = _("Chart")
    template = "pledges/blocks/chart.html"
    example = {"type": "chart", "id": "b5", "indicators": [keys.INDICATOR]}

    type: Annotated[Literal["chart"], Id()]
    indicators: Annotated[list[str], Ref(_("survey figures"), relation=_CARD)]


class PlacesBlock(BlockKind):
    """Places to list and to map; ``places.geojson`` has those that are on the map."""

    verbose_name = _("Places")
    template = "pledges/blocks/places.html"
    example = {
        "type": "places",
        "id": "b6",
        "heading": "Platserna",
        "places": [keys.PLACE],
    }

    type: Annotated[Literal["places"], Id()]
    heading: Annotated[str, Text(_("heading"), weight=Weight.HEADING)]
    places: Annotated[list[str], Ref(_("places"), relation=_CARD)]

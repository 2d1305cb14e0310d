"""A shared block by itself: what readers meet of it on the pages that use it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from cms.reading.library import Library
from cms.reading.shapes import Reading, Reference
from cms.reading.shared import texts
from pledges.reading import charts, places
from pledges.reading.charts import INDICATOR, SURVEY, Chart
from pledges.reading.parties import contact_person, group, party
from pledges.reading.places import PlaceCard
from pledges.reading.pledges import dialogue
from pledges.reading.words import Readers, page_as_reference, readers_of


@dataclass(frozen=True)
class SharedBlock:
    """``kind`` says which of the parts there is; at most one of them is shown.

    ``value`` is a Party, ContactPerson, Group, Dialogue or PlaceCard, or nothing for
    the other kinds and for what readers are not shown.
    """

    kind: str
    value: Any = None
    charts: dict[str, Chart] = field(default_factory=dict)

    @property
    def places(self) -> list[PlaceCard]:
        return [self.value] if isinstance(self.value, PlaceCard) else []


def with_shared_block(library: Library, reading: Reading) -> Reading:
    """Return the reading of a shared block with what readers would meet of it."""
    shown = shared_block(library, reading)
    return replace(reading, details=shown, charts=shown.charts)


def shared_block(library: Library, reading: Reading) -> SharedBlock:
    """Return what readers would meet of the draft of a shared block."""
    kind = reading.type.rpartition(".")[2]
    if reading.type in {SURVEY, INDICATOR}:
        return SharedBlock(kind, charts=_charts(library, reading))
    build = _BUILDERS.get(reading.type)
    if build is None:
        return SharedBlock(kind)
    own = page_as_reference(reading)
    found = {**reading.references, own.key: own}
    return SharedBlock(kind, build(own, found, readers_of(reading)))


def _charts(library: Library, reading: Reading) -> dict[str, Chart]:
    """Return the charts that a question, or the figures of a survey, are in."""
    public = texts(library, reading.requested, Q(type__in=[SURVEY, INDICATOR]))
    own = page_as_reference(reading)
    everything = {each.key: each for each in public} | {own.key: own}
    drawn = charts.charts_of(everything, everything.values())
    answered = (row["indicator"] for row in reading.document.get("results", []))
    named = {own.key, *answered}
    return {key: chart for key, chart in drawn.items() if key in named}


_BUILDERS: dict[str, Callable[[Reference, Mapping[str, Reference], Readers], Any]] = {
    "pledges.partner": lambda own, found, by: party(own.key, found, by),
    "pledges.person": lambda own, found, by: contact_person(own.key, found, by),
    "pledges.working_group": lambda own, found, by: group(own.key, found, by),
    "pledges.dialogue": lambda own, found, by: dialogue(own, by),
    places.TYPE: lambda own, found, by: places.card(own, found),
}

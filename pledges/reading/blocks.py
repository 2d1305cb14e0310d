"""A shared block by itself: what readers meet of it on the pages that use it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from cms.reading.library import Library
from cms.reading.selections import of_types
from cms.reading.shapes import Reading, Reference
from cms.reading.shared import texts
from pledges.reading import places
from pledges.reading.charts import INDICATOR, SURVEY, Chart, WithCharts, charts_of
from pledges.reading.parties import contact_person, group, party
from pledges.reading.pledges import dialogue
from pledges.reading.words import Readers, page_as_reference, readers_of


def with_shared_block(library: Library, reading: Reading) -> Reading:
    """Return the reading of a shared block with what readers would meet of its draft.

    ``details`` are a Party, ContactPerson, Group or DialogueView, a list of one
    PlaceCard, the charts of a question or a survey, or nothing of what readers are not
    shown.
    """
    if reading.type in {SURVEY, INDICATOR}:
        return replace(reading, details=WithCharts(charts=_charts(library, reading)))
    build = _BUILDERS.get(reading.type)
    if build is None:
        return reading
    own = page_as_reference(reading)
    found = {**reading.references, own.key: own}
    return replace(reading, details=build(own, found, readers_of(reading)))


def _charts(library: Library, reading: Reading) -> dict[str, Chart]:
    """Return the charts that a question, or the figures of a survey, are in."""
    public = texts(library, reading.requested, of_types(SURVEY, INDICATOR))
    own = page_as_reference(reading)
    everything = {each.key: each for each in public} | {own.key: own}
    drawn = charts_of(everything, everything.values())
    answered = (row["indicator"] for row in reading.document.get("results", []))
    named = {own.key, *answered}
    return {key: chart for key, chart in drawn.items() if key in named}


_BUILDERS: dict[str, Callable[[Reference, Mapping[str, Reference], Readers], Any]] = {
    "pledges.partner": lambda own, found, by: party(own.key, found, by),
    "pledges.person": lambda own, found, by: contact_person(own.key, found, by),
    "pledges.working_group": lambda own, found, by: group(own.key, found, by),
    "pledges.dialogue": lambda own, found, by: dialogue(own, found, by),
    places.TYPE: lambda own, found, by: [places.card(own, found)],
}

"""What pledges add to readings and to the API."""

from __future__ import annotations

from collections.abc import Iterator

from cms.kinds import registry
from cms.kinds.kinds import SharedKind
from cms.kinds.registry import Extension
from cms.reading.library import Library
from cms.reading.shapes import Reading
from pledges import kinds
from pledges.api import content, schemas
from pledges.reading.blocks import with_shared_block
from pledges.reading.change_log import ChangeLog
from pledges.reading.charts import charts_on
from pledges.reading.pages import with_details


def completed(library: Library, reading: Reading) -> Reading:
    """Return a page with its account and cards, or a shared block as readers meet it."""
    if issubclass(registry.of(reading.type), SharedKind):
        return with_shared_block(library, reading)
    return with_details(library, reading)


def styles(reading: Reading) -> Iterator[str]:
    """Yield what charts need, and what a log of changes does, which has no kind."""
    if charts_on(reading):
        yield "pledges/charts.css"
    if isinstance(reading.details, ChangeLog):
        yield "pledges/pledges.css"


EXTENSION = Extension(
    complete=completed,
    styles=styles,
    answer=content.details_json,
    details={
        "pledges.overview": schemas.OverviewDetails,
        "pledges.programme": schemas.ProgrammeDetails,
        "pledges.pledge": schemas.PledgeDetails,
        "pledges.follow_up": schemas.FollowUpDetails,
        "pledges.focus_areas": schemas.FocusAreasDetails,
        "pledges.focus_area": schemas.FocusAreaDetails,
    },
    cards=schemas.CardDetails,
    drawn_from=frozenset(kind.type_name for kind in (*kinds.PAGES, *kinds.SHARED)),
)

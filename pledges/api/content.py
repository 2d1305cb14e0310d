"""From what residents read to the API's shapes, which read it by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cms.reading.shapes import Reading
from pledges.api import schemas
from pledges.reading import pages

Json = dict[str, Any]


def details_json(reading: Reading) -> Json | None:
    """Return what the page's type adds; None when it adds nothing."""
    details = reading.details
    build = _DETAILS.get(type(details))
    return build(details, reading.document) if build else None


def _pledge(page: pages.PledgePage, document: Json) -> Json:
    return schemas.PledgeDetails.of({"kind": "pledge", "pledge": page.pledge})


def _programme(page: pages.ProgrammePage, document: Json) -> Json:
    found = {"kind": "programme", "programme": page.programme}
    return schemas.ProgrammeDetails.of(found)


def _follow_up(page: pages.FollowUpPage, document: Json) -> Json:
    return schemas.FollowUpDetails.of(
        {
            "kind": "follow_up",
            "followup": page.followup,
            "reports": page.followup.reports,
            "effects_html": document["effect_html"],
            "caveat": document["caveat"],
            "next_steps": document["next_steps"],
            "programme": page.programme,
        }
    )


def _focus_area(page: pages.FocusAreaPage, document: Json) -> Json:
    indicators = document["indicators"]
    return schemas.FocusAreaDetails.of(
        {**vars(page), "kind": "focus_area", "indicators": indicators}
    )


def _focus_areas(page: pages.FocusAreasPage, document: Json) -> Json:
    return schemas.FocusAreasDetails.of({"kind": "focus_areas", "areas": page.areas})


def _overview(page: pages.OverviewPage, document: Json) -> Json:
    found = {"kind": "overview", "programmes": page.programmes}
    return schemas.OverviewDetails.of(found)


def _cards(page: pages.Cards, document: Json) -> Json | None:
    if not (page.pledges or page.focus_areas):
        return None
    return schemas.CardDetails.of({"kind": "cards", **vars(page)})


_DETAILS: dict[type, Callable[..., Json | None]] = {
    pages.PledgePage: _pledge,
    pages.ProgrammePage: _programme,
    pages.FollowUpPage: _follow_up,
    pages.FocusAreaPage: _focus_area,
    pages.FocusAreasPage: _focus_areas,
    pages.OverviewPage: _overview,
    pages.Cards: _cards,
}

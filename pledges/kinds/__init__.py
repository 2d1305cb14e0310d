"""What pledges and everything around them consist of; a module for each concept."""

from __future__ import annotations

from pledges.kinds.blocks import (
    ChartBlock,
    FocusAreaCardBlock,
    PlacesBlock,
    PledgeCardBlock,
)
from pledges.kinds.dialogues import Dialogue
from pledges.kinds.focus_areas import FocusAreaPage, FocusAreasPage
from pledges.kinds.followups import FollowUpPage, Line
from pledges.kinds.parties import Partner, Person, WorkingGroup
from pledges.kinds.places import Place
from pledges.kinds.pledges import Activity, PledgePage
from pledges.kinds.programmes import (
    OverviewPage,
    PlannedFollowUp,
    ProgrammePage,
    Signatory,
)
from pledges.kinds.surveys import Indicator, Survey

PAGES = (
    OverviewPage, ProgrammePage, PledgePage, FollowUpPage, FocusAreasPage,
    FocusAreaPage,
)  # fmt: skip
SHARED = (Partner, Person, WorkingGroup, Place, Dialogue, Indicator, Survey)

__all__ = [
    "PAGES",
    "SHARED",
    "Activity",
    "ChartBlock",
    "Dialogue",
    "FocusAreaCardBlock",
    "FocusAreaPage",
    "FocusAreasPage",
    "FollowUpPage",
    "Indicator",
    "Line",
    "OverviewPage",
    "Partner",
    "Person",
    "Place",
    "PlacesBlock",
    "PlannedFollowUp",
    "PledgeCardBlock",
    "PledgePage",
    "ProgrammePage",
    "Signatory",
    "Survey",
    "WorkingGroup",
]

"""Pledges and everything around them; each concept has a module of its own."""

from __future__ import annotations

from pledges.models.dialogue import CitizenDialogue
from pledges.models.focus_area import FocusArea, FocusAreaIndexPage
from pledges.models.followup import FollowUp, FollowUpLine
from pledges.models.partner import Partner, Person
from pledges.models.place import Place
from pledges.models.pledge import Pledge, PledgeActivity
from pledges.models.programme import (
    PlannedFollowUp,
    PledgeIndexPage,
    PledgeProgramme,
    Signatory,
)
from pledges.models.reminder import SentReminder
from pledges.models.survey import SafetySurvey, SurveyIndicator, SurveyResult
from pledges.models.working_group import WorkingGroup

__all__ = [
    "CitizenDialogue",
    "FocusArea",
    "FocusAreaIndexPage",
    "FollowUp",
    "FollowUpLine",
    "Partner",
    "Person",
    "Place",
    "PlannedFollowUp",
    "Pledge",
    "PledgeActivity",
    "PledgeIndexPage",
    "PledgeProgramme",
    "SafetySurvey",
    "SentReminder",
    "Signatory",
    "SurveyIndicator",
    "SurveyResult",
    "WorkingGroup",
]

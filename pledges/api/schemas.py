"""The shapes of pledges in the API: the promise beside what came of it.

Words carry their language, because one answer may hold several: a Finnish pledge whose
newest activity is not translated yet. Figures are the same in every language.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from cms.api.shapes import LanguageTag, Shape, example
from cms.kinds.media import ImageFile
from pledges.api import examples

Status = Literal[
    "not_started", "ongoing", "recurring", "done", "partly", "not_done", "delayed",
    "cancelled",
]  # fmt: skip
Phase = Literal["planned", "signed", "ongoing", "ended", "withdrawn"]
Outcome = Literal["fulfilled", "partly", "not_fulfilled", "not_assessed"]
Punctuality = Literal["published", "upcoming", "late", "missing"]


class Words(Shape):
    """A text and the language it is in; formatted where the name ends with html."""

    text: str
    lang: LanguageTag


class LinkTo(Shape):
    title: Words
    path: str


class PartyInfo(Shape):
    """An organisation: official name, and what it is in the reader's language."""

    key: str
    name: str
    explanation: Words | None
    kind: str
    police_unit: str = Field(description="The police district, for the police.")
    org_no: str = Field(description="The organisation number, as it is registered.")
    url: str
    logo: ImageFile | None
    logo_alt: Words | None = Field(
        description="The text alternative; null when the logo only decorates."
    )


class PersonInfo(Shape):
    name: str
    title: Words
    organisation: PartyInfo | None
    phone: str
    email: str


class TargetInfo(Shape):
    op: Literal["min", "exact", "max"]
    value: float


class FollowUpRef(Shape):
    key: str
    title: Words
    path: str
    period_start: date
    period_end: date
    is_final: bool
    published_at: datetime | None


class ReportInfo(Shape):
    """What one follow-up says about one activity."""

    activity: str
    pledge: str
    status: Status
    value: float | None
    text: Words | None
    reason: Words | None
    evidence_url: str


class HistoryInfo(Shape):
    followup: FollowUpRef
    report: ReportInfo


class OccasionInfo(Shape):
    """A planned follow-up; ``state`` depends on the date in Europe/Stockholm."""

    label: Words
    period_start: date
    period_end: date
    due_on: date
    is_final: bool
    state: Punctuality
    followup: FollowUpRef | None


class ActivityInfo(Shape):
    """``status`` is null before the first follow-up; ``is_met`` without a target."""

    key: str
    title: Words
    description_html: Words | None
    schedule: Words | None
    unit: Words | None
    kind: str
    responsible: list[PartyInfo]
    cooperating: list[PartyInfo]
    start: date | None
    due: date | None
    is_overdue: bool
    target: TargetInfo | None
    aggregation: Literal["sum", "latest"] = Field(
        description="How `actual` comes from the follow-ups."
    )
    actual: float | None
    is_met: bool | None
    status: Status | None
    history: list[HistoryInfo]
    places: list[str]
    indicator: str | None = Field(
        description="The survey question it is to change; `surveys/{key}` has it."
    )
    replaced_by: Words | None


class PlaceName(Shape):
    """A place that a text only names; on the map or not."""

    key: str
    name: Words


class FindingInfo(Shape):
    """One thing that many said."""

    theme: Words
    text: Words
    mentions: int | None = Field(description="How many said it; null if not counted.")


class DialogueInfo(Shape):
    """What residents said, and what came of it."""

    title: Words
    kind: Literal[
        "meeting", "street", "digital", "staff", "school", "young", "walk"
    ]  # fmt: skip
    method: Words | None = Field(description="How it was done.")
    date_from: date
    date_to: date | None
    place: PlaceName | None
    organisers: list[PartyInfo]
    occasions: int
    participants: int | None
    languages_offered: list[LanguageTag] = Field(
        description="The languages that there was an interpreter for."
    )
    findings: list[FindingInfo]
    take_further: Words | None
    cannot_do: Words | None
    feedback_published_on: date | None = Field(
        description="When those who took part were told the results."
    )


class PledgeInfo(Shape):
    key: str
    number: int
    title: Words
    path: str
    promise: Words
    programme: LinkTo
    period_start: date
    period_end: date
    phase: Phase
    outcome: Outcome | None
    outcome_summary: Words | None
    withdrawn_on: date | None
    withdrawn_reason: Words | None
    background_html: Words | None
    goal: Words | None
    expected_effects_html: Words | None
    parties: list[PartyInfo]
    focus_areas: list[LinkTo]
    indicators: list[str]
    places: list[str]
    people: list[PersonInfo]
    dialogues: list[DialogueInfo]
    feedback_url: str
    activities: list[ActivityInfo]
    followups: list[OccasionInfo]
    followup_overdue: bool
    next_followup: OccasionInfo | None


class SignatureInfo(Shape):
    party: PartyInfo | None
    name: str
    title: Words


class ProgrammeInfo(Shape):
    key: str
    title: Words
    path: str
    period_start: date
    period_end: date
    phase: Phase
    parties: list[PartyInfo]
    basis_html: Words | None
    signed_on: date | None
    signed_at: Words | None
    signatures: list[SignatureInfo]
    dialogues: list[DialogueInfo]
    predecessor: LinkTo | None
    police_url: str
    register_no: str
    followups: list[OccasionInfo]
    followup_overdue: bool
    next_followup: OccasionInfo | None
    pledges: list[PledgeInfo]


class GroupInfo(Shape):
    name: Words
    mission: Words | None
    convener: PartyInfo | None
    convener_role: Words | None
    members: list[PartyInfo]
    meets: Words | None
    level: Literal["strategic", "operative"] = Field(
        description="What the group decides on."
    )


class FormerNameInfo(Shape):
    name: Words
    years: str


class FocusCardInfo(Shape):
    link: LinkTo
    why: Words
    group: GroupInfo | None


class PledgeDetails(Shape):
    model_config = example(kind="pledge", pledge=examples.PLEDGE)

    kind: Literal["pledge"]
    pledge: PledgeInfo


class ProgrammeDetails(Shape):
    model_config = example(kind="programme", programme=examples.PROGRAMME)

    kind: Literal["programme"]
    programme: ProgrammeInfo


class FollowUpDetails(Shape):
    model_config = example(**examples.FOLLOW_UP)

    kind: Literal["follow_up"]
    followup: FollowUpRef
    reports: list[ReportInfo]
    effects_html: str
    caveat: str
    next_steps: str
    programme: ProgrammeInfo


class FocusAreaDetails(Shape):
    model_config = example(**examples.FOCUS_AREA)

    kind: Literal["focus_area"]
    goals: list[str]
    former_names: list[FormerNameInfo]
    group: GroupInfo | None
    indicators: list[str]
    pledges: list[PledgeInfo]


class FocusAreasDetails(Shape):
    model_config = example(kind="focus_areas", areas=[examples.FOCUS_CARD])

    kind: Literal["focus_areas"]
    areas: list[FocusCardInfo]


class OverviewDetails(Shape):
    model_config = example(kind="overview", programmes=[examples.PROGRAMME])

    kind: Literal["overview"]
    programmes: list[ProgrammeInfo]


class CardDetails(Shape):
    """What the cards in the body show, by key."""

    kind: Literal["cards"]
    pledges: dict[str, PledgeInfo]
    focus_areas: dict[str, FocusCardInfo]


class ActivityCounts(Shape):
    """How many activities were promised, and how they stand after the follow-ups."""

    promised: int
    done: int
    ongoing: int
    recurring: int
    partly: int
    not_done: int
    delayed: int
    cancelled: int
    not_started: int
    not_reported: int


class ProgrammeStatus(Shape):
    key: str
    title: Words
    path: str
    phase: Phase
    period_start: date
    period_end: date
    activities: ActivityCounts
    followups_published: int
    followups_missing: int
    next_due: date | None


class PartyStatus(Shape):
    """One responsible party; an activity of two parties counts for both."""

    party: PartyInfo
    activities: ActivityCounts
    followups_missing: int


class PledgeStatus(Shape):
    """Open accounts, as of a date in Europe/Stockholm."""

    as_of: date
    activities: ActivityCounts
    followups_missing: int
    programmes: list[ProgrammeStatus]
    parties: list[PartyStatus]

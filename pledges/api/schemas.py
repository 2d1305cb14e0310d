"""The shapes of pledges in the API: the promise beside what came of it.

Words carry their language, because one answer may hold several: a Finnish pledge whose
newest activity is not translated yet. Figures are the same in every language.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AliasPath, BeforeValidator, Field, SkipValidation

from cms.api.shapes import LanguageTag, Shape, example
from cms.kinds.media import ImageFile
from pledges import choices
from pledges.api import examples

# Codes are passed on as the log has them: an old text may hold one that is no more.
Status = SkipValidation[
    Literal[
        "not_started", "ongoing", "recurring", "done", "partly", "not_done", "delayed",
        "cancelled",
    ]
]  # fmt: skip
Phase = SkipValidation[Literal["planned", "signed", "ongoing", "ended", "withdrawn"]]
Outcome = SkipValidation[
    Literal["fulfilled", "partly", "not_fulfilled", "not_assessed"]
]
Punctuality = SkipValidation[Literal["published", "upcoming", "late", "missing"]]


class Words(Shape):
    """A text and the language it is in; formatted where the name ends with html."""

    text: str
    lang: LanguageTag = Field(validation_alias="html_lang")


#: Null where nothing is said.
Said = Annotated[Words | None, BeforeValidator(lambda text: text or None)]
#: A text whose language is said elsewhere, or that is the same in all.
Plain = Annotated[str, BeforeValidator(str)]


class LinkTo(Shape):
    title: Words
    path: str


class PartyInfo(Shape):
    """An organisation: official name, and what it is in the reader's language."""

    key: str
    name: Plain
    explanation: Said
    kind: str
    police_unit: str = Field(description="The police district, for the police.")
    org_no: str = Field(description="The organisation number, as it is registered.")
    url: str
    logo: ImageFile | None
    logo_alt: Said = Field(
        description="The text alternative; null when the logo only decorates."
    )


class PersonInfo(Shape):
    name: str
    title: Words
    organisation: PartyInfo | None
    phone: str
    email: str


class TargetInfo(Shape):
    op: SkipValidation[Literal["min", "exact", "max"]]
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
    text: Said
    reason: Said
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
    description_html: Said
    schedule: Said
    unit: Said
    kind: str
    responsible: list[PartyInfo]
    cooperating: list[PartyInfo]
    start: date | None
    due: date | None
    is_overdue: bool
    target: TargetInfo | None
    aggregation: SkipValidation[Literal["sum", "latest"]] = Field(
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
    replaced_by: Said


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
    kind: SkipValidation[
        Literal["meeting", "street", "digital", "staff", "school", "young", "walk"]
    ]
    method: Said = Field(description="How it was done.")
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
    take_further: Said
    cannot_do: Said
    feedback_published_on: date | None = Field(
        description="When those who took part were told the results."
    )


# What a timeline says of a promise.
_Occasions = Annotated[
    list[OccasionInfo], Field(validation_alias=AliasPath("timeline", "occasions"))
]
_Overdue = Annotated[bool, Field(validation_alias=AliasPath("timeline", "is_overdue"))]
_Next = Annotated[
    OccasionInfo | None, Field(validation_alias=AliasPath("timeline", "next"))
]


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
    outcome_summary: Said
    withdrawn_on: date | None
    withdrawn_reason: Said
    background_html: Said
    goal: Said
    expected_effects_html: Said
    parties: list[PartyInfo]
    focus_areas: list[LinkTo]
    indicators: list[str]
    places: list[str]
    people: list[PersonInfo]
    dialogues: list[DialogueInfo]
    feedback_url: str
    activities: list[ActivityInfo]
    followups: _Occasions
    followup_overdue: _Overdue
    next_followup: _Next


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
    basis_html: Said
    signed_on: date | None
    signed_at: Said
    signatures: list[SignatureInfo]
    dialogues: list[DialogueInfo]
    predecessor: LinkTo | None
    police_url: str
    register_no: str
    followups: _Occasions
    followup_overdue: _Overdue
    next_followup: _Next
    pledges: list[PledgeInfo]


class GroupInfo(Shape):
    name: Words
    mission: Said
    convener: PartyInfo | None
    convener_role: Said
    members: list[PartyInfo]
    meets: Said
    level: SkipValidation[Literal["strategic", "operative"]] = Field(
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
    goals: list[Plain]
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


def _counted(counts: Counter[str]) -> dict[str, int]:
    """Return how many there are of each status; ``none`` is for no report yet."""
    each = {status.value: counts[status] for status in choices.Status}
    return {"promised": counts.total(), "not_reported": counts["none"], **each}


Counted = Annotated[ActivityCounts, BeforeValidator(_counted)]


class ProgrammeStatus(Shape):
    key: str
    title: Words
    path: str
    phase: Phase
    period_start: date
    period_end: date
    activities: Counted = Field(validation_alias="counts")
    followups_published: int = Field(validation_alias="published")
    followups_missing: int = Field(validation_alias="missing")
    next_due: date | None


class PartyStatus(Shape):
    """One responsible party; an activity of two parties counts for both."""

    party: PartyInfo
    activities: Counted = Field(validation_alias="counts")
    followups_missing: int = Field(validation_alias="missing")


class PledgeStatus(Shape):
    """Open accounts, as of a date in Europe/Stockholm."""

    as_of: date
    activities: Counted = Field(validation_alias="counts")
    followups_missing: int = Field(validation_alias="missing")
    programmes: list[ProgrammeStatus]
    parties: list[PartyStatus]

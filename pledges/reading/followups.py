"""The plan of follow-ups and what has been reported, oldest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cms.reading.shapes import Reference
from pledges.accounts import Planned
from pledges.choices import Punctuality, Status
from pledges.reading.words import Readers, Speaker, Text


@dataclass(frozen=True)
class Report:
    """What one follow-up says about one activity."""

    activity: str
    pledge: str
    status: Status
    value: Decimal | None
    text: Text
    reason: Text
    evidence_url: str


@dataclass(frozen=True)
class FollowUpView:
    """A follow-up that is public."""

    key: str
    title: Text
    path: str
    occasion: str
    summary: Text
    period_start: date
    period_end: date
    is_final: bool
    published_at: datetime | None
    reports: list[Report]

    def about(self, activity: str) -> Report | None:
        """Return what it says of an activity."""
        return next((r for r in self.reports if r.activity == activity), None)


@dataclass(frozen=True)
class Occasion:
    """A planned follow-up on a timeline: published, to come, late or missing."""

    label: Text
    period_start: date
    period_end: date
    due_on: date
    is_final: bool
    state: Punctuality
    followup: FollowUpView | None

    @property
    def is_missing(self) -> bool:
        return self.state is Punctuality.MISSING


@dataclass(frozen=True)
class Timeline:
    """All planned follow-ups of a programme, oldest first."""

    occasions: list[Occasion]

    @property
    def missing(self) -> list[Occasion]:
        """The follow-ups that residents should have had (R-31)."""
        return [each for each in self.occasions if each.is_missing]

    @property
    def is_overdue(self) -> bool:
        return bool(self.missing)

    @property
    def next(self) -> Occasion | None:
        """The next one to come; one that is a little late counts as coming."""
        waiting = {Punctuality.UPCOMING, Punctuality.LATE}
        return next((o for o in self.occasions if o.state in waiting), None)

    @property
    def published(self) -> list[Occasion]:
        return [each for each in self.occasions if each.followup]

    @property
    def latest(self) -> FollowUpView | None:
        published = self.published
        return published[-1].followup if published else None


def followup(reference: Reference, by: Readers) -> FollowUpView:
    """Return a published follow-up as residents read it."""
    speaker = by.speaker(reference)
    facts = speaker.document
    return FollowUpView(
        key=reference.key,
        title=by.title(reference),
        path=reference.path or "",
        occasion=facts["occasion"],
        summary=speaker.say("ingress"),
        period_start=date.fromisoformat(facts["period_start"]),
        period_end=date.fromisoformat(facts["period_end"]),
        is_final=facts["is_final"],
        published_at=reference.updated_at,
        reports=[_report(line, speaker) for line in facts["lines"]],
    )


def _report(line: dict[str, str], speaker: Speaker) -> Report:
    return Report(
        activity=line["activity"],
        pledge=line["pledge"],
        status=Status(line["status"]),
        value=Decimal(line["value"]) if line["value"] is not None else None,
        text=speaker.say_of(line, "text"),
        reason=speaker.say_of(line, "reason"),
        evidence_url=line["evidence_url"],
    )


def timeline(
    programme: Speaker, followups: Iterable[FollowUpView], today: date
) -> Timeline:
    """Match the plan with what has been published; the clock says what is late."""
    by_occasion = {each.occasion: each for each in followups}
    rows = sorted(
        programme.document["planned_followups"], key=lambda row: row["due_on"]
    )
    return Timeline(
        [_occasion(row, programme, by_occasion.get(row["key"]), today) for row in rows]
    )


def _occasion(
    row: dict[str, str], programme: Speaker, found: FollowUpView | None, today: date
) -> Occasion:
    due_on = date.fromisoformat(row["due_on"])
    planned = Planned(
        row["key"], due_on, bool(row["is_final"]), found.key if found else None
    )
    return Occasion(
        label=programme.say_of(row, "label"),
        period_start=date.fromisoformat(row["period_start"]),
        period_end=date.fromisoformat(row["period_end"]),
        due_on=due_on,
        is_final=planned.is_final,
        state=planned.punctuality(today),
        followup=found,
    )

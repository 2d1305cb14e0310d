"""A pledge as residents read it: the promise beside what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cms.reading.shapes import Reference
from pledges import accounts
from pledges.choices import Phase, Status
from pledges.reading.followups import FollowUpView, Report, Timeline
from pledges.reading.parties import (
    ContactPerson,
    Party,
    contact_people,
    parties,
)
from pledges.reading.places import PlaceName, place_name
from pledges.reading.words import Link, Readers, Speaker, Text

#: What is finished, one way or the other; everything else can still be late.
_CLOSED = {Status.DONE, Status.PARTLY, Status.NOT_DONE, Status.CANCELLED}


@dataclass(frozen=True)
class Target:
    """What an activity is to reach: ``op`` is ``min``, ``exact`` or ``max``."""

    op: str
    value: Decimal


@dataclass(frozen=True)
class HistoryEntry:
    """What one follow-up said about an activity."""

    followup: FollowUpView
    report: Report


@dataclass(frozen=True)
class ActivityView:
    """One activity: who, what, how much, and how it goes.

    ``status`` is what the latest follow-up says; None before the first. ``is_met``
    compares ``actual`` with ``target`` and is None when there is nothing to compare.
    ``aggregation`` is ``sum`` or ``latest``: how ``actual`` comes from the reports.
    """

    key: str
    title: Text
    description_html: Text
    schedule: Text
    unit: Text
    responsible: list[Party]
    cooperating: list[Party]
    kind: str
    start: date | None
    due: date | None
    target: Target | None
    aggregation: str
    actual: Decimal | None
    is_met: bool | None
    status: Status | None
    history: list[HistoryEntry]
    places: list[str]
    indicator: str | None
    replaced_by: Text | None
    is_overdue: bool

    @property
    def latest(self) -> Report | None:
        return self.history[-1].report if self.history else None

    def actual_after(self, followup: str) -> Decimal | None:
        """Return the result as it stood when a follow-up, by key, was written."""
        values = []
        for entry in self.history:
            if entry.report.value is not None:
                values.append(entry.report.value)
            if entry.followup.key == followup:
                break
        return accounts.actual(values, self.aggregation)


@dataclass(frozen=True)
class Finding:
    """One thing that many said; ``mentions`` is how many, when somebody counted."""

    theme: Text
    text: Text
    mentions: int | None


@dataclass(frozen=True)
class Dialogue:
    """What residents said: the reason for a pledge.

    ``languages_offered`` are the tags of those that there was an interpreter for; ``feedback_published_on``
    is the day on which those who took part were told the results.
    """

    title: Text
    kind: str
    method: Text
    date_from: date
    date_to: date | None
    place: PlaceName | None
    organisers: list[Party]
    occasions: int
    participants: int | None
    languages_offered: list[str]
    findings: list[Finding]
    take_further: Text
    cannot_do: Text
    feedback_published_on: date | None


@dataclass(frozen=True)
class PledgeView:
    """A pledge with its account. The four axes (C-3) are four members."""

    key: str
    number: int
    title: Text
    path: str
    promise: Text
    programme: Link
    period_start: date
    period_end: date
    phase: Phase
    outcome: str | None
    outcome_summary: Text
    withdrawn_on: date | None
    withdrawn_reason: Text
    background_html: Text
    goal: Text
    expected_effects_html: Text
    parties: list[Party]
    focus_area_keys: list[str]
    focus_areas: list[Link]
    indicators: list[str]
    places: list[str]
    people: list[ContactPerson]
    dialogues: list[Dialogue]
    feedback_url: str
    activities: list[ActivityView]
    timeline: Timeline

    @property
    def counts(self) -> Counter[str]:
        """How many activities have each status; ``none`` for not reported yet."""
        return Counter(str(a.status or "none") for a in self.activities)

    @property
    def done(self) -> int:
        return self.counts[Status.DONE]

    @property
    def not_done(self) -> list[ActivityView]:
        """What was not done as promised, with a reason (C-2)."""
        wanted = {Status.NOT_DONE, Status.PARTLY, Status.DELAYED, Status.CANCELLED}
        return [each for each in self.activities if each.status in wanted]


@dataclass(frozen=True)
class Programme:
    """What a pledge gets from its programme."""

    link: Link
    speaker: Speaker
    timeline: Timeline
    today: date

    def day(self, name: str) -> date | None:
        value = self.speaker.document.get(name)
        return date.fromisoformat(value) if value else None

    @property
    def start(self) -> date:
        return date.fromisoformat(self.speaker.document["period_start"])

    @property
    def end(self) -> date:
        return date.fromisoformat(self.speaker.document["period_end"])

    def phase(self, withdrawn_on: date | None = None) -> Phase:
        return accounts.phase(
            start=self.start,
            end=self.end,
            signed_on=self.day("signed_on"),
            withdrawn_on=withdrawn_on,
            today=self.today,
        )


def pledge(
    reference: Reference,
    programme: Programme,
    found: Mapping[str, Reference],
    by: Readers,
) -> PledgeView:
    """Put the promise and the reports about it together."""
    speaker = by.speaker(reference)
    facts = speaker.document
    own = facts["parties"] or programme.speaker.document["parties"]
    rows = facts["activities"]
    activities = [_activity(row, speaker, programme, found, by) for row in rows]
    return PledgeView(
        key=reference.key,
        number=facts["number"],
        title=by.title(reference),
        path=reference.path or "",
        promise=speaker.say("ingress"),
        programme=programme.link,
        period_start=programme.start,
        period_end=programme.end,
        phase=programme.phase(_day(facts["withdrawn_on"])),
        outcome=facts["outcome"],
        outcome_summary=speaker.say("outcome_summary"),
        withdrawn_on=_day(facts["withdrawn_on"]),
        withdrawn_reason=speaker.say("withdrawn_reason"),
        background_html=speaker.say("background_html"),
        goal=speaker.say("goal"),
        expected_effects_html=speaker.say("expected_effects_html"),
        parties=parties(own, found, by),
        focus_area_keys=facts["focus_areas"],
        focus_areas=[by.link(found[k]) for k in facts["focus_areas"] if k in found],
        indicators=facts["indicators"],
        places=_places(facts["areas"], activities),
        people=contact_people(facts["contact_persons"], found, by),
        dialogues=dialogues(facts["dialogues"], found, by),
        feedback_url=facts["feedback_url"],
        activities=activities,
        timeline=programme.timeline,
    )


def _places(areas: list[str], activities: list[ActivityView]) -> list[str]:
    named = [*areas, *(key for each in activities for key in each.places)]
    return list(dict.fromkeys(named))


def _activity(
    row: dict[str, Any],
    speaker: Speaker,
    programme: Programme,
    found: Mapping[str, Reference],
    by: Readers,
) -> ActivityView:
    key = row["key"]
    history = _history(key, programme.timeline)
    values = [e.report.value for e in history if e.report.value is not None]
    target = _target(row["target"])
    actual = accounts.actual(values, row["aggregation"])
    status = history[-1].report.status if history else None
    due = _day(row["due"])
    rows = speaker.document["activities"]
    successor = next((r for r in rows if r["key"] == row["replaced_by"]), None)
    return ActivityView(
        key=key,
        title=speaker.say_of(row, "title"),
        description_html=speaker.say_of(row, "description_html"),
        schedule=speaker.say_of(row, "schedule"),
        unit=speaker.say_of(row, "unit"),
        responsible=parties(row["responsible"], found, by),
        cooperating=parties(row["cooperating"], found, by),
        kind=row["kind"],
        start=_day(row["start"]),
        due=due,
        target=target,
        aggregation=row["aggregation"],
        actual=actual,
        is_met=accounts.is_met(target.op, target.value, actual) if target else None,
        status=status,
        history=history,
        places=row["places"],
        indicator=row["indicator"],
        replaced_by=speaker.say_of(successor, "title") if successor else None,
        is_overdue=bool(due and due < programme.today and status not in _CLOSED),
    )


def _history(activity: str, timeline: Timeline) -> list[HistoryEntry]:
    """Return what each follow-up said about an activity, the oldest first."""
    return [
        HistoryEntry(occasion.followup, report)
        for occasion in timeline.published
        if occasion.followup and (report := occasion.followup.about(activity))
    ]


def dialogues(
    keys: Iterable[str], found: Mapping[str, Reference], by: Readers
) -> list[Dialogue]:
    """Return the dialogues that are public, in the order given."""
    return [dialogue(found[key], found, by) for key in keys if key in found]


def dialogue(
    reference: Reference, found: Mapping[str, Reference], by: Readers
) -> Dialogue:
    """Return a dialogue as residents read it."""
    speaker = by.speaker(reference)
    facts = speaker.document
    return Dialogue(
        title=speaker.say("title"),
        kind=facts["kind"],
        method=speaker.say("method"),
        date_from=date.fromisoformat(facts["date_from"]),
        date_to=_day(facts["date_to"]),
        place=place_name(facts["place"], found, by),
        organisers=parties(facts["organisers"], found, by),
        occasions=facts["occasions"],
        participants=facts["participants"],
        languages_offered=facts["languages_offered"],
        findings=[
            Finding(
                speaker.say_of(each, "theme"),
                speaker.say_of(each, "text"),
                each["mentions"],
            )
            for each in facts["findings"]
        ],
        take_further=speaker.say("what_we_take_further"),
        cannot_do=speaker.say("what_we_cannot_do"),
        feedback_published_on=_day(facts["feedback_published_on"]),
    )


def _target(row: dict[str, str] | None) -> Target | None:
    return Target(row["op"], Decimal(row["value"])) if row else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

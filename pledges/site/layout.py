"""How pledges are put in order on a page: groups, reports, and the reader's choice.

Pure functions of what :mod:`pledges.reading` gives; nothing here asks the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cms.site.asked import Asked
from pledges.accounts import is_met
from pledges.choices import Phase, Punctuality, Status
from pledges.reading.followups import FollowUpView, Occasion, Report, Timeline
from pledges.reading.pages import OverviewPage
from pledges.reading.parties import Party
from pledges.reading.pledges import ActivityView, PledgeView
from pledges.reading.programmes import ProgrammeView
from pledges.reading.words import Link

_FULFILLED = {Status.DONE, Status.ONGOING, Status.RECURRING}


@dataclass(frozen=True)
class Reported:
    """What one follow-up says about an activity, beside what was promised.

    ``value`` is the figure of the report alone and ``actual`` the result after it;
    they differ where results are summed.
    """

    activity: ActivityView
    report: Report
    value: Decimal | None
    actual: Decimal | None
    is_met: bool | None

    @property
    def is_summed(self) -> bool:
        return self.activity.aggregation == "sum" and self.value != self.actual

    @property
    def fell_short(self) -> bool:
        """Whether readers are owed a reason (C-2)."""
        return self.report.status not in {*_FULFILLED, Status.NOT_STARTED}


@dataclass(frozen=True)
class PartyReports:
    """The activities that the same organisations answer for, together."""

    responsible: list[Party]
    reports: list[Reported]


@dataclass(frozen=True)
class PledgeReports:
    """What a follow-up says about one pledge."""

    pledge: PledgeView
    groups: list[PartyReports]

    @property
    def reports(self) -> list[Reported]:
        return [each for group in self.groups for each in group.reports]


def reports_of(
    followup: FollowUpView, pledges: Iterable[PledgeView]
) -> list[PledgeReports]:
    """Return what a follow-up says, by pledge and by who is responsible (R-30)."""
    found = []
    for pledge in pledges:
        groups: dict[tuple[str, ...], PartyReports] = {}
        for activity in pledge.activities:
            report = followup.about(activity.key)
            if report is None:
                continue
            key = tuple(party.key for party in activity.responsible)
            group = groups.setdefault(key, PartyReports(activity.responsible, []))
            group.reports.append(_reported(activity, report, followup))
        if groups:
            found.append(PledgeReports(pledge, list(groups.values())))
    return found


def _reported(
    activity: ActivityView, report: Report, followup: FollowUpView
) -> Reported:
    actual = activity.actual_after(followup.key)
    target = activity.target
    met = is_met(target.op, target.value, actual) if target else None
    return Reported(activity, report, report.value, actual, met)


@dataclass(frozen=True)
class Neighbours:
    """The published follow-ups before and after one, and the next that is planned."""

    before: FollowUpView | None
    after: FollowUpView | None
    upcoming: Occasion | None


def neighbours(followup: FollowUpView, timeline: Timeline) -> Neighbours:
    published = [each.followup for each in timeline.published if each.followup]
    keys = [each.key for each in published]
    place = keys.index(followup.key) if followup.key in keys else len(keys)
    return Neighbours(
        before=published[place - 1] if place else None,
        after=published[place + 1] if place + 1 < len(published) else None,
        upcoming=timeline.next,
    )


def late(timeline: Timeline) -> list[Occasion]:
    """Return the follow-ups that are late but not yet missing."""
    return [each for each in timeline.occasions if each.state == Punctuality.LATE]


@dataclass(frozen=True)
class Choice:
    """What a reader of the overview has chosen to see, and what that is.

    ``count`` is how many pledges are shown, ``total`` how many there are. ``focus`` and
    ``phase`` are empty when nothing is chosen; what is not known chooses nothing.
    """

    focus: str
    phase: str
    focus_areas: Sequence[tuple[str, Link]]
    phases: Sequence[Phase]
    current: list[ProgrammeView]
    ended: list[ProgrammeView]
    count: int
    total: int

    @property
    def is_made(self) -> bool:
        return bool(self.focus or self.phase)


def choose(page: OverviewPage, asked: Asked | None) -> Choice:
    """Return the programmes with the pledges that were asked for."""
    everything = [each for p in page.programmes for each in p.pledges]
    present = {each.phase for each in everything}
    phases = [phase for phase in Phase if phase in present]
    areas = {key for key, _link in page.focus_areas}
    focus = asked.one_of("focus", areas) if asked else ""
    phase = asked.one_of("phase", {each.value for each in phases}) if asked else ""
    shown = [_with_chosen(each, focus, phase) for each in page.programmes]
    if focus or phase:
        shown = [each for each in shown if each.pledges]
    return Choice(
        focus=focus,
        phase=phase,
        focus_areas=page.focus_areas,
        phases=phases,
        current=[each for each in shown if each.phase is not Phase.ENDED],
        ended=[each for each in shown if each.phase is Phase.ENDED],
        count=sum(len(each.pledges) for each in shown),
        total=len(everything),
    )


def _with_chosen(programme: ProgrammeView, focus: str, phase: str) -> ProgrammeView:
    pledges = [
        each
        for each in programme.pledges
        if (not focus or focus in each.focus_area_keys)
        and (not phase or each.phase == phase)
    ]
    return replace(programme, pledges=pledges)

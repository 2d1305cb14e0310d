"""What the dashboard shows: public accounts from the log, and drafts that are begun.

A constant number of queries, however many pledges there are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from wagtail.models import Page, WorkflowState
from wagtail.permissions import policy_registry

from cms.reading.languages import source_code
from pledges import standing, words
from pledges.accounts import residents_today
from pledges.choices import Punctuality, Status
from pledges.models import FollowUp, Pledge, PledgeProgramme
from pledges.panels import swedish_key
from pledges.standing import Ledger, Occasion, Standing

#: Follow-ups that are due later than this are nobody's worry yet.
HORIZON = timedelta(days=90)


def may_follow(user: User) -> bool:
    """Say whether somebody works with the Swedish pages."""
    policy = policy_registry.get_by_type(Page)
    pages = policy.instances_user_has_permission_for(user, "change")
    return pages.filter(depth=2, locale__language_code=source_code()).exists()


@dataclass(frozen=True)
class Selection:
    """What is asked for: keys of a programme and a party, a status, only what is late."""

    programme: str = ""
    party: str = ""
    status: str = ""
    overdue: bool = False
    sort: str = ""

    def wants_occasion(self, each: Occasion, today: date) -> bool:
        if self.programme not in {"", each.programme.key}:
            return False
        if self.party and self.party not in each.programme.party_keys:
            return False
        late = each.punctuality(today) in {Punctuality.LATE, Punctuality.MISSING}
        return late or not self.overdue

    def wants_activity(self, each: Standing, today: date) -> bool:
        if self.programme not in {"", each.programme.key}:
            return False
        if self.party and self.party not in each.responsible_keys:
            return False
        if self.status not in {"", each.status}:
            return False
        return each.is_late(today) or not self.overdue


@dataclass(frozen=True)
class Draft:
    """A follow-up that somebody is writing."""

    pk: int
    title: str
    in_review: bool


@dataclass(frozen=True)
class FollowUpRow:
    """A planned follow-up that readers do not have yet."""

    occasion: Occasion
    punctuality: Punctuality
    days_late: int
    programme_id: int | None
    draft: Draft | None

    @property
    def state(self) -> str:
        return str(self.punctuality.label)

    @property
    def is_late(self) -> bool:
        return self.days_late > 0


@dataclass(frozen=True)
class ActivityRow:
    """An activity as the latest follow-up left it."""

    standing: Standing
    is_late: bool
    pledge_id: int | None

    @property
    def status(self) -> str:
        return words.status_words(self.standing.status)

    @property
    def responsible(self) -> str:
        return ", ".join(self.standing.responsible)

    @property
    def is_worrying(self) -> bool:
        return self.is_late or self.standing.status in standing.WORRYING


_SORTS: dict[str, Callable[[ActivityRow], Any]] = {
    "activity": lambda row: swedish_key(row.standing.title),
    "pledge": lambda row: swedish_key(row.standing.pledge_title),
    "programme": lambda row: row.standing.programme.period_start,
    "responsible": lambda row: swedish_key(row.responsible),
    "status": lambda row: list(Status).index(Status(row.standing.status)),
}


@dataclass(frozen=True)
class Dashboard:
    """Both lists, what can be chosen, and how many residents are waiting for."""

    followups: list[FollowUpRow]
    activities: list[ActivityRow]
    programmes: list[tuple[str, str]]
    parties: list[tuple[str, str]]
    statuses: list[tuple[str, str]]

    @property
    def missing(self) -> int:
        rows = self.followups
        return sum(1 for row in rows if row.punctuality is Punctuality.MISSING)


def read(selection: Selection) -> Dashboard:
    """Return what is asked for."""
    ledger, today = standing.read(), residents_today()
    return Dashboard(
        followups=_followups(ledger, selection, today),
        activities=_activities(ledger, selection, today),
        programmes=[(each.key, each.title) for each in ledger.programmes],
        parties=_parties(ledger),
        statuses=[(each.value, str(each.label)) for each in Status],
    )


def count_missing() -> int:
    """Return how many follow-ups readers are told are missing."""
    today = residents_today()
    return sum(
        1
        for each in standing.read().occasions
        if each.punctuality(today) is Punctuality.MISSING
    )


def _followups(ledger: Ledger, wanted: Selection, today: date) -> list[FollowUpRow]:
    drafts = _drafts()
    ids = _ids(PledgeProgramme)
    found = []
    for each in ledger.occasions:
        draft = drafts.get(each.key)
        punctuality = each.punctuality(today)
        far = each.due_on > today + HORIZON and draft is None
        if punctuality is Punctuality.PUBLISHED or far:
            continue
        if wanted.wants_occasion(each, today):
            late = max(0, (today - each.due_on).days)
            programme_id = ids.get(each.programme.key)
            found.append(FollowUpRow(each, punctuality, late, programme_id, draft))
    return found


def _activities(ledger: Ledger, wanted: Selection, today: date) -> list[ActivityRow]:
    ids = _ids(Pledge)
    found = [
        ActivityRow(each, each.is_late(today), ids.get(each.pledge_key))
        for each in ledger.standings
        if wanted.wants_activity(each, today)
    ]
    name = wanted.sort.removeprefix("-")
    if name in _SORTS:
        found.sort(key=_SORTS[name], reverse=wanted.sort.startswith("-"))
    return found


def _parties(ledger: Ledger) -> list[tuple[str, str]]:
    """Return those who answer for anything, by name."""
    keys = {key for each in ledger.standings for key in each.responsible_keys}
    keys |= {key for each in ledger.programmes for key in each.party_keys}
    named = [(key, ledger.partners[key]) for key in keys if key in ledger.partners]
    return sorted(named, key=lambda each: swedish_key(each[1]))


def _ids(model: Any) -> dict[str, int]:
    """Return where the Swedish pages of a type are edited, by key."""
    rows = model._default_manager.filter(locale__language_code=source_code())
    return {str(key): pk for key, pk in rows.values_list("translation_key", "pk")}


def _drafts() -> dict[str, Draft]:
    """Return the follow-ups that are being written, by key of the planned one."""
    rows = FollowUp._default_manager.filter(locale__language_code=source_code())
    begun = rows.filter(Q(live=False) | Q(has_unpublished_changes=True))
    found = list(begun.values_list("occasion__translation_key", "pk", "draft_title"))
    reviews = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        object_id__in=[str(pk) for _key, pk, _title in found],
        base_content_type__app_label="wagtailcore",
    )
    waiting = set(reviews.values_list("object_id", flat=True))
    return {
        str(key): Draft(pk, title, in_review=str(pk) in waiting)
        for key, pk, title in found
    }

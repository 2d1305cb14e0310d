"""How every promise stands, as the log has it: for staff, in Swedish.

Drafts play no part: what somebody is writing has not been told to anybody. A constant
number of queries, however many pledges there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q

from cms.log.models import Head
from cms.reading.languages import source_code
from pledges import accounts
from pledges.accounts import Planned
from pledges.choices import Punctuality, Status

PROGRAMME, PLEDGE = "pledges.programme", "pledges.pledge"
FOLLOW_UP, PARTNER = "pledges.follow_up", "pledges.partner"
#: What somebody should look at: it is late, or was not done.
WORRYING = frozenset({Status.DELAYED, Status.NOT_DONE, Status.CANCELLED, Status.PARTLY})


@dataclass(frozen=True)
class Told:
    """What one public follow-up says about one activity."""

    title: str
    period_end: date
    status: str
    value: Decimal | None


@dataclass(frozen=True)
class Occasion:
    """A planned follow-up of a public programme. ``followup`` names the public one."""

    key: str
    programme: Programme
    label: str
    period_end: date
    due_on: date
    is_final: bool
    followup: str | None

    def punctuality(self, today: date) -> Punctuality:
        planned = Planned(self.key, self.due_on, self.is_final, self.followup)
        return planned.punctuality(today)


@dataclass(frozen=True)
class Standing:
    """One activity of a public pledge, and what has been told about it so far."""

    key: str
    title: str
    programme: Programme
    pledge_key: str
    pledge_title: str
    pledge_number: int
    responsible_keys: tuple[str, ...]
    responsible: tuple[str, ...]
    op: str
    target: Decimal | None
    unit: str
    aggregation: str
    start: date | None
    due: date | None
    is_expected: bool
    told: tuple[Told, ...]

    @property
    def latest(self) -> Told | None:
        return self.told[-1] if self.told else None

    @property
    def status(self) -> str:
        """Return the latest status; nothing has been begun before the first report."""
        return self.latest.status if self.latest else Status.NOT_STARTED

    @property
    def actual(self) -> Decimal | None:
        """Return the result so far, as the activity wants its figures put together."""
        values = [each.value for each in self.told if each.value is not None]
        return accounts.actual(values, self.aggregation)

    @property
    def last_value(self) -> Decimal | None:
        """Return the newest figure by itself."""
        values = [each.value for each in self.told if each.value is not None]
        return values[-1] if values else None

    @property
    def is_met(self) -> bool | None:
        return accounts.is_met(self.op, self.target, self.actual)

    def is_late(self, today: date) -> bool:
        """Say whether it should have been begun, or done, by now and was not."""
        if self.status in {Status.DONE, Status.CANCELLED, Status.NOT_DONE}:
            return False
        if self.status == Status.DELAYED or (self.due is not None and self.due < today):
            return True
        begun = self.status != Status.NOT_STARTED
        return not begun and self.start is not None and self.start < today


@dataclass(frozen=True)
class Programme:
    """A public programme with what hangs on it. ``party_keys`` are its makers."""

    key: str
    title: str
    period_start: date
    period_end: date
    party_keys: tuple[str, ...]
    occasions: list[Occasion] = field(default_factory=list, compare=False, repr=False)
    standings: list[Standing] = field(default_factory=list, compare=False, repr=False)


@dataclass(frozen=True)
class Ledger:
    """All public programmes, newest first, and the names of the partners by key."""

    programmes: list[Programme]
    partners: dict[str, str]

    @cached_property
    def occasions(self) -> list[Occasion]:
        """Every planned follow-up, the earliest due first."""
        found = [each for one in self.programmes for each in one.occasions]
        return sorted(found, key=lambda each: (each.due_on, each.key))

    @cached_property
    def standings(self) -> list[Standing]:
        """Every activity that has to be reported on, in the order of the pledges."""
        return [
            each
            for one in self.programmes
            for each in one.standings
            if each.is_expected
        ]


def read(programme_key: UUID | None = None) -> Ledger:
    """Return how everything stands, or one programme; two queries."""
    heads = Head.objects.pages().public().filter(
        locale=source_code(), type__in=(PROGRAMME, PLEDGE, FOLLOW_UP)
    )  # fmt: skip
    if programme_key is not None:
        heads = heads.filter(Q(key=programme_key) | Q(parent_key=programme_key))
    by_type: dict[str, list[Head]] = {PROGRAMME: [], PLEDGE: [], FOLLOW_UP: []}
    for head in heads.select_related("publication").order_by("pk"):
        by_type[head.type].append(head)
    blocks = Head.objects.filter(locale=source_code(), type=PARTNER)
    partners = {str(key): title for key, title in blocks.values_list("key", "title")}
    programmes = [
        _programme(
            head,
            _children(by_type[PLEDGE], head),
            _children(by_type[FOLLOW_UP], head),
            partners,
        )
        for head in by_type[PROGRAMME]
    ]
    programmes.sort(key=lambda one: one.period_start, reverse=True)
    return Ledger(programmes, partners)


def _children(heads: Iterable[Head], parent: Head) -> list[Head]:
    return [head for head in heads if head.parent_key == parent.key]


def document_of(head: Head) -> dict[str, Any]:
    document: dict[str, Any] = head.publication.document
    return document


def _programme(
    head: Head, pledges: list[Head], reports: list[Head], partners: dict[str, str]
) -> Programme:
    document = document_of(head)
    programme = Programme(
        key=str(head.key),
        title=head.title,
        period_start=date.fromisoformat(document["period_start"]),
        period_end=date.fromisoformat(document["period_end"]),
        party_keys=tuple(document["parties"]),
    )
    reports = sorted(reports, key=lambda each: document_of(each)["period_end"])
    written = {document_of(each)["occasion"]: str(each.key) for each in reports}
    programme.occasions.extend(
        Occasion(
            key=planned["key"],
            programme=programme,
            label=planned["label"],
            period_end=date.fromisoformat(planned["period_end"]),
            due_on=date.fromisoformat(planned["due_on"]),
            is_final=planned["is_final"],
            followup=written.get(planned["key"]),
        )
        for planned in document["planned_followups"]
    )
    told = _told(reports)
    for pledge in sorted(
        pledges, key=lambda each: (document_of(each)["number"], each.pk)
    ):
        programme.standings.extend(_standings(pledge, programme, told, partners))
    return programme


def _told(reports: list[Head]) -> dict[str, list[Told]]:
    """Return what has been said about each activity, oldest first."""
    found: dict[str, list[Told]] = {}
    for report in reports:
        document = document_of(report)
        for line in document["lines"]:
            told = Told(
                title=report.title,
                period_end=date.fromisoformat(document["period_end"]),
                status=line["status"],
                value=_figure(line["value"]),
            )
            found.setdefault(line["activity"], []).append(told)
    return found


def _standings(
    pledge: Head,
    programme: Programme,
    told: dict[str, list[Told]],
    partners: dict[str, str],
) -> Iterable[Standing]:
    document = document_of(pledge)
    today = accounts.residents_today().isoformat()
    withdrawn = bool(document["withdrawn_on"] and document["withdrawn_on"] <= today)
    for activity in document["activities"]:
        target = activity["target"] or {"op": "none", "value": None}
        yield Standing(
            key=activity["key"],
            title=activity["title"],
            programme=programme,
            pledge_key=str(pledge.key),
            pledge_title=pledge.title,
            pledge_number=document["number"],
            responsible_keys=tuple(activity["responsible"]),
            responsible=tuple(
                partners.get(key, "?") for key in activity["responsible"]
            ),
            op=target["op"],
            target=_figure(target["value"]),
            unit=activity["unit"],
            aggregation=activity["aggregation"],
            start=_day(activity["start"]),
            due=_day(activity["due"]),
            is_expected=not withdrawn and not activity["replaced_by"],
            told=tuple(told.get(activity["key"], ())),
        )


def _figure(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

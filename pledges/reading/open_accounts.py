"""Open accounts: what was promised and how it stands, per programme and party."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from cms.reading.languages import source_code
from cms.reading.library import Library
from cms.reading.models import Language
from cms.reading.selections import of_types
from cms.reading.shared import texts
from pledges.accounts import residents_today
from pledges.choices import Phase
from pledges.reading.parties import Party
from pledges.reading.programmes import (
    FOLLOW_UP,
    PLEDGE,
    PROGRAMME,
    ProgrammeView,
    Shelf,
)
from pledges.reading.words import Readers, Text


@dataclass(frozen=True)
class ProgrammeAccount:
    """``counts`` says how many activities have each status; ``none``: no report yet."""

    key: str
    title: Text
    path: str
    phase: Phase
    period_start: date
    period_end: date
    counts: Counter[str]
    published: int
    missing: int
    next_due: date | None


@dataclass(frozen=True)
class PartyAccount:
    """One responsible party; an activity of two parties counts for both."""

    party: Party
    counts: Counter[str]
    missing: int


@dataclass(frozen=True)
class OpenAccounts:
    as_of: date
    programmes: list[ProgrammeAccount]
    parties: list[PartyAccount]

    @property
    def counts(self) -> Counter[str]:
        return sum((each.counts for each in self.programmes), Counter())

    @property
    def missing(self) -> int:
        return sum(each.missing for each in self.programmes)


def all_programmes(library: Library, language: Language) -> list[ProgrammeView]:
    """Return every public programme with its pledges, the newest first; one query."""
    wanted = of_types(PROGRAMME, PLEDGE, FOLLOW_UP, "pledges.partner")
    found = {each.key: each for each in texts(library, language, wanted)}
    source = library.by_code[source_code()]
    shelf = Shelf(found, Readers(language, source.html_lang), residents_today())
    return shelf.all_programmes()


def open_accounts(library: Library, language: Language) -> OpenAccounts:
    """Return what has been promised and how it stands today."""
    programmes = all_programmes(library, language)
    return OpenAccounts(
        residents_today(),
        [_programme(each) for each in programmes],
        _parties(programmes),
    )


def _programme(view: ProgrammeView) -> ProgrammeAccount:
    upcoming = view.timeline.next
    return ProgrammeAccount(
        key=view.key,
        title=view.title,
        path=view.path,
        phase=view.phase,
        period_start=view.period_start,
        period_end=view.period_end,
        counts=sum((pledge.counts for pledge in view.pledges), Counter()),
        published=len(view.timeline.published),
        missing=len(view.timeline.missing),
        next_due=upcoming.due_on if upcoming else None,
    )


def _parties(programmes: list[ProgrammeView]) -> list[PartyAccount]:
    found: dict[str, Party] = {}
    counts: dict[str, Counter[str]] = {}
    missing: Counter[str] = Counter()
    for programme in programmes:
        for party in programme.parties:
            found.setdefault(party.key, party)
            missing[party.key] += len(programme.timeline.missing)
        for pledge in programme.pledges:
            for activity in pledge.activities:
                for party in activity.responsible:
                    found.setdefault(party.key, party)
                    counter = counts.setdefault(party.key, Counter())
                    counter[str(activity.status or "none")] += 1
    ordered = sorted(found.values(), key=lambda party: party.name.text)
    return [
        PartyAccount(party, counts.get(party.key, Counter()), missing[party.key])
        for party in ordered
    ]

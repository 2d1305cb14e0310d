"""A programme with its pledges, and the overview of all programmes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cms.reading.shapes import Reference
from pledges.choices import Phase
from pledges.reading.followups import Timeline, followup, timeline
from pledges.reading.parties import Party, parties, party
from pledges.reading.pledges import Dialogue, PledgeView, Programme, dialogues, pledge
from pledges.reading.words import Link, Readers, Text

PROGRAMME, PLEDGE, FOLLOW_UP = (
    "pledges.programme",
    "pledges.pledge",
    "pledges.follow_up",
)


@dataclass(frozen=True)
class Signature:
    """Who signed for whom, with the title held then."""

    party: Party | None
    name: str
    title: Text


@dataclass(frozen=True)
class ProgrammeView:
    """What was signed for a period, and how it goes."""

    key: str
    title: Text
    path: str
    summary: Text
    basis_html: Text
    period_start: date
    period_end: date
    phase: Phase
    parties: list[Party]
    signed_on: date | None
    signed_at: Text
    signatures: list[Signature]
    agreement: dict[str, object] | None
    dialogues: list[Dialogue]
    surveys: list[Text]
    predecessor: Link | None
    police_url: str
    register_no: str
    timeline: Timeline
    pledges: list[PledgeView]


@dataclass(frozen=True)
class Shelf:
    """The texts of programmes, pledges and follow-ups that a page needs, by key."""

    texts: Mapping[str, Reference]
    by: Readers
    today: date

    def of(self, page_type: str, parent: str | None = None) -> list[Reference]:
        """Return the texts of a type, of one programme or of all."""
        return [
            each
            for each in self.texts.values()
            if each.type == page_type and parent in {None, each.parent}
        ]

    def programme(self, key: str) -> Programme | None:
        """Return what pledges get from a programme; nothing if it is not public."""
        reference = self.texts.get(key)
        if reference is None or reference.type != PROGRAMME:
            return None
        speaker = self.by.speaker(reference)
        reports = (followup(each, self.by) for each in self.of(FOLLOW_UP, key))
        plan = timeline(speaker, reports, self.today)
        return Programme(self.by.link(reference), speaker, plan, self.today)

    def pledge(self, key: str) -> PledgeView | None:
        """Return a pledge whose programme is public."""
        reference = self.texts.get(key)
        if reference is None or reference.type != PLEDGE or not reference.parent:
            return None
        programme = self.programme(reference.parent)
        if programme is None:
            return None
        return pledge(reference, programme, self.texts, self.by)

    def pledges(self, references: Iterable[Reference]) -> list[PledgeView]:
        """Return pledges, those of the newest period first, then by number.

        The plan of each programme is matched once, however many pledges it has.
        """
        programmes: dict[str, Programme | None] = {}
        found = []
        for reference in references:
            parent = reference.parent or ""
            if parent not in programmes:
                programmes[parent] = self.programme(parent)
            if programme := programmes[parent]:
                found.append(pledge(reference, programme, self.texts, self.by))
        return sorted(found, key=lambda p: (-p.period_start.toordinal(), p.number))

    def full_programme(self, key: str) -> ProgrammeView | None:
        """Return a programme with everything below it."""
        programme = self.programme(key)
        if programme is None:
            return None
        return self._programme_view(self.texts[key], programme)

    def all_programmes(self) -> list[ProgrammeView]:
        """Return every programme, the newest period first."""
        views = (self.full_programme(each.key) for each in self.of(PROGRAMME))
        found = [view for view in views if view]
        return sorted(found, key=lambda view: view.period_start, reverse=True)

    def _programme_view(
        self, reference: Reference, programme: Programme
    ) -> ProgrammeView:
        speaker, facts = programme.speaker, programme.speaker.document
        texts, by = self.texts, self.by
        return ProgrammeView(
            key=reference.key,
            title=by.title(reference),
            path=reference.path or "",
            summary=speaker.say("ingress"),
            basis_html=speaker.say("basis_html"),
            period_start=date.fromisoformat(facts["period_start"]),
            period_end=date.fromisoformat(facts["period_end"]),
            phase=programme.phase(),
            parties=parties(facts["parties"], texts, by),
            signed_on=programme.day("signed_on"),
            signed_at=speaker.say("signed_at_place"),
            signatures=[
                Signature(
                    party(row["partner"], texts, by),
                    row["name"],
                    speaker.say_of(row, "role_title"),
                )
                for row in facts["signatories"]
            ],
            agreement=facts["agreement"],
            dialogues=dialogues(facts["dialogues"], texts, by),
            surveys=[by.title(texts[k]) for k in facts["surveys"] if k in texts],
            predecessor=by.link(texts[facts["predecessor"]])
            if facts["predecessor"] in texts
            else None,
            police_url=facts["police_url"],
            register_no=facts["register_no"],
            timeline=programme.timeline,
            pledges=self.pledges(self.of(PLEDGE, reference.key)),
        )

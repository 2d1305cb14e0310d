"""What has changed in a pledge or a follow-up, and when: from the log (R-40).

Facts are told as they were and as they became. Of texts only the promise and the names
of activities are, and only when the change was one of content: a corrected text may have
been corrected for somebody's sake. What was withdrawn is not repeated: of everything
before a withdrawal it is only said that and when it was public.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cms.log.models import SAME_TEXT, Action, Head, Publication, Significance
from cms.reading.languages import source_code
from cms.reading.library import Library
from cms.reading.selections import with_keys
from cms.reading.shapes import Reading, Reference
from cms.reading.shared import texts
from pledges.choices import Status
from pledges.reading.parties import Party, parties
from pledges.reading.pledges import Target
from pledges.reading.programmes import FOLLOW_UP, PLEDGE
from pledges.reading.words import Link, Readers, Text, readers_of

#: More than this a page does not hold.
MOST = 200
_CLOSING = ("outcome", "withdrawn_on")
_DETAILS = (
    "number", "focus_areas", "areas", "dialogues", "indicators", "contact_persons",
    "feedback_url", "period_start", "period_end", "due_on", "is_final", "approved_by",
    "occasion",
)  # fmt: skip
_ROW_DETAILS = (
    "kind", "aggregation", "places", "indicator", "replaced_by", "evidence_url",
)  # fmt: skip
_ROW_TEXTS = ("description_html", "schedule", "unit")
#: Texts of which only the name is told, and the name of the group they belong to.
_TEXTS = {
    "background_html": "background", "goal": "goal",
    "expected_effects_html": "effects", "outcome_summary": "outcome_text",
    "withdrawn_reason": "outcome_text", "effect_html": "led_to", "caveat": "led_to",
    "next_steps": "next_steps", "channels_used": "channels", "body": "text",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One thing that changed: ``what`` is a code, ``about`` the activity it is part of.

    ``kind`` says what ``old`` and ``new`` are: ``day``, ``target``, ``number``,
    ``status``, ``outcome``, ``parties`` (lists of `Party`), ``words`` (`Text`), or
    ``named`` when neither is told.
    """

    what: str
    kind: str
    old: Any = None
    new: Any = None
    about: Text | None = None


@dataclass(frozen=True)
class Event:
    """Something that happened: ``first``, ``again``, ``changed``, ``corrected``,
    ``withdrawn``; ``followup`` is set for the follow-ups of a pledge, and its ``link``
    when that follow-up is public.
    """

    at: datetime
    kind: str
    changes: list[Change] = field(default_factory=list)
    is_followup: bool = False
    link: Link | None = None


@dataclass(frozen=True)
class ChangeLog:
    """All events, the newest first; ``is_cut`` when there were more."""

    title: Text
    path: str
    events: list[Event]
    is_cut: bool


def change_log(library: Library, reading: Reading) -> ChangeLog:
    """Return what changed in the pledge or follow-up that is read; four queries."""
    by = readers_of(reading)
    own = uuid.UUID(reading.key)
    ancestors = reading.document.get("ancestors", [])
    keys = {own}
    if reading.type == PLEDGE and ancestors:
        keys |= _followups(uuid.UUID(ancestors[-1]))
    rows = _rows(keys)
    is_cut = len(rows) > MOST
    rows = rows[:MOST][::-1]
    wanted = with_keys(keys - {own} | _parties_in(rows))
    found = {each.key: each for each in texts(library, reading.requested, wanted)}
    compare = _Comparer(reading, found, by)
    events: list[Event] = []
    for key in keys:
        events += compare.events(key, [row for row in rows if row.key == key])
    events.sort(key=lambda each: each.at, reverse=True)
    lang = (reading.served.html_lang, reading.served.direction)
    return ChangeLog(Text(reading.title, *lang), reading.path, events, is_cut)


def _followups(programme: uuid.UUID) -> set[uuid.UUID]:
    """Return every follow-up of a programme that is or was public."""
    heads = Head.objects.filter(
        parent_key=programme, type=FOLLOW_UP, locale=source_code()
    )
    return set(heads.values_list("key", flat=True))


def _rows(keys: set[uuid.UUID]) -> list[Publication]:
    """Return what was published of some texts in Swedish, the newest first.

    One more than fits tells that there is more.
    """
    rows = Publication.objects.filter(key__in=keys, locale=source_code())
    return list(rows.exclude(action__in=SAME_TEXT).order_by("-id")[: MOST + 1])


def _parties_in(rows: Iterable[Publication]) -> set[uuid.UUID]:
    named = (each for row in rows for each in _party_keys(row.document))
    return {uuid.UUID(key) for key in named}


def _party_keys(document: dict[str, Any]) -> Iterator[str]:
    yield from document.get("parties", [])
    for row in document.get("activities", []):
        yield from row["responsible"]
        yield from row["cooperating"]


class _Comparer:
    """Tells the story of each text from its rows, in the reader's language."""

    def __init__(
        self, reading: Reading, found: Mapping[str, Reference], by: Readers
    ) -> None:
        self.reading, self.found, self.by = reading, found, by
        self.own = reading.key

    def events(self, key: uuid.UUID, rows: list[Publication]) -> Iterator[Event]:
        """Yield what happened to one text, the oldest first."""
        is_followup = str(key) != self.own
        reference = self.found.get(str(key))
        link = self.by.link(reference) if reference and is_followup else None
        gone = [n for n, row in enumerate(rows) if row.action == Action.WITHDRAW]
        told_from = gone[-1] + 1 if gone else 0
        before: Publication | None = None
        for number, row in enumerate(rows):
            is_told = number >= told_from and (link is not None or not is_followup)
            previous = before if number > told_from else None
            changes = list(self._changes(previous, row)) if is_told else []
            if is_followup and is_told and not changes and previous is not None:
                # Something else in it changed, which is no news of this pledge.
                before = row
                continue
            yield Event(
                at=row.published_at,
                kind=_kind(rows[number - 1] if number else None, row),
                changes=changes,
                is_followup=is_followup,
                link=link if is_told else None,
            )
            before = row

    def _changes(
        self, before: Publication | None, row: Publication
    ) -> Iterator[Change]:
        if row.type == FOLLOW_UP:
            yield from self._reported(before, row)
        if before is None or (row.type == FOLLOW_UP and str(row.key) != self.own):
            return
        old, new = before.document, row.document
        is_wording = row.significance == Significance.WORDING
        yield from self._texts(before, row, is_wording=is_wording)
        yield from self._facts(old, new)
        yield from self._activities(old, new, is_wording=is_wording)

    def _texts(
        self, before: Publication, row: Publication, *, is_wording: bool
    ) -> Iterator[Change]:
        old, new = before.document, row.document
        promise = "promise" if row.type == PLEDGE else "summary"
        pairs = [
            ("title", before.title, row.title),
            (promise, old.get("ingress", ""), new.get("ingress", "")),
        ]
        for what, was, becomes in pairs:
            if was != becomes:
                yield self._words(what, was, becomes, is_wording=is_wording)
        changed = [
            code for name, code in _TEXTS.items() if old.get(name) != new.get(name)
        ]
        for code in dict.fromkeys(changed):
            yield Change(code, "named")

    def _words(
        self,
        what: str,
        old: str,
        new: str,
        *,
        is_wording: bool,
        about: Text | None = None,
    ) -> Change:
        if is_wording or what == "summary":
            return Change(what, "named", about=about)
        return Change(what, "words", self._swedish(old), self._swedish(new), about)

    def _swedish(self, text: str) -> Text:
        return Text(text, self.by.source_lang, "ltr")

    def _facts(self, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
        if old.get("parties") != new.get("parties"):
            yield self._parties("parties", old, new)
        if old.get("outcome") != new.get("outcome"):
            yield Change("outcome", "outcome", old.get("outcome"), new.get("outcome"))
        if old.get("withdrawn_on") != new.get("withdrawn_on"):
            yield Change(
                "withdrawn_on",
                "day",
                _day(old, "withdrawn_on"),
                _day(new, "withdrawn_on"),
            )
        if any(old.get(name) != new.get(name) for name in _DETAILS):
            yield Change("details", "named")

    def _parties(
        self,
        what: str,
        old: dict[str, Any],
        new: dict[str, Any],
        about: Text | None = None,
    ) -> Change:
        return Change(
            what,
            "parties",
            self._known(old.get(what)),
            self._known(new.get(what)),
            about,
        )

    def _known(self, keys: list[str] | None) -> list[Party]:
        """Return the organisations that are still public."""
        return parties(keys or [], self.found, self.by)

    def _activities(
        self, old: dict[str, Any], new: dict[str, Any], *, is_wording: bool
    ) -> Iterator[Change]:
        before, after = _by_key(old, "activities"), _by_key(new, "activities")
        for key, row in after.items():
            about = self._activity(key)
            if key not in before:
                yield Change("activity_added", "named", about=about)
                continue
            yield from self._row(before[key], row, about)
            was = before[key]
            if was["title"] != row["title"]:
                yield self._words(
                    "activity_title", was["title"], row["title"],
                    is_wording=is_wording, about=about,
                )  # fmt: skip
            if any(was[name] != row[name] for name in _ROW_TEXTS):
                yield Change("description", "named", about=about)
        for _key in before.keys() - after.keys():
            yield Change("activity_removed", "named")

    def _row(
        self, old: dict[str, Any], new: dict[str, Any], about: Text | None
    ) -> Iterator[Change]:
        if old["target"] != new["target"]:
            yield Change("target", "target", _target(old), _target(new), about)
        for name in ("start", "due"):
            if old[name] != new[name]:
                yield Change(name, "day", _day(old, name), _day(new, name), about)
        for name in ("responsible", "cooperating"):
            if old[name] != new[name]:
                yield self._parties(name, old, new, about)
        if any(old.get(name) != new.get(name) for name in _ROW_DETAILS):
            yield Change("details", "named", about=about)

    def _reported(
        self, before: Publication | None, row: Publication
    ) -> Iterator[Change]:
        """Yield what a follow-up says anew of each activity (of this pledge)."""
        old = _by_key(before.document if before else {}, "lines", "activity")
        for key, line in _by_key(row.document, "lines", "activity").items():
            if str(row.key) != self.own and line["pledge"] != self.own:
                continue
            was, about = old.get(key), self._activity(key)
            status = Status(was["status"]) if was else None
            if was is None or was["status"] != line["status"]:
                yield Change("status", "status", status, Status(line["status"]), about)
            if was is not None and was["value"] != line["value"]:
                yield Change("value", "number", _number(was), _number(line), about)
            if before is not None and _said(was) != _said(line):
                yield Change("report", "named", about=about)

    def _activity(self, key: str) -> Text | None:
        """Return what an activity is called now, if it still is part of a pledge."""
        details = self.reading.details
        pledges = [getattr(details, "pledge", None)]
        programme = getattr(details, "programme", None)
        pledges += programme.pledges if programme else []
        for pledge in pledges:
            for activity in pledge.activities if pledge else []:
                if activity.key == key:
                    title: Text = activity.title
                    return title
        return None


def _kind(before: Publication | None, row: Publication) -> str:
    if row.action == Action.WITHDRAW:
        return "withdrawn"
    if before is None:
        return "first"
    if before.action == Action.WITHDRAW:
        return "again"
    return "corrected" if row.significance == Significance.WORDING else "changed"


def _by_key(
    document: dict[str, Any], table: str, key: str = "key"
) -> dict[str, dict[str, Any]]:
    return {row[key]: row for row in document.get(table, [])}


def _said(line: dict[str, Any] | None) -> tuple[str, str] | None:
    return (line["text"], line["reason"]) if line else None


def _target(row: dict[str, Any]) -> Target | None:
    target = row["target"]
    return Target(target["op"], Decimal(target["value"])) if target else None


def _day(row: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(row[name]) if row.get(name) else None


def _number(row: dict[str, Any]) -> Decimal | None:
    return Decimal(row["value"]) if row["value"] is not None else None

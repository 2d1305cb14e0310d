"""What the desk shows: the segments of one translation, with everything known of them.

Reads only. Writing is in :mod:`cms.desk.actions`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    TemplateSegment,
    Translation,
)

from cms.desk import checks
from cms.desk.checks import Finding
from cms.desk.labels import Labels, labels_of
from cms.engine import localize

if TYPE_CHECKING:
    from django.contrib.auth.models import User

HUMAN, MACHINE, MACHINE_EDITED = "human", "machine", "machine_edited"


@dataclass(frozen=True)
class Earlier:
    """What this place said before the Swedish text changed."""

    source: str
    target: str


@dataclass(frozen=True)
class Segment:
    """One text to translate, in page order.

    ``source`` and ``target`` are segment HTML, or plain text when ``plain``.
    ``version`` identifies the target text that was read; a save names it. ``stays`` is
    what readers keep when nothing is written.
    """

    id: int
    path: str
    label: str
    plain: bool
    required: bool
    is_heading: bool
    source: str
    target: str
    origin: str
    version: str
    written_by: str = ""
    written_at: datetime | None = None
    earlier: Earlier | None = None
    stays: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return bool(self.target) or not self.required

    @property
    def has_error(self) -> bool:
        return any(finding.severity == checks.ERROR for finding in self.findings)


@dataclass(frozen=True)
class Workbench:
    """All segments of a translation and the sums over them."""

    translation: Translation
    segments: list[Segment]
    source_publication_id: int
    contributor_ids: list[int]

    @cached_property
    def total(self) -> int:
        return sum(1 for segment in self.segments if segment.required)

    @cached_property
    def done(self) -> int:
        return sum(1 for s in self.segments if s.required and s.target)

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 100

    @property
    def is_complete(self) -> bool:
        return self.done == self.total

    @property
    def errors(self) -> list[Segment]:
        return [segment for segment in self.segments if segment.has_error]

    @property
    def changed(self) -> list[Segment]:
        return [segment for segment in self.segments if segment.earlier]

    def count(self, origin: str) -> int:
        return sum(1 for s in self.segments if s.required and s.origin == origin)

    @property
    def origin(self) -> str:
        """Say who wrote the text as a whole, for the passport."""
        machine, edited = self.count(MACHINE), self.count(MACHINE_EDITED)
        if not machine and not edited:
            return HUMAN
        return MACHINE if not edited and not self.count(HUMAN) else MACHINE_EDITED


def version_of(text: str) -> str:
    """Return a short name for a text; no text is version ``0``."""
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else "0"


def origin_of(string: StringTranslation) -> str:
    """Return who wrote a stored string.

    A person's edit of a machine's text keeps the tool's name, so that it counts as
    edited, not as written by a person.
    """
    if string.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
        return MACHINE
    return MACHINE_EDITED if string.tool_name else HUMAN


def open_workbench(translation: Translation, *, refresh: bool = True) -> Workbench:
    """Return the segments; ``refresh`` first fetches the Swedish text that is public.

    While a translation is under review its segments stay as they were submitted.
    """
    publication_id = (
        localize.refresh(translation) if refresh else _state_id(translation)
    )
    rich = _rich_contexts(translation)
    strings = localize.strings_by_context(translation)
    labels = labels_of(translation)
    segments, people = [], set()
    found = localize.string_segments(translation)
    in_use = {(segment.context_id, segment.string_id) for segment in found}
    address = localize.public_slug(translation)
    for segment in found:
        known = strings.get(segment.context_id, [])
        plain = segment.context_id not in rich
        current = next(
            (s for s in known if s.translation_of_id == segment.string_id), None
        )
        if current and current.last_translated_by_id:
            people.add(current.last_translated_by_id)
        former = [s for s in known if (s.context_id, s.translation_of_id) not in in_use]
        segments.append(_segment(segment, current, former, plain, labels, address))
    return Workbench(translation, segments, publication_id, sorted(people))


def open_segment(translation: Translation, segment: StringSegment) -> Segment:
    """Return one segment, without the cost of all the others."""
    known = localize.strings_by_context(translation, segment.context_id)
    strings = known.get(segment.context_id, [])
    current = next(
        (s for s in strings if s.translation_of_id == segment.string_id), None
    )
    plain = segment.context_id not in _rich_contexts(translation)
    # What a text was before is of no interest to whoever has just written it.
    labels, address = labels_of(translation), localize.public_slug(translation)
    return _segment(segment, current, [], plain, labels, address)


def _rich_contexts(translation: Translation) -> set[int]:
    """Return the places that hold rich text."""
    templates = TemplateSegment.objects.filter(source_id=translation.source_id)
    return set(templates.values_list("context_id", flat=True))


def to_plain(fragment: str) -> str:
    """Return a plain text from its stored form, line breaks kept."""
    soup = BeautifulSoup(fragment, "html.parser")
    for br in soup.find_all("br"):
        br.replace_with("\n")
    return soup.get_text()


def _state_id(translation: Translation) -> int:
    state = getattr(translation.source, "state", None)
    return state.publication_id if state else 0


def _segment(  # what is known of one place
    segment: StringSegment,
    current: StringTranslation | None,
    former: list[StringTranslation],
    plain: bool,
    labels: Labels,
    address: str,
) -> Segment:
    path = segment.context.path
    shown = to_plain if plain else str
    source, target = segment.string.data, current.data if current else ""
    is_slug = path == localize.SLUG
    spot = labels.at(path)
    author = current.last_translated_by if current else None
    return Segment(
        id=segment.pk,
        path=path,
        label=spot.label,
        plain=plain,
        required=not is_slug,
        is_heading=spot.is_heading,
        source=shown(source),
        target=shown(target),
        origin=origin_of(current) if current else "",
        version=version_of(target),
        written_by=_name(author),
        written_at=current.updated_at if current else None,
        earlier=_earlier(segment, current, former, shown),
        stays=address if is_slug else "",
        findings=checks.check(source, target) if target and not is_slug else [],
    )


def _name(author: User | None) -> str:
    return author.get_full_name() or author.get_username() if author else ""


def _earlier(
    segment: StringSegment,
    current: StringTranslation | None,
    former: list[StringTranslation],
    shown: Any,
) -> Earlier | None:
    """Return the translation of what stood here before the Swedish text changed.

    Several texts may stand at one place, the parts of a long paragraph: of the
    ``former`` ones, newest first, it is the one that is most like the text now.
    """
    if current or not former:
        return None
    now = segment.string.data
    old = max(former, key=lambda each: _likeness(each.translation_of.data, now))
    return Earlier(shown(old.translation_of.data), shown(old.data))


def _likeness(one: str, other: str) -> float:
    """Return how many words two texts share, from 0 to 1."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()

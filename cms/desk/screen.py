"""What the translator's desk shows: the segments in groups, and where the work stands.

Reads only, apart from fetching the Swedish text that is public; writing is in
:mod:`cms.desk.actions`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, Translation

from cms.desk import actions, workbench
from cms.desk.workbench import Segment, Workbench
from cms.engine import localize
from cms.gate import permissions, rules
from cms.gate.differences import Change, word_changes
from cms.gate.errors import Issue, NotFit, Refused
from cms.gate.models import Decision
from cms.log.models import Head
from cms.reading import status
from cms.reading.models import Language

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True)
class Mark:
    """A piece of the small markup that a translator may have to repeat.

    ``before`` and ``after`` stand around the translated words.
    """

    label: str
    before: str
    after: str
    target: str = ""


@dataclass(frozen=True)
class Typed:
    """What somebody sent and could not be saved, and why."""

    text: str
    base_version: str
    refusal: Refused | None = None

    @property
    def conflict(self) -> actions.SegmentConflict | None:
        is_conflict = isinstance(self.refusal, actions.SegmentConflict)
        return self.refusal if is_conflict else None  # type: ignore[return-value]


@dataclass(frozen=True)
class Line:
    """One segment as it stands on the desk."""

    number: int
    segment: Segment
    marks: list[Mark]
    typed: Typed | None = None

    @property
    def text(self) -> str:
        return self.typed.text if self.typed else self.segment.target

    @property
    def base_version(self) -> str:
        """The version that the text in the box is a change of.

        After a conflict it is theirs: whoever saves once more has seen both.
        """
        if self.typed is None:
            return self.segment.version
        conflict = self.typed.conflict
        return conflict.version if conflict else self.typed.base_version

    @property
    def changes(self) -> list[Change]:
        """How the Swedish text has changed since the earlier translation."""
        earlier = self.segment.earlier
        return word_changes(earlier.source, self.segment.source) if earlier else []

    @property
    def is_unfinished(self) -> bool:
        return not self.segment.is_done or self.segment.has_error


@dataclass
class Group:
    """The segments from one heading to the next; the first group has none."""

    heading: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """The desk of one translation for one person."""

    translation: Translation
    target: Any
    language: Language
    bench: Workbench
    person: User
    typed: Mapping[int, Typed] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.translation.source.object_repr

    @cached_property
    def lines(self) -> list[Line]:
        marks = _marks(self.translation, self.bench.segments)
        return [
            Line(number, segment, marks.get(segment.id, []), self.typed.get(segment.id))
            for number, segment in enumerate(self.bench.segments, start=1)
        ]

    @cached_property
    def groups(self) -> list[Group]:
        groups = [Group("")]
        for line in self.lines:
            if line.segment.is_heading and line.segment.path != "title":
                groups.append(Group(line.segment.source))
            groups[-1].lines.append(line)
        return [group for group in groups if group.lines]

    @property
    def homeless(self) -> list[Typed]:
        """Texts that were sent for a part of the Swedish text that is gone."""
        known = {segment.id for segment in self.bench.segments}
        return [typed for pk, typed in self.typed.items() if pk not in known]

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.segment.earlier]

    @property
    def unfinished(self) -> list[Line]:
        return [line for line in self.lines if line.is_unfinished]

    @cached_property
    def state(self) -> str:
        """What readers have now; see :func:`cms.reading.status.state`."""
        return state_of(self.translation)

    @cached_property
    def sent_back(self) -> Decision | None:
        """The reviewer's reason, until a later decision."""
        return rules.sent_back(self.target)

    @property
    def may_override(self) -> bool:
        return self.person.has_perm(actions.OVERRIDE_PERMISSION)

    def may_answer_for(self, issues: Iterable[Issue]) -> bool:
        """Say whether a reason of this person's is enough to submit in spite of these."""
        codes = {issue.code for issue in issues}
        is_enough = self.may_override or codes == {actions.UNCHANGED}
        return bool(codes) and self.bench.is_complete and is_enough

    def line_of(self, issue: Issue) -> Line | None:
        """Return the line that an issue is about."""
        place = f"{issue.field}."
        found = (n for n in self.lines if place.startswith(f"{n.segment.path}."))
        return next(found, None) if issue.field else None


def open_desk(
    translation: Translation, *, by: User, typed: Mapping[int, Typed] | None = None
) -> Desk:
    """Return the desk for somebody who works in the language.

    Raises ``NotAllowed`` for anybody else.
    """
    target = readable_target(translation, by=by)
    bench = workbench.open_workbench(translation)
    language = Language.objects.get(locale_id=translation.target_locale_id)
    return Desk(translation, target, language, bench, by, typed or {})


def readable_target(translation: Translation, *, by: User) -> Any:
    """Return the target for somebody who may read its drafts, or raise."""
    target = localize.target_of(translation)
    permissions.require(target, "edit", by)
    return target


def state_of(translation: Translation) -> str:
    """Return what readers have of this translation now."""
    code = translation.target_locale.language_code
    heads = Head.objects.filter(key=translation.source.object_id, locale=code)
    head = heads.select_related("publication").first()
    return status.state(head, localize.source_head(translation.source.object_id))


def save_all(
    translation: Translation, sent: Mapping[int, Typed], *, by: User
) -> tuple[int, dict[int, Typed]]:
    """Save what differs from the version it was read in.

    Returns how many texts were saved, and those that were not, each with its refusal.
    """
    bench = workbench.open_workbench(translation, refresh=False)
    saved, refused = 0, {}
    for segment in bench.segments:
        typed = sent.get(segment.id)
        if typed is None or same_text(typed.text, segment.target):
            continue
        try:
            saved += _save(translation, segment, typed, by=by)
        except Refused as refusal:
            refused[segment.id] = Typed(typed.text, typed.base_version, refusal)
    known = {segment.id for segment in bench.segments}
    gone = {pk: typed for pk, typed in sent.items() if pk not in known and typed.text}
    return saved, {**refused, **gone}


def _save(
    translation: Translation, segment: Segment, typed: Typed, *, by: User
) -> bool:
    """Save one text, unless it is as it was read: then somebody else changed it."""
    if actions.version_as_stored(segment, typed.text) == typed.base_version:
        return False
    actions.save_segment(
        translation, segment.id, typed.text, base_version=typed.base_version, by=by
    )
    return True


def same_text(one: str, other: str) -> bool:
    """Compare texts as a browser sends them: line ends differ, so do outer spaces."""
    return one.replace("\r\n", "\n").strip() == other.strip()


def submit_issues(refusal: Refused) -> list[Issue]:
    """Return why a translation was not accepted for review."""
    if isinstance(refusal, NotFit):
        return refusal.issues
    return [Issue(refusal.code, refusal.message)]


def _marks(
    translation: Translation, segments: Iterable[Segment]
) -> dict[int, list[Mark]]:
    """Return the markup of each rich segment, links with their targets."""
    rich = {s.id: s.source for s in segments if not s.plain and "<" in s.source}
    rows = StringSegment.objects.filter(pk__in=rich).values_list("pk", "attrs")
    return {pk: list(_found_marks(rich[pk], attrs)) for pk, attrs in rows}


def _found_marks(source: str, attrs: str) -> Iterable[Mark]:
    soup = BeautifulSoup(source, "html.parser")
    targets = (json.loads(attrs) if attrs else None) or {}
    for link in soup.find_all("a"):
        mark = str(link.get("id", ""))
        label = _("Link: %(text)s") % {"text": link.get_text()}
        target = str(targets.get(mark, {}).get("href", ""))
        yield Mark(label, f'<a id="{mark}">', "</a>", target)
    for names, label in ((("b", "strong"), _("Bold")), (("i", "em"), _("Italic"))):
        if tag := soup.find(list(names)):
            yield Mark(label, f"<{tag.name}>", f"</{tag.name}>")

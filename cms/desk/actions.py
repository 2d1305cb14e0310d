"""Starting, writing and submitting translations. Nothing here becomes public.

Every action checks rights and state itself, whoever calls: the desk, an import, a
command. Publication is the gate's (``cms.gate.actions``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import nh3
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from cms.desk import workbench
from cms.desk.pairs import Pairs, pairs_of
from cms.engine import localize
from cms.engine.models import SegmentHistory, Submission
from cms.gate import actions as gate_actions
from cms.gate import permissions, rules
from cms.gate.errors import Conflict, Issue, NotAllowed, NotFit
from cms.gate.permissions import tree_root
from cms.reading.languages import source_code

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from wagtail.models import Revision

    from cms.engine.providers import Provider

MAX_LENGTH = 20_000
OVERRIDE_PERMISSION = "engine.override_checks"
#: What whoever submits answers for: Swedish has changed, and the translation has not.
UNCHANGED = "unchanged"

# Bidirectional overrides, and zero-width characters that hide text. Isolates and
# marks stay, right-to-left text needs them (a check wants them balanced), and so do
# the zero-width (non-)joiners: Persian and Sorani are written with them.
_INVISIBLE = re.compile("[\u200b\u202a-\u202e\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class SegmentConflict(Conflict):
    """Somebody else has saved the same segment meanwhile; both texts are kept."""

    code = "segment_conflict"

    def __init__(self, *, theirs: str, version: str, written_by: str) -> None:
        super().__init__(
            _("Somebody else has changed this text while you were writing.")
        )
        self.theirs = theirs
        self.version = version
        self.written_by = written_by


@transaction.atomic
def start_translation(source: Any, locale: Locale, *, by: User) -> Translation:
    """Begin translating a public Swedish text; nothing of it becomes public.

    Editors of the source and translators of the language may. Raises ``Conflict``
    when the text is not public in Swedish.
    """
    if source.locale.language_code != source_code() or locale == source.locale:
        raise Conflict(_("Translations are made from Swedish."))
    if not (_may_edit(source, by) or is_translator(locale, by)):
        raise NotAllowed(_("You do not translate into this language."))
    return localize.start(source, locale)


def is_translator(locale: Locale, user: User) -> bool:
    """Say whether ``user`` works in the tree of this language."""
    root = tree_root(locale)
    return bool(root and root.specific.permissions_for_user(user).can_edit())


@transaction.atomic
def save_segment(
    translation: Translation,
    segment_id: int,
    text: str,
    *,
    base_version: str | None,
    by: User | None,
    tool: str = "",
) -> workbench.Segment:
    """Store the translation of one segment and return it as it now is.

    ``base_version`` is the version that was read; when somebody else has saved since,
    ``SegmentConflict`` carries their text (``None`` skips the comparison, for
    imports). Empty text clears the segment. ``tool`` names the machine that wrote it.
    Raises ``NotFit`` for text that cannot be stored, ``Conflict`` during a review.
    """
    target = _lock_writable(translation, by, tool)
    segment, current = _segment_and_text(translation, segment_id)
    shown = workbench.open_segment(translation, segment)
    now = current.data if current else ""
    data = _stored_form(text, plain=shown.plain, source=segment.string.data)
    if data == now and not tool:
        return shown
    if base_version is not None and base_version != workbench.version_of(now):
        raise _conflict(shown)
    stored = _store(translation, segment, current, data, by=by, tool=tool)
    _remember(target, segment, stored, data, by=by)
    return workbench.open_segment(translation, segment)


@transaction.atomic
def save_segments(
    translation: Translation,
    texts: Iterable[tuple[workbench.Segment, str]],
    *,
    by: User | None,
    tool: str = "",
) -> int:
    """Store many translations at once, for a machine or an import; return how many.

    All or nothing. The segments are as they were read; raises what
    :func:`save_segment` raises.
    """
    target = _lock_writable(translation, by, tool)
    changed = 0
    for shown, text in texts:
        segment, current = _segment_and_text(translation, shown.id)
        now = current.data if current else ""
        data = _stored_form(text, plain=shown.plain, source=segment.string.data)
        if data == now and not tool:
            continue
        if shown.version != workbench.version_of(now):
            raise _conflict(workbench.open_segment(translation, segment))
        stored = _store(translation, segment, current, data, by=by, tool=tool)
        _remember(target, segment, stored, data, by=by)
        changed += 1
    return changed


def _lock_writable(translation: Translation, by: User | None, tool: str) -> Any:
    target = require_writable(translation, by, tool=tool)
    Translation.objects.select_for_update().get(pk=translation.pk)
    return target


def _conflict(now: workbench.Segment) -> SegmentConflict:
    return SegmentConflict(
        theirs=now.target, version=now.version, written_by=now.written_by
    )


def _remember(
    target: Any,
    segment: StringSegment,
    stored: StringTranslation | None,
    data: str,
    *,
    by: User | None,
) -> None:
    SegmentHistory.objects.create(
        string_translation=stored,
        object_key=target.translation_key,
        locale_code=target.locale.language_code,
        path=segment.context.path,
        text=data,
        origin=workbench.origin_of(stored) if stored else "",
        written_by=by,
    )


def _segment_and_text(
    translation: Translation, segment_id: int
) -> tuple[StringSegment, StringTranslation | None]:
    """Return a segment of the Swedish text and what is stored for it."""
    segment = (
        StringSegment.objects.filter(pk=segment_id, source_id=translation.source_id)
        .select_related("string", "context")
        .first()
    )
    if segment is None:
        raise Conflict(_("The Swedish text has changed: this part is gone. Reload."))
    current = StringTranslation.objects.filter(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=translation.target_locale_id,
    ).first()
    return segment, current


def require_writable(
    translation: Translation, by: User | None, *, tool: str = ""
) -> Any:
    """Return the target if its strings may be changed now, by a machine if one is named.

    Raises ``NotAllowed``, or ``Conflict`` while it is under review or locked.
    """
    target = localize.target_of(translation)
    permissions.require(target, "edit", by)
    if tool and not localize.machine_may_draft(target):
        raise NotAllowed(_("Machine translation is not allowed for this page."))
    if rules.review_in_progress(target):
        raise Conflict(_("The translation is under review and cannot be changed now."))
    lock = target.get_lock()
    if by is not None and lock and lock.for_user(by):
        raise Conflict(str(lock.get_message(by) or _("The text is locked.")))
    return target


def _store(
    translation: Translation,
    segment: StringSegment,
    current: StringTranslation | None,
    data: str,
    *,
    by: User | None,
    tool: str,
) -> StringTranslation | None:
    if not data:
        if current:
            current.delete()
        return None
    machine = StringTranslation.TRANSLATION_TYPE_MACHINE
    stored = current or StringTranslation(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
    )
    if tool:
        stored.tool_name = tool
    stored.translation_type = (
        machine if tool else StringTranslation.TRANSLATION_TYPE_MANUAL
    )
    stored.data = data
    stored.last_translated_by = by
    stored.has_error = False
    stored.field_error = ""
    stored.save()
    return stored


def version_as_stored(segment: workbench.Segment, text: str) -> str:
    """Return the version that ``text`` would have in ``segment``; raises ``NotFit``."""
    data = _stored_form(text, plain=segment.plain, source=segment.source)
    return workbench.version_of(data)


def _stored_form(text: str, *, plain: bool, source: str) -> str:
    """Return clean segment HTML, or raise ``NotFit`` with what is wrong."""
    if len(text) > MAX_LENGTH:
        raise NotFit([Issue("length", _("The text is too long."))])
    if _CONTROL.search(text):
        message = _("The text contains control characters that cannot be stored.")
        raise NotFit([Issue("control", message)])
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()
    if not text:
        return ""
    if plain:
        return StringValue.from_plaintext(text.replace("\r\n", "\n")).data
    cleaned = nh3.clean(
        text,
        tags={"a", "b", "i", "strong", "em", "br"},
        attributes={"a": {"id"}},
        link_rel=None,
    )
    try:
        data = StringValue.from_translated_html(cleaned).data
        validate_translation_links(source, data)
    except ValueError as error:
        raise NotFit([Issue("markup", str(error))]) from error
    return data


@transaction.atomic
def pretranslate(
    translation: Translation, provider: Provider, *, by: User | None
) -> int:
    """Let a machine fill the empty segments; return how many it did.

    Refused where the page's policy or the language forbids machine text.
    """
    require_writable(translation, by, tool=provider.name)
    bench = workbench.open_workbench(translation)
    empty = [s for s in bench.segments if s.required and not s.target]
    language = translation.target_locale.language_code
    texts = provider.translate([s.source for s in empty], source_code(), language)
    pairs = [(each, text) for each, text in zip(empty, texts, strict=True) if text]
    return save_segments(translation, pairs, by=by, tool=provider.name)


@transaction.atomic
def submit_translation(
    translation: Translation, *, by: User, override_reason: str = ""
) -> Revision:
    """Make the safe draft, store the facts about it and send it to review.

    Raises ``NotFit`` when segments are missing, and when checks fail or texts are as
    they were although their Swedish has changed, without a reason for it. Passing a
    check over takes the right to override them.
    """
    target = require_writable(translation, by)
    target = gate_actions.lock(target)
    bench = workbench.open_workbench(translation)
    localize.require_public_source(translation.source.get_source_instance())
    _require_complete(bench)
    _require_human(bench, target)
    revision = localize.build_draft(translation, by=by)
    document = revision.as_object().rendering().document
    found = pairs_of(target, document, bench.source_publication_id)
    answered_for = _require_reason(bench, found, by, override_reason)
    Submission.objects.create(
        content_type=ContentType.objects.get_for_model(type(target)),
        object_id=str(target.pk),
        revision=revision,
        revision_number=revision.pk,
        source_publication_id=bench.source_publication_id,
        origin=bench.origin,
        segments_total=bench.total,
        segments_machine=bench.count(workbench.MACHINE),
        segments_machine_edited=bench.count(workbench.MACHINE_EDITED),
        contributor_ids=sorted({*bench.contributor_ids, by.pk}),
        overridden_checks=[
            {"path": issue.field, "code": issue.code, "message": issue.message}
            for issue in answered_for
        ],
        override_reason=override_reason if answered_for else "",
        submitted_by=by,
    )
    gate_actions.submit_for_review(target, by=by)
    return revision


def _require_complete(bench: workbench.Workbench) -> None:
    missing = bench.total - bench.done
    if missing:
        text = _("%(count)d texts are not translated yet.") % {"count": missing}
        raise NotFit([Issue("incomplete", text)])


def _require_reason(
    bench: workbench.Workbench, found: Pairs, by: User, reason: str
) -> list[Issue]:
    """Return what ``by`` takes responsibility for, with the reason given."""
    failed = [
        Issue(finding.code, f"{segment.label}: {finding.message}", segment.path)
        for segment in bench.errors
        for finding in segment.findings
        if finding.severity == "error"
    ]
    text = _("%(place)s: the Swedish has changed, and the translation is as it was.")
    kept = [
        Issue(UNCHANGED, text % {"place": pair.label}, pair.path) for pair in found.kept
    ]
    may = bool(reason.strip()) and (not failed or by.has_perm(OVERRIDE_PERMISSION))
    if (failed or kept) and not may:
        raise NotFit([*kept, *failed])
    return [*kept, *failed]


def _require_human(bench: workbench.Workbench, target: Any) -> None:
    """Refuse a machine's text on a page that has been closed to machines since."""
    if bench.count(workbench.MACHINE) and not localize.machine_may_draft(target):
        text = _(
            "A machine may not translate this page: write the texts marked as "
            "machine translated yourself."
        )
        raise NotFit([Issue("machine_forbidden", text)])


def _may_edit(obj: Any, user: User) -> bool:
    try:
        permissions.require(obj, "edit", user)
    except NotAllowed:
        return False
    return True

"""What the gate writes into the log, and when.

Only :mod:`cms.gate.actions`, the signal handlers and the clock call this module. All
functions expect an open transaction, but for that of the clock.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.gate import rules
from cms.gate.errors import Issue, NotFit
from cms.log import calendar, entries, files
from cms.log.models import Head, Publication

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.contrib.auth.models import User
    from wagtail.models import Revision

    from cms.gate.models import Decision


def head_of(obj: Any) -> Head | None:
    """Return the log's current state of ``obj``."""
    return (
        Head.objects.select_related("publication")
        .filter(key=obj.translation_key, locale=obj.locale.language_code)
        .first()
    )


def is_public(obj: Any) -> bool:
    """Say whether readers see ``obj`` now."""
    head = head_of(obj)
    return bool(head and head.is_public)


def published(
    obj: Any, revision: Revision, decision: Decision, *, by: User | None
) -> Publication:
    """Append the publication of ``obj``, whose row holds ``revision`` now."""
    before, now = head_of(obj), timezone.now()
    entry = _entry(obj, revision, decision, before=before, by=by, now=now)
    publication = entries.append(entry, at=now)
    if not (before and before.is_public and before.path == entry.path):
        # Also when a page that was structure only gets an address of its own.
        moved(_public_descendants(obj), by=by)
    return publication


def published_first(
    objects: Iterable[tuple[Any, Decision]], *, by: User
) -> list[Publication]:
    """Append the first publication of each, with a few statements for all of them.

    Their rows hold their latest revisions, and nothing public stands below them.
    """
    now = timezone.now()
    first = [
        _entry(obj, obj.latest_revision, decision, before=None, by=by, now=now)
        for obj, decision in objects
    ]
    return entries.append_first(first, at=now)


def _entry(
    obj: Any,
    revision: Revision,
    decision: Decision,
    *,
    before: Head | None,
    by: User | None,
    now: datetime,
) -> entries.Entry:
    rendering = obj.rendering()
    _publish_files(rendering.document)
    provenance = obj.provenance(revision)
    return entries.Entry(
        key=rendering.key,
        locale=rendering.locale,
        kind=rendering.kind,
        type=rendering.type,
        action="publish",
        path=rendering.path,
        parent_key=rendering.parent_key,
        title=rendering.title,
        document=rendering.document,
        significance=_significance(obj, decision, before),
        origin=provenance.origin,
        review=decision.review if provenance.origin != "source" else "approved",
        reviewed_on=timezone.localtime(decision.decided_at).date()
        if decision.review == "approved"
        else None,
        source_publication_id=provenance.source_publication_id,
        content_updated_at=_content_updated_at(obj, decision, before, now),
        actor=by.get_username() if by else decision.decided_by_name,
    )


def _publish_files(document: dict[str, Any]) -> None:
    """Let readers have the bytes that the document names; raise ``NotFit`` without."""
    try:
        files.publish(document)
    except files.MissingFile as missing:
        text = _("The file %(name)s is lost or damaged: bring it in once more.")
        issue = Issue("missing_file", text % {"name": missing.name})
        raise NotFit([issue]) from missing


def _significance(obj: Any, decision: Decision, before: Head | None) -> str:
    """A first publication, also after a withdrawal, has nothing to compare with."""
    if before is None:
        return "first"
    return decision.significance or "content"


def _content_updated_at(
    obj: Any, decision: Decision, before: Head | None, now: datetime
) -> datetime:
    """Return the date that readers are shown as "page updated" (R-35).

    A change of wording does not move it. The first publication may carry the date of
    an older page that was brought in, when that date is in the past.
    """
    if before is None:
        brought_in = getattr(obj, "imported_updated_at", None)
        return brought_in if brought_in and rules.is_source(obj) else now
    if decision.significance == "wording":
        return before.publication.content_updated_at
    return now


def withdrawn(
    obj: Any, *, by: User | None = None, reason: dict[str, str] | None = None
) -> Publication | None:
    """Append the withdrawal of ``obj`` if readers see it.

    ``reason`` is for readers: its ``text``, and the ``lang`` that it is written in.
    """
    head = head_of(obj)
    if head is None or not head.is_public:
        return None
    document = {entries.REASON: reason} if reason else {}
    return _repeat(head.publication, action="withdraw", document=document, by=by)


def moved(pages: Iterable[Page], *, by: User | None = None) -> None:
    """Append the new address or menu position of each public page in ``pages``."""
    for page in pages:
        head = head_of(page)
        if head is None or not head.is_public:
            continue
        path, parent_key = page.public_path(), page.parent_key()
        sort_key = page.menu_sort_key()
        if (head.path, head.parent_key, head.sort_key) == (path, parent_key, sort_key):
            continue
        document = dict(head.publication.document)
        document["sort_key"] = sort_key
        document["ancestors"] = page.ancestor_keys()
        _repeat(
            head.publication,
            action="move",
            document=document,
            by=by,
            path=path,
            parent_key=parent_key,
        )


def keep_calendar() -> int:
    """Put on record which public texts tell readers something else from today on.

    Readers see it at midnight by themselves; whoever keeps copies hears of it by this.
    Return of how many texts it is so.
    """
    return sum(turned(key) for key in calendar.due(timezone.localdate()))


def turned(key: UUID) -> bool:
    """Append that a public original tells readers something else since today.

    The log is locked first: what is repeated is what stands there last. False if that is
    on record already, or no longer so.
    """
    with transaction.atomic():
        entries.lock()
        if key not in calendar.due(timezone.localdate()):
            return False
        last = entries.current(key, source_language())
        if last is None:
            return False
        _repeat(last, action="calendar", document=last.document, by=None)
    return True


def _repeat(
    last: Publication, *, action: str, by: User | None, **changes: Any
) -> Publication:
    """Append a row that differs from ``last`` only in what happened."""
    facts = {
        name: getattr(last, name)
        for name in (
            "key", "locale", "kind", "type", "path", "parent_key", "title",
            "origin", "review", "reviewed_on", "source_publication_id",
            "content_updated_at",
        )
    }  # fmt: skip
    facts.update(changes)
    with transaction.atomic():
        return entries.append(
            entries.Entry(
                **facts,
                action=action,
                significance="wording",
                actor=by.get_username() if by else "",
            ),
            at=timezone.now(),
        )


def _public_descendants(obj: Any) -> Iterable[Page]:
    if isinstance(obj, Page) and not obj.is_leaf():
        yield from obj.get_descendants().specific()


def menu_siblings(page: Page) -> Iterable[Page]:
    """Return the pages whose place in the menu a reordering may have changed."""
    return page.get_siblings(inclusive=True).filter(show_in_menus=True).specific()


def source_language() -> str:
    """Return the tag of the language in which originals are written."""
    return settings.LANGUAGE_CODE

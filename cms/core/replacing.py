"""Files that public texts show: what happens when one is replaced or deleted.

Readers keep the bytes of the publication in any case (`cms.log.files`). A file that is
replaced becomes a draft of each public text that uses it, for somebody to review; one
that a text under review shows stays as it was read; one that is public is not deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import ReferenceIndex, Revision, TaskState

from cms.gate import rules
from cms.gate.errors import Conflict
from cms.gate.gated import Gated
from cms.log import files


class Library(Protocol):
    """An image or a document."""

    def public_addresses(self) -> list[str]: ...


def public_users(file: Library) -> list[Any]:
    """Return the public texts that use a file, by title."""
    found = ReferenceIndex.get_references_to(file).group_by_source_object()
    texts = (getattr(each, "specific", each) for each, _references in found)
    users = [each for each in texts if isinstance(each, Gated) and each.live]
    return sorted(users, key=str)


def named(texts: Iterable[Any]) -> str:
    """Return the names of texts for a sentence; a text in three languages once."""
    return ", ".join(list(dict.fromkeys(str(each) for each in texts))[:5])


def require_may_be_deleted(instance: Any, **kwargs: Any) -> None:
    """Raise ``Conflict`` when readers see a file that is about to be deleted."""
    if users := public_users(instance):
        text = _("'%(name)s' is used in: %(titles)s. Change these texts first.")
        values = {"name": str(instance), "titles": named(users)}
        raise Conflict(text % values, code="in_use")


def refusal_to_replace(file: Library) -> str | None:
    """Say why the bytes of a file may not change now; nothing if they may.

    Somebody is reading them, or has approved them for later.
    """
    waiting = named(_waiting(file))
    if not waiting:
        return None
    text = _(
        "'%(name)s' is in a text that is being reviewed, or approved for later: "
        "%(titles)s. Wait until that is decided, or bring in another file."
    )
    return text % {"name": str(file), "titles": waiting}


def _waiting(file: Library) -> Iterator[Any]:
    addresses = set(file.public_addresses())
    read = Q(task_states__status=TaskState.STATUS_IN_PROGRESS)
    revisions = Revision.objects.filter(read | Q(approved_go_live_at__isnull=False))
    for revision in revisions.distinct():
        text = revision.as_object()
        if addresses.intersection(files.named_in(text.document())):
            yield text


def make_drafts(file: Library) -> list[Any]:
    """Make a draft of every public text that uses a file whose bytes have changed.

    What is being reviewed does not show the file (`refusal_to_replace`) and stays so.
    """
    user = get_active_log_context().user
    users = [each for each in public_users(file) if not rules.review_in_progress(each)]
    for each in users:
        draft = each.get_latest_revision_as_object()
        draft.save_revision(user=user, log_action=True, clean=False)
    return users

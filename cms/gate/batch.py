"""Many first publications at once: when a site that is public already moves here.

The gate's rules are those of :mod:`cms.gate.actions`; only what they cost differs.
Whatever has been public here before, or was edited after it was brought in, goes through
review like any other text.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_m2m_relations
from wagtail.models import Locale, Page, PageLogEntry, Revision, WorkflowPage
from wagtail.signals import page_published, published

from cms.gate import passing, permissions, record, rules
from cms.gate.errors import Conflict, NotAllowed, OwnWork
from cms.gate.models import Decision, ReviewTask, Significance
from cms.log.models import Head

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# What a row knows of itself; a revision of the same text may say something else.
_BOOKKEEPING = frozenset(
    {
        "draft_title", "first_published_at", "has_unpublished_changes",
        "last_published_at", "latest_revision", "latest_revision_created_at", "live",
        "live_revision", "locked", "locked_at", "locked_by", "numchild",
    }
)  # fmt: skip


@transaction.atomic
def publish_imported(
    pages: Iterable[Page], *, submitted_by: User, approved_by: User, comment: str = ""
) -> list[Page]:
    """Publish pages that were approved where they come from; all of them or none.

    Two people answer for it as for any publication: ``submitted_by`` may edit each page,
    ``approved_by`` decides on texts in its language and has written none of them. Every
    page gets its decision, its entry in the audit log, and its row in the publication
    log, in the order given. Raises what the review would: ``OwnWork``, ``NotAllowed``,
    ``Conflict``, ``NotFit``.
    """
    if submitted_by.pk == approved_by.pk:
        raise OwnWork(_("Somebody else must decide than whoever submits the texts."))
    texts = _locked([page.pk for page in pages])
    if not texts:
        return texts
    _require_first_publication(texts)
    _require_reviewer(texts, approved_by)
    for text in texts:
        _require_fit(text, submitted_by, approved_by)
    decisions = _decide(texts, approved_by, comment)
    with passing.opened_for(*texts):
        _go_live(texts, approved_by)
    record.published_first(zip(texts, decisions, strict=True), by=approved_by)
    return texts


def _locked(keys: Sequence[int]) -> list[Any]:
    """Lock the rows, and return the pages afresh in the order given."""
    rows = Page.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    latest = dict(rows.values_list("pk", "latest_revision_id"))
    if len(latest) < len(set(keys)):
        raise Conflict(_("It has been deleted meanwhile."))
    found = {page.pk: page for page in Page.objects.filter(pk__in=keys).specific()}
    _fetch_relations(list(found.values()))
    revisions = Revision.objects.in_bulk([pk for pk in latest.values() if pk])
    locales = Locale.objects.in_bulk()
    for page in found.values():
        page.locale = locales[page.locale_id]
        revision = revisions.get(latest[page.pk])
        if revision:
            page.latest_revision = revision
    return [found[key] for key in dict.fromkeys(keys)]


def _fetch_relations(pages: Sequence[Any]) -> None:
    """Have at hand what else belongs to the pages, which is asked for again and again."""
    for model in {type(page) for page in pages}:
        some = {page.pk: page for page in pages if type(page) is model}
        for field in get_all_child_m2m_relations(model):
            rows = field.remote_field.through._default_manager.filter(
                **{f"{field.m2m_field_name()}__in": some}
            )
            pairs = rows.values_list(field.m2m_column_name(), field.m2m_reverse_name())
            pairs = list(pairs)
            named = field.related_model._default_manager.in_bulk(
                {other for _pk, other in pairs}
            )
            for pk, page in some.items():
                mine = [named[other] for owner, other in pairs if owner == pk]
                setattr(page, field.name, mine)


def _require_first_publication(texts: Sequence[Any]) -> None:
    """Refuse what readers have seen, or what somebody has worked on since."""
    heads = Head.objects.filter(key__in=[text.translation_key for text in texts])
    known = set(heads.values_list("key", "locale"))
    numbers = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(text.pk) for text in texts],
    ).values_list("object_id", flat=True)
    once = Counter(int(pk) for pk in numbers)
    for text in texts:
        public = text.live or (text.translation_key, text.locale.language_code) in known
        if public or not rules.is_source(text):
            raise Conflict(
                _("'%(title)s' is not a new text in Swedish.") % {"title": text.title}
            )
        if (
            not text.is_leaf()
            or once[text.pk] != 1
            or not _is_the_text_of(text, text.latest_revision)
        ):
            raise Conflict(
                _("'%(title)s' has been edited since: send it to review.")
                % {"title": text.title}
            )


def _is_the_text_of(page: Any, revision: Revision) -> bool:
    """Say whether the row holds what the revision holds, so that both go live as one."""
    row = json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))
    names = (row.keys() | revision.content.keys()) - _BOOKKEEPING
    return all(
        _spelled_out(row.get(name)) == _spelled_out(revision.content.get(name))
        for name in names
    )


def _spelled_out(value: Any) -> Any:
    """Return a value to compare: databases keep the members of JSON in their own order."""
    if isinstance(value, str) and value.startswith("["):
        with suppress(json.JSONDecodeError):
            return json.loads(value)
    return value


def _require_reviewer(texts: Sequence[Any], user: User) -> None:
    """Refuse unless every review that the texts would go through is theirs to decide."""
    own = WorkflowPage.objects.filter(page_id__in=[text.pk for text in texts])
    apart = set(own.values_list("page_id", flat=True))
    seen = set()
    for text in texts:
        place = text.pk if text.pk in apart else text.path[: -text.steplen]
        if place in seen:
            continue
        seen.add(place)
        workflow = text.get_workflow()
        tasks = [task.specific for task in workflow.tasks] if workflow else []
        if not tasks or not all(
            isinstance(task, ReviewTask) and task.is_reviewer(user) for task in tasks
        ):
            raise NotAllowed(_("You are not a reviewer of texts in this language."))


def _require_fit(text: Any, submitted_by: User, approved_by: User) -> None:
    # A text that is locked, or under review, is nobody's to edit.
    permissions.require(text, "edit", submitted_by)
    people = {text.latest_revision.user_id}
    if approved_by.pk in people | text.provenance(text.latest_revision).contributor_ids:
        raise OwnWork(
            _("Somebody else must decide: you wrote or submitted this version.")
        )
    rules.require_fit(text)


def _decide(texts: Sequence[Any], by: User, comment: str) -> list[Decision]:
    now = timezone.now()
    return Decision.objects.bulk_create(
        Decision(
            content_type=ContentType.objects.get_for_model(type(text)),
            object_id=str(text.pk),
            revision=text.latest_revision,
            revision_number=text.latest_revision_id,
            outcome=Decision.Outcome.APPROVED,
            review="approved",
            significance=Significance.CONTENT,
            comment=comment or _("Approved where it was public before."),
            decided_by=by,
            decided_by_name=by.get_username(),
            decided_at=now,
        )
        for text in texts
    )


def _go_live(texts: Sequence[Any], by: User) -> None:
    """Do to the rows what Wagtail's publication does, and tell who listens to it."""
    now, action = timezone.now(), uuid.uuid4()
    Page.objects.filter(pk__in=[text.pk for text in texts]).update(
        live=True,
        expired=False,
        has_unpublished_changes=False,
        live_revision=F("latest_revision"),
        first_published_at=now,
        last_published_at=now,
    )
    entries = []
    for text in texts:
        text.live, text.has_unpublished_changes = True, False
        text.live_revision = text.latest_revision
        text.first_published_at = text.last_published_at = now
        sender, facts = type(text), {"instance": text, "revision": text.latest_revision}
        page_published.send(sender, **facts)
        published.send(sender, **facts)
        entries.append(
            PageLogEntry(
                content_type=ContentType.objects.get_for_model(sender),
                page_id=text.pk, label=text.title, action="wagtail.publish",
                timestamp=now, user=by, uuid=action, revision=text.latest_revision,
                content_changed=True, data={},
            )
        )  # fmt: skip
    PageLogEntry.objects.bulk_create(entries)

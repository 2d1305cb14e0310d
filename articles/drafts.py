"""Many new drafts below one page, with a few statements for all of them.

What Wagtail does for one page in a hundred statements: row, revision, audit entry,
references and search index. Nothing is checked here: see :mod:`articles.bulk`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import router, transaction
from django.db.models import F
from django.utils import timezone
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from articles.models import ArticlePage


@transaction.atomic
def add_drafts(
    parent: Page, pages: Sequence[ArticlePage], *, by: User | None = None
) -> list[ArticlePage]:
    """Store new pages of one type as the last children of ``parent``.

    Their slugs must be free and their keys new; they have no related rows yet. Both
    indexes follow after the commit.
    """
    drafts = list(pages)
    if not drafts:
        return drafts
    _place(parent, drafts)
    _insert(drafts)
    _insert_revisions(drafts, by)
    transaction.on_commit(partial(_index, drafts), robust=True)
    return drafts


def _place(parent: Page, drafts: list[ArticlePage]) -> None:
    """Give each draft its place in the tree; the parent is locked until the end."""
    row = Page.objects.select_for_update().get(pk=parent.pk)
    content_type = ContentType.objects.get_for_model(type(drafts[0]))
    last = row.get_last_child()
    step = last._str2int(last.path[-last.steplen :]) if last else 0
    for number, draft in enumerate(drafts, start=step + 1):
        draft.depth = row.depth + 1
        draft.path = Page._get_path(row.path, draft.depth, number)
        draft.url_path = f"{row.url_path}{draft.slug}/"
        draft.locale_id = row.locale_id
        draft.content_type = content_type
        draft.draft_title = draft.title
        draft.live = False
        draft.has_unpublished_changes = True
    Page.objects.filter(pk=row.pk).update(numchild=F("numchild") + len(drafts))


def _insert(drafts: list[ArticlePage]) -> None:
    """Write both rows of each page, as ``Model.save`` does for one.

    Django's ``bulk_create`` does not write models that inherit from another table.
    """
    model = type(drafts[0])
    shared = [
        field.attname for field in Page._meta.concrete_fields if field.name != "id"
    ]
    rows = Page.objects.bulk_create(
        Page(**{name: getattr(draft, name) for name in shared}) for draft in drafts
    )
    relations = [
        *(each.get_accessor_name() for each in get_all_child_relations(model)),
        *(each.name for each in get_all_child_m2m_relations(model)),
    ]
    for draft, row in zip(drafts, rows, strict=True):
        draft.pk = draft.id = row.pk
        draft._state.adding, draft._state.db = False, row._state.db
        for name in relations:
            setattr(draft, name, [])
    model._base_manager._insert(
        drafts,
        fields=model._meta.local_concrete_fields,
        using=router.db_for_write(model),
        raw=True,
    )


def _insert_revisions(drafts: list[ArticlePage], by: User | None) -> None:
    """Write the revision that somebody may decide about, and who brought it in."""
    now = timezone.now()
    content_type = ContentType.objects.get_for_model(type(drafts[0]))
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=content_type,
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=str(draft.pk),
            created_at=now,
            user=by,
            content=draft.serializable_data(),
            object_str=str(draft),
        )
        for draft in drafts
    )
    action = uuid.uuid4()
    entries = []
    for draft, revision in zip(drafts, revisions, strict=True):
        draft.latest_revision = revision
        draft.latest_revision_created_at = now
        entries.append(
            PageLogEntry(
                content_type=content_type, page_id=draft.pk, label=draft.title,
                action="wagtail.create", timestamp=now, user=by, uuid=action,
                revision=revision, content_changed=True, data={},
            )
        )  # fmt: skip
    fields: list[Any] = ["latest_revision", "latest_revision_created_at"]
    Page.objects.bulk_update([draft.page_ptr for draft in drafts], fields)
    PageLogEntry.objects.bulk_create(entries)


def _index(drafts: list[ArticlePage]) -> None:
    """Let the desk find the drafts, and what they refer to."""
    ReferenceIndex.objects.bulk_create(
        (row for draft in drafts for row in _references(draft)),
        batch_size=1000,
        ignore_conflicts=True,
    )
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(type(drafts[0]), drafts)


def _references(draft: ArticlePage) -> Iterator[ReferenceIndex]:
    """Yield what ``ReferenceIndex.create_or_update_for_object`` writes for a new page."""
    content_type = ContentType.objects.get_for_model(type(draft))
    base_type = ContentType.objects.get_for_model(Page)
    for found in set(ReferenceIndex._extract_references_from_object(draft)):
        to_content_type_id, to_object_id, model_path, content_path = found
        yield ReferenceIndex(
            content_type=content_type,
            base_content_type=base_type,
            object_id=draft.pk,
            to_content_type_id=to_content_type_id,
            to_object_id=to_object_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )

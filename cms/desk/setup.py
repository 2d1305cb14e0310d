"""Setting a language up in one step: locale, home page, groups, workflow.

Everything can be run again: what exists is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.permissions import policy_registry

from cms.engine import localized_tree
from cms.gate.models import ReviewTask
from cms.gate.permissions import tree_root
from cms.reading import safety
from cms.reading.languages import catalogue, source_code, tag_of
from cms.reading.models import Language

EDITORS, APPROVERS = "editors", "approvers"
WRITE, REVIEW = ("add", "change"), ("change", "publish")
_WAGTAILS_GROUPS = ("Editors", "Moderators")
#: With images and files: whoever adds one may also change it.
UPLOAD, LOOK = ("add", "choose"), ("choose",)


class UnknownLanguage(ValueError):
    """The tag is not in the catalogue of languages."""


class NotReady(ValueError):
    """Readers cannot be offered the language yet."""


def translators_of(code: str) -> str:
    """Return the name of the group that translates into a language."""
    return f"translators {tag_of(code)}"


def reviewers_of(code: str) -> str:
    """Return the name of the group that reviews a language."""
    return f"reviewers {tag_of(code)}"


@transaction.atomic
def add_language(tag: str, *, visible: bool = False) -> Language:
    """Make a language of the catalogue ready to work in.

    Raises ``UnknownLanguage``, and ``NotReady`` when readers of the language would meet
    a safety-critical page without emergency numbers in it. A home page for the language
    needs a Swedish one; if there is none yet, run it again later.
    """
    row = catalogue().get(tag.lower())
    if row is None or row["start"] == "media":
        raise UnknownLanguage(
            _("'%(tag)s' is not in the catalogue of languages.") % {"tag": tag}
        )
    code = tag.lower()
    if visible and not _is_shown(code) and safety.lacks_numbers(code):
        raise NotReady(safety.lacking_numbers_message())
    locale, _created = Locale.objects.get_or_create(language_code=code)
    language = _language(locale, row, visible=visible)
    source_home = _source_home()
    if source_home is None:
        return language
    home = localized_tree.translated_parent(source_home, locale)
    if code == source_code():
        _remove_wagtails_groups()
        writers, reviewers = _group(EDITORS), _group(APPROVERS)
        _allow_pages(writers, home, WRITE)
        _allow_media(writers, UPLOAD)
    else:
        writers, reviewers = _group(translators_of(code)), _group(reviewers_of(code))
        _allow_pages(writers, home, ("change",))
        override = Permission.objects.get(codename="override_checks")
        writers.permissions.add(override)
        _allow_media(writers, LOOK)
    _allow_pages(reviewers, home, REVIEW)
    _allow_media(reviewers, LOOK)
    _workflow(home, reviewers, code)
    return language


def _is_shown(code: str) -> bool:
    return code == source_code() or Language.objects.offers(code)


def _source_home() -> Page | None:
    locale = Locale.objects.filter(language_code=source_code()).first()
    home = tree_root(locale) if locale else None
    return home.specific if home else None


def _language(locale: Locale, row: Mapping[str, Any], *, visible: bool) -> Language:
    language, created = Language.objects.get_or_create(
        tag=row["tag"],
        defaults={
            "locale": locale,
            "html_lang": row["html_lang"],
            "direction": row["direction"],
            "script": row["script"],
            "autonym": row["autonym"],
            "name_sv": row["name_sv"],
            "name_en": row["name_en"],
            "order": row["order"],
            "legal_basis": row["legal_basis"],
            "fallback_chain": row["fallback"],
            "fts_config": row["fts_config"] or "simple",
            "visible": visible or row["tag"] == source_code(),
        },
    )
    if not created and visible and not language.visible:
        language.visible = True
        language.save(update_fields=["visible"])
    return language


def _group(name: str) -> Group:
    group, _created = Group.objects.get_or_create(name=name)
    group.permissions.add(
        Permission.objects.get(
            content_type__app_label="wagtailadmin", codename="access_admin"
        )
    )
    return group


def _remove_wagtails_groups() -> None:
    """Remove the groups and the workflow that Wagtail comes with, while nobody uses them.

    They may do things in every language, and their task is none of the gate's.
    """
    tasks = GroupApprovalTask.objects.filter(groups__name__in=_WAGTAILS_GROUPS)
    unused = Workflow.objects.filter(
        workflow_tasks__task__in=tasks, workflow_states__isnull=True
    )
    for workflow in unused:
        workflow.delete()
    tasks.filter(task_states__isnull=True).delete()
    Group.objects.filter(name__in=_WAGTAILS_GROUPS, user__isnull=True).delete()


def _allow_pages(group: Group, root: Page, actions: tuple[str, ...]) -> None:
    for action in actions:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=f"{action}_page"
        )
        GroupPagePermission.objects.get_or_create(
            group=group, page=Page.objects.get(pk=root.pk), permission=permission
        )


def _allow_media(group: Group, actions: tuple[str, ...]) -> None:
    """Let a group do something with the images and files of every collection.

    Wagtail's policy knows whose permissions it asks for: not those of our own models.
    Raises ``Permission.DoesNotExist`` for what it never asks for.
    """
    root = Collection.get_first_root_node()
    for model in (get_image_model(), get_document_model()):
        asked = policy_registry.get_by_type(model).auth_model
        for action in actions:
            permission = Permission.objects.get(
                content_type=ContentType.objects.get_for_model(asked),
                codename=get_permission_codename(action, asked._meta),
            )
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=permission
            )


def _mend(workflow: Workflow, reviewers: Group) -> None:
    """Give the tasks whose group was deleted one that can decide."""
    tasks = ReviewTask.objects.filter(workflow_tasks__workflow=workflow)
    for task in tasks.filter(groups__isnull=True):
        task.groups.add(reviewers)


def _workflow(home: Page, reviewers: Group, code: str) -> Workflow:
    """Attach the language's review to its tree, if none is attached yet."""
    existing = WorkflowPage.objects.filter(page_id=home.pk).first()
    if existing:
        _mend(existing.workflow, reviewers)
        return existing.workflow
    # Wagtail puts the name on its button: «Lämna in till granskning på svenska».
    name = f"granskning på {catalogue()[code]['name_sv']}"
    workflow, _created = Workflow.objects.get_or_create(name=name)
    task, _created = ReviewTask.objects.get_or_create(name=name)
    task.groups.add(reviewers)
    WorkflowTask.objects.get_or_create(
        workflow=workflow, task=task, defaults={"sort_order": 0}
    )
    WorkflowPage.objects.create(page_id=home.pk, workflow=workflow)
    return workflow

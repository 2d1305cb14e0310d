"""What pages refer to and every page shows as it is now: published like a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from cms.core import notices
from cms.core.building import document_of
from cms.core.declared import FieldsOfKind
from cms.engine import provenance
from cms.gate.errors import Issue
from cms.gate.gated import Gated
from cms.gate.permissions import tree_root
from cms.gate.protocols import Provenance, Rendering
from cms.kinds.kinds import SharedKind
from cms.log import references

if TYPE_CHECKING:
    from wagtail.models import Revision, Workflow


class SharedBlock(
    Gated,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    ClusterableModel,
):
    """A translatable snippet that passes the gate and has a document of its own.

    Pages refer to it by key: changing it once changes every page, and no archived
    version. Subclasses name their kind.
    """

    kind: ClassVar[type[SharedKind]] = SharedKind
    translatable_fields = FieldsOfKind()

    class Meta:
        abstract = True
        constraints: list[models.BaseConstraint] = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"],
                name="%(app_label)s_%(class)s_one_per_key_and_locale",
            )
        ]

    def document(self) -> dict[str, Any]:
        """Return the block as plain JSON, as its kind describes it."""
        return document_of(self.kind, self)

    # --- what the gate asks (cms.gate.protocols.Publishable) ---

    def rendering(self) -> Rendering:
        return Rendering(
            key=self.translation_key,
            locale=self.locale.language_code,
            kind="block",
            type=self.kind.type_name,
            path="",
            parent_key=None,
            title=str(self),
            document=self.document(),
        )

    def provenance(self, revision: Revision) -> Provenance:
        return provenance.of_revision(self, revision)

    def publication_issues(self) -> Iterable[Issue]:
        return []

    def publication_notices(self) -> Iterable[Issue]:
        return notices.of_references(self)

    def withdrawal_issues(self) -> Iterable[Issue]:
        """I9: what public texts name stays, at least in Swedish."""
        if self.locale.language_code != settings.LANGUAGE_CODE:
            return
        users = references.public_users(self.translation_key)
        titles = users.exclude(key=self.translation_key).values_list("title", flat=True)
        if found := list(dict.fromkeys(titles.order_by("title")[:50])):
            text = _("'%(name)s' is used in: %(titles)s. Change these texts first.")
            values = {"name": str(self), "titles": ", ".join(found[:5])}
            yield Issue("in_use", text % values)

    def allows_unreviewed_machine_text(self) -> bool:
        """Never: pages of every kind show it, also those that forbid a machine."""
        return False

    def is_safety_critical(self) -> bool:
        """Say whether somebody's safety may depend on the words."""
        return False

    def get_workflow(self) -> Workflow | None:
        """Return the workflow of the language's tree: the same people review."""
        root = tree_root(self.locale)
        return root.get_workflow() if root else None

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        render = import_string(settings.CMS_PREVIEW_RENDERER)
        return render(request, self.rendering())

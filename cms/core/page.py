"""The page that every page type is built on."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Page

from cms.core import house_rules, notices
from cms.core.building import document_of
from cms.core.declared import FieldsOfKind
from cms.core.fields import BodyField
from cms.engine import localized_tree, provenance
from cms.gate.gated import GatedPage
from cms.gate.permissions import GatePermissionTester
from cms.gate.protocols import Provenance, Rendering
from cms.kinds.choices import Sensitivity, TranslationPriority
from cms.kinds.kinds import PageKind
from cms.kinds.members import Ref
from cms.kinds.structure import fields
from cms.reading import languages

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from wagtail.models import Locale, Revision

    from cms.gate.errors import Issue


class MachineTranslationPolicy(models.TextChoices):
    """What a machine may do with a page (C-8)."""

    ALLOWED = "allowed_with_label", _("May be published, labelled")
    DRAFT_ONLY = "draft_only", _("As a draft for a translator only")
    FORBIDDEN = "forbidden", _("Never")


class Retention(models.TextChoices):
    PRESERVE = "preserve", _("Preserve")
    THIN = "thin_after_n", _("May be thinned out")


class BasePage(GatedPage, Page):
    """A page of the municipality: title, lead, body, contact, and how it is kept.

    Text is translated; everything else has one value for all languages. A page is
    public only through the gate, and readers see its document, never this row.
    """

    #: What the page consists of; each page type has a kind of its own.
    kind: ClassVar[type[PageKind]] = PageKind

    ingress = models.TextField(
        _("lead"), max_length=400, blank=True,
        help_text=_("What the page says, in one or two sentences. Shown in lists."),
    )  # fmt: skip
    body = BodyField(blank=True, verbose_name=_("text"))
    contact_block = models.ForeignKey(
        "core.ContactBlock", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("contact"),
    )  # fmt: skip
    page_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("answers for the facts"),
    )  # fmt: skip
    sign_video = models.ForeignKey(
        "core.MediaFile", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("film in Swedish Sign Language"),
    )  # fmt: skip
    translation_priority = models.CharField(
        _("translation"), max_length=12, choices=TranslationPriority.choices,
        default=TranslationPriority.ON_DEMAND,
    )  # fmt: skip
    mt_policy = models.CharField(
        _("machine translation"), max_length=20,
        choices=MachineTranslationPolicy.choices,
        default=MachineTranslationPolicy.ALLOWED,
    )  # fmt: skip
    sensitivity = models.CharField(
        _("sensitivity"), max_length=20, choices=Sensitivity.choices,
        default=Sensitivity.NORMAL,
    )  # fmt: skip
    review_due = models.DateField(_("look through again by"), null=True, blank=True)
    retention_class = models.CharField(
        _("archive"), max_length=20, choices=Retention.choices,
        default=Retention.PRESERVE,
    )  # fmt: skip
    imported_updated_at = models.DateTimeField(null=True, blank=True, editable=False)

    content_panels = [
        *Page.content_panels,
        FieldPanel("ingress"),
        FieldPanel("body"),
        FieldPanel("contact_block"),
    ]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("show_in_menus"),
            ],
            _("Address and search"),
        ),
    ]
    settings_panels = [
        PublishingPanel(),
        MultiFieldPanel(
            [FieldPanel("translation_priority"), FieldPanel("mt_policy")],
            _("Translation"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("page_owner"),
                FieldPanel("sensitivity"),
                FieldPanel("review_due"),
                FieldPanel("retention_class"),
                FieldPanel("sign_video"),
            ],
            _("Care"),
        ),
    ]
    private_page_options: list[str] = []

    translatable_fields = FieldsOfKind()

    class Meta:
        abstract = True

    # --- what the gate asks (cms.gate.protocols.Publishable) ---

    def document(self) -> dict[str, Any]:
        """Return the page as plain JSON, as its kind describes it."""
        return document_of(self.kind, self)

    def list_date(self) -> str:
        """Return the moment by which lists sort the page (ISO 8601)."""
        return (self.first_published_at or timezone.now()).isoformat()

    def rendering(self) -> Rendering:
        document = self.document()
        above = document["ancestors"]
        return Rendering(
            key=self.translation_key,
            locale=self.locale.language_code,
            kind="page",
            type=self.kind.type_name,
            path=self.public_path(),
            parent_key=uuid.UUID(above[-1]) if above else None,
            title=self.title,
            document=document,
        )

    def provenance(self, revision: Revision) -> Provenance:
        return provenance.of_revision(self, revision)

    def publication_issues(self) -> Iterable[Issue]:
        return house_rules.page_issues(self)

    def publication_notices(self) -> Iterable[Issue]:
        return notices.page_notices(self)

    def withdrawal_issues(self) -> Iterable[Issue]:
        return house_rules.front_page_stays(self)

    def allows_unreviewed_machine_text(self) -> bool:
        """Say whether a machine's text may be public before a person examined it."""
        return (
            self.mt_policy == MachineTranslationPolicy.ALLOWED
            and not self.is_safety_critical()
            and languages.allows_machine_text(self.locale.language_code)
        )

    def is_safety_critical(self) -> bool:
        """Say whether somebody's safety may depend on the page (C-7).

        Of a translation the Swedish original decides: a draft of it may be older than
        the original's flag. A page is as sensitive as what it names for that (see `Ref`).
        """
        original = self.original()
        if original is not None and original.pk != self.pk:
            return original.is_safety_critical()
        named = (
            each
            for field in fields(self.kind)
            if isinstance(field.member, Ref) and field.member.sensitive
            for each in getattr(self, field.member.source or field.name).all()
        )
        return any(
            each.sensitivity == Sensitivity.SAFETY_CRITICAL for each in (self, *named)
        )

    def original(self) -> BasePage | None:
        """Return the page in Swedish, as its row stands: what is public, if it is."""
        if self.locale.language_code == languages.source_code():
            return self
        originals = type(self)._default_manager.filter(
            translation_key=self.translation_key,
            locale__language_code=languages.source_code(),
        )
        return originals.first()

    def localized_parent(self, parent: Page, locale: Locale) -> Page:
        """Return the page under which this page's translation stands."""
        return localized_tree.translated_parent(parent, locale)

    # --- where it stands ---

    def is_front_page(self) -> bool:
        """Say whether all pages in its language stand below it."""
        return self.depth == 2

    def public_path(self) -> str:
        """Return the public address without the host; it ends with a slash."""
        return languages.public_path(self.locale.language_code, self.url_path)

    def parent_key(self) -> uuid.UUID | None:
        keys = self.ancestor_keys()
        return uuid.UUID(keys[-1]) if keys else None

    def ancestor_keys(self) -> list[str]:
        """Return the translation keys of the pages above, home page first."""
        ancestors = self.get_ancestors().filter(depth__gt=1)
        return [str(key) for key in ancestors.values_list("translation_key", flat=True)]

    def menu_sort_key(self) -> str:
        return self.path if self.show_in_menus else ""

    def get_url_parts(self, *args: Any, **kwargs: Any) -> tuple[int, str, str]:
        """Return the public address: readers are not served by Wagtail."""
        return (0, settings.CMS_PUBLIC_BASE_URL, self.public_path())

    # --- the admin ---

    def permissions_for_user(self, user: User) -> GatePermissionTester:
        return GatePermissionTester(user, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Render the draft's document with the readers' own templates."""
        render = import_string(settings.CMS_PREVIEW_RENDERER)
        return render(request, self.rendering())

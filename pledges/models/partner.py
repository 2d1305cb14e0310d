"""Who makes pledges, and who works for them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel

from cms.core.models import SharedBlock
from cms.core.originals import original_key
from pledges import kinds
from pledges.models.periods import ends_after_start
from pledges.staff_choices import PartnerCategory


class Partner(SharedBlock):
    """An organisation. Its official name is the same in every language."""

    kind = kinds.Partner

    name = models.CharField(_("official name"), max_length=120)
    display_name = models.CharField(
        _("what it is"), max_length=160, blank=True,
        help_text=_("Said after the name, for those who do not know it."),
    )  # fmt: skip
    category = models.CharField(
        _("kind"), max_length=20, choices=PartnerCategory.choices
    )
    police_unit = models.CharField(_("police district"), max_length=120, blank=True)
    org_no = models.CharField(_("organisation number"), max_length=13, blank=True)
    url = models.URLField(_("website"), blank=True)
    reminder_email = models.EmailField(
        _("e-mail for reminders"), blank=True,
        help_text=_("Not public. Gets a reminder when a follow-up is due."),
    )  # fmt: skip
    logo = models.ForeignKey(
        "core.ContentImage", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("logo"),
    )  # fmt: skip
    logo_alt = models.CharField(
        _("text alternative of the logo"), max_length=160, blank=True
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("display_name"), FieldPanel("category")],
            _("Organisation"),
        ),
        MultiFieldPanel(
            [FieldPanel("police_unit"), FieldPanel("org_no"), FieldPanel("url")],
            _("Facts"),
        ),
        FieldPanel("reminder_email"),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("logo_alt")], _("Logo")),
        PublishingPanel(),
    ]

    class Meta(SharedBlock.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name


class Person(SharedBlock):
    """Somebody who answers for a pledge. Old quotes keep the title held then (R-27)."""

    kind = kinds.Person

    name = models.CharField(_("name"), max_length=120)
    role_title = models.CharField(_("title"), max_length=120)
    organisation = original_key("pledges.Partner", verbose_name=_("organisation"))
    phone = models.CharField(
        _("telephone at work"), max_length=20, blank=True,
        help_text=_("With country code: +4626240000."),
    )  # fmt: skip
    email = models.EmailField(_("e-mail at work"), blank=True)
    publish_contact = models.BooleanField(
        _("show telephone and e-mail to readers"), default=False
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("role_title"),
        FieldPanel("organisation"),
        MultiFieldPanel(
            [FieldPanel("phone"), FieldPanel("email"), FieldPanel("publish_contact")],
            _("Contact"),
        ),
        MultiFieldPanel(
            [FieldPanel("valid_from"), FieldPanel("valid_to")], _("In this position")
        ),
        PublishingPanel(),
    ]

    class Meta(SharedBlock.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            *SharedBlock.Meta.constraints,
            ends_after_start(
                "person", "valid_from", "valid_to", optional=("valid_to",)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def shown_phone(self) -> str:
        """Return the number if the person has agreed to show it."""
        return self.phone if self.publish_contact else ""

    def shown_email(self) -> str:
        """Return the address if the person has agreed to show it."""
        return self.email if self.publish_contact else ""


def only_municipality() -> int | None:
    """Return the municipality, if there is one and only one among the partners."""
    found = Partner._default_manager.filter(
        category="municipality", locale__language_code="sv"
    )
    keys = list(found.values_list("pk", flat=True)[:2])
    return keys[0] if len(keys) == 1 else None

"""Groups that work for a focus area. Organisations and roles are public, members not."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel

from cms.core.models import SharedBlock
from cms.core.originals import original_key, original_keys
from pledges import kinds
from pledges.staff_choices import Level


class WorkingGroup(SharedBlock):
    """Who meets about what, how often, and who calls them together."""

    kind = kinds.WorkingGroup

    name = models.CharField(_("name"), max_length=120)
    mission = models.TextField(_("task"), max_length=500, blank=True)
    convener = original_key("pledges.Partner", verbose_name=_("convener"))
    convener_role = models.CharField(_("convener's role"), max_length=120, blank=True)
    convener_person = original_key(
        "pledges.Person", verbose_name=_("convener in person"),
        help_text=_("Not public: readers are told the organisation and the role."),
    )  # fmt: skip
    members = original_keys("pledges.Partner", verbose_name=_("members"))
    meeting_frequency = models.CharField(_("meets"), max_length=160, blank=True)
    level = models.CharField(
        _("level"), max_length=10, choices=Level.choices, default=Level.OPERATIVE
    )
    parent = original_key("pledges.WorkingGroup", verbose_name=_("reports to"))
    contact = original_key("core.ContactBlock", verbose_name=_("contact"))
    active = models.BooleanField(_("active"), default=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("mission"),
        MultiFieldPanel(
            [
                FieldPanel("convener"),
                FieldPanel("convener_role"),
                FieldPanel("convener_person"),
            ],
            _("Convener"),
        ),
        FieldPanel("members"),
        FieldPanel("meeting_frequency"),
        MultiFieldPanel(
            [FieldPanel("level"), FieldPanel("parent"), FieldPanel("active")],
            _("Organisation"),
        ),
        FieldPanel("contact"),
        PublishingPanel(),
    ]

    class Meta(SharedBlock.Meta):
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")

    def __str__(self) -> str:
        return self.name

"""A signed programme for a period, and the list of all programmes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin

from cms.core.blocks.text import INLINE
from cms.core.declared import FieldsOfKind
from cms.core.originals import original_key, original_keys
from pledges import kinds, rules
from pledges.forms import ProgrammeForm
from pledges.models.periods import ends_after_start
from pledges.models.pledge_page import Enduring, PledgePage
from pledges.panels import ContentsPanel, OriginalsPanel
from pledges.staff_choices import Cadence

if TYPE_CHECKING:
    from cms.gate.errors import Issue

LISTS = [*INLINE, "ul", "ol"]


class PledgeIndexPage(PledgePage):
    """All programmes, by period and focus area."""

    kind = kinds.OverviewPage
    parent_page_types = ["home.HomePage"]
    subpage_types = ["pledges.PledgeProgramme"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of pledges")
        verbose_name_plural = _("lists of pledges")


class PledgeProgramme(PledgePage):
    """What is promised for a period, who signed it and when it is followed up.

    One programme for each period: a new period never overwrites an earlier one.
    """

    kind = kinds.ProgrammePage
    base_form_class = ProgrammeForm
    parent_page_types = ["pledges.PledgeIndexPage"]
    subpage_types = ["pledges.Pledge", "pledges.FollowUp"]

    period_start = models.DateField(_("first day of the period"))
    period_end = models.DateField(_("last day of the period"))
    parties = original_keys("pledges.Partner", verbose_name=_("parties"))
    basis = RichTextField(_("what it builds on"), features=LISTS, blank=True)
    dialogues = original_keys("pledges.CitizenDialogue", verbose_name=_("dialogues"))
    surveys = original_keys("pledges.SafetySurvey", verbose_name=_("surveys"))
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_at_place = models.CharField(_("signed at"), max_length=120, blank=True)
    agreement = models.ForeignKey(
        "core.MediaFile", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("signed document"),
    )  # fmt: skip
    cadence = models.CharField(
        _("is followed up"), max_length=10, choices=Cadence.choices,
        default=Cadence.TERTIAL,
    )  # fmt: skip
    reminder_email = models.EmailField(
        _("e-mail for reminders"), blank=True,
        help_text=_(
            "The unit that writes the follow-ups. Without it, reminders go to "
            "whoever answers for the facts of this page."
        ),
    )  # fmt: skip
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("follows after"),
    )  # fmt: skip
    police_url = models.URLField(_("the same pledge at the police"), blank=True)
    register_no = models.CharField(_("registration number"), max_length=40, blank=True)

    content_panels = [
        ContentsPanel(heading=_("Pledges and follow-ups")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")]),
                OriginalsPanel("parties"),
            ],
            _("Period and parties"),
        ),
        TitleFieldPanel(
            "title", placeholder=False,
            help_text=_("Leave empty to name it after its period."),
        ),
        FieldPanel("ingress"),
        MultiFieldPanel(
            [
                FieldPanel("basis"),
                OriginalsPanel("dialogues"),
                OriginalsPanel("surveys"),
            ],
            _("Why"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("signed_on"), FieldPanel("signed_at_place")]),
                InlinePanel("signatories", label=_("Signatory")),
                FieldPanel("agreement"),
            ],
            _("Signature"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("cadence"),
                InlinePanel(
                    "planned_followups", label=_("Planned follow-up"),
                    help_text=_("Leave empty to plan them by the cadence."),
                ),
                FieldPanel("reminder_email"),
            ],
            _("Follow-ups"),
        ),
        *PledgePage.content_panels[2:],
        MultiFieldPanel(
            [
                FieldPanel("predecessor"),
                FieldPanel("police_url"),
                FieldPanel("register_no"),
            ],
            _("References"),
            classname="collapsed",
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("pledge programme")
        verbose_name_plural = _("pledge programmes")
        constraints = [ends_after_start("programme", "period_start", "period_end")]

    def list_date(self) -> str:
        """Lists show the newest period first."""
        return f"{self.period_start.isoformat()}T12:00:00+00:00"

    def publication_issues(self) -> Iterable[Issue]:
        yield from super().publication_issues()
        yield from rules.programme_issues(self)

    def withdrawal_issues(self) -> Iterable[Issue]:
        yield from super().withdrawal_issues()
        yield from rules.programme_withdrawal_issues(self)


class Signatory(Enduring, TranslatableMixin, Orderable):
    """Who signed for a party, with the title held then (a copy, not a reference)."""

    kind = kinds.Signatory
    translatable_fields = FieldsOfKind()

    programme = ParentalKey(
        PledgeProgramme, on_delete=models.CASCADE, related_name="signatories"
    )
    partner = original_key("pledges.Partner", required=True, verbose_name=_("for"))
    person_name = models.CharField(_("name"), max_length=120)
    role_title = models.CharField(_("title then"), max_length=120)

    panels = [
        OriginalsPanel("partner"),
        FieldRowPanel([FieldPanel("person_name"), FieldPanel("role_title")]),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")

    def __str__(self) -> str:
        return self.person_name


class PlannedFollowUp(TranslatableMixin, Orderable):
    """A follow-up that residents have been promised, with the day it is due."""

    kind = kinds.PlannedFollowUp
    translatable_fields = FieldsOfKind()

    programme = ParentalKey(
        PledgeProgramme, on_delete=models.CASCADE, related_name="planned_followups"
    )
    label = models.CharField(
        _("name of the period"), max_length=60, help_text=_("As: Tertial 1 2018.")
    )
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("to"))
    due_on = models.DateField(_("due on"))
    is_final = models.BooleanField(_("the final follow-up"), default=False)

    panels = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")]),
        FieldRowPanel([FieldPanel("due_on"), FieldPanel("is_final")]),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("planned follow-up")
        verbose_name_plural = _("planned follow-ups")
        constraints = [ends_after_start("planned", "period_start", "period_end")]

    def __str__(self) -> str:
        return self.label

"""Reporting back: what was done, what was not, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin

from cms.core.declared import FieldsOfKind
from cms.core.originals import original_keys
from pledges import kinds, rules
from pledges.choices import Status
from pledges.forms import FollowUpForm
from pledges.models.pledge_page import Enduring, PledgePage
from pledges.models.programme import LISTS, PlannedFollowUp
from pledges.panels import (
    HiddenPanel,
    LinesPanel,
    OriginalsPanel,
    parties_of_programme,
)

if TYPE_CHECKING:
    from cms.gate.errors import Issue


class FollowUp(PledgePage):
    """One report on every activity of a programme. The lead is the summary."""

    kind = kinds.FollowUpPage
    base_form_class = FollowUpForm
    parent_page_types = ["pledges.PledgeProgramme"]
    subpage_types: list[str] = []

    occasion = models.ForeignKey(
        PlannedFollowUp, on_delete=models.RESTRICT, related_name="+",
        verbose_name=_("planned follow-up"),
    )  # fmt: skip
    effect_text = RichTextField(_("effects"), features=LISTS, blank=True)
    caveat = models.TextField(
        _("how to read the figures"), max_length=400, blank=True,
        default="Siffrorna visar vad som har hänt, men inte om det beror på vårt "
        "arbete.",
    )  # fmt: skip
    next_steps = models.TextField(_("what happens next"), max_length=600, blank=True)
    channels_used = models.CharField(
        _("where we have told about it"), max_length=250, blank=True
    )
    approved_by_parties = original_keys(
        "pledges.Partner", verbose_name=_("approved by"),
        help_text=_("Every party of the programme must have approved it."),
    )  # fmt: skip
    approval_reference = models.CharField(
        _("how they approved"), max_length=120, blank=True,
        help_text=_("Not public: a registration number or the date of an e-mail."),
    )  # fmt: skip

    content_panels = [
        PledgePage.content_panels[0],
        FieldPanel("occasion"),
        FieldPanel("ingress", heading=_("Summary")),
        LinesPanel("lines", label=_("Activity"), heading=_("Activity by activity")),
        FieldPanel("effect_text"),
        FieldPanel("caveat"),
        FieldPanel("next_steps"),
        FieldPanel("channels_used"),
        MultiFieldPanel(
            [
                OriginalsPanel("approved_by_parties", offered=parties_of_programme),
                FieldPanel("approval_reference"),
            ],
            _("Approval by the parties"),
        ),
        *PledgePage.content_panels[2:],
    ]

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")

    def list_date(self) -> str:
        """A report is about its period, not about the day somebody typed it."""
        return f"{self.occasion.period_end.isoformat()}T12:00:00+00:00"

    def publication_issues(self) -> Iterable[Issue]:
        yield from super().publication_issues()
        yield from rules.followup_issues(self)

    def withdrawal_issues(self) -> Iterable[Issue]:
        yield from super().withdrawal_issues()
        yield from rules.followup_withdrawal_issues(self)


class FollowUpLine(Enduring, TranslatableMixin, Orderable):
    """How one activity stands at the end of a period."""

    kind = kinds.Line
    translatable_fields = FieldsOfKind()

    followup = ParentalKey(FollowUp, on_delete=models.CASCADE, related_name="lines")
    activity = models.ForeignKey(
        "pledges.PledgeActivity", on_delete=models.RESTRICT, related_name="+",
        verbose_name=_("activity"),
    )  # fmt: skip
    status_after = models.CharField(
        _("status now"), max_length=15, choices=Status.choices, blank=True
    )
    value = models.DecimalField(
        _("result"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    text = models.TextField(_("what was done"), max_length=600, blank=True)
    reason = models.TextField(
        _("why not"), max_length=600, blank=True,
        help_text=_("Needed unless it is in progress, continuous or completed."),
    )  # fmt: skip
    evidence_url = models.URLField(_("read more at"), blank=True)

    panels = [
        HiddenPanel("activity", widget=forms.HiddenInput),
        FieldRowPanel([FieldPanel("status_after"), FieldPanel("value")]),
        FieldPanel("text"),
        FieldPanel("reason"),
        FieldPanel("evidence_url"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("line of a follow-up")
        verbose_name_plural = _("lines of follow-ups")
        constraints = [
            models.UniqueConstraint(
                fields=["followup", "activity"], name="pledges_line_once_per_activity"
            )
        ]

    def __str__(self) -> str:
        return str(self.activity)

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Any:
        """Leave out the line of an activity that does not exist any more."""
        if "activity" in cls.gone(data):
            return None
        return super().from_serializable_data(data, check_fks, strict_fks)

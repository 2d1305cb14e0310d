"""A pledge and the activities that are to keep it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin

from cms.core.declared import FieldsOfKind
from cms.core.originals import original_key, original_keys
from pledges import kinds, rules
from pledges.choices import Outcome
from pledges.forms import PledgeForm
from pledges.models.partner import only_municipality
from pledges.models.periods import ends_after_start
from pledges.models.pledge_page import Enduring, PledgePage
from pledges.models.programme import LISTS
from pledges.panels import (
    FoldedPanel,
    OriginalsPanel,
    activities_of_pledge,
    parties_of_programme,
)
from pledges.staff_choices import ActivityCategory, Aggregation, TargetOp

if TYPE_CHECKING:
    from cms.gate.errors import Issue


class Pledge(PledgePage):
    """One promise to residents. The lead *is* the promise, in a sentence or two."""

    kind = kinds.PledgePage
    base_form_class = PledgeForm
    parent_page_types = ["pledges.PledgeProgramme"]
    subpage_types: list[str] = []

    number = models.PositiveSmallIntegerField(_("number"), default=1)
    background = RichTextField(_("background"), features=LISTS, blank=True)
    goal = models.TextField(
        _("goal"), max_length=400, blank=True,
        help_text=_(
            "What is to be different, where and when, so that it can be checked."
        ),
    )  # fmt: skip
    expected_effects = RichTextField(_("expected effects"), features=LISTS, blank=True)
    parties = original_keys(
        "pledges.Partner", verbose_name=_("parties"),
        help_text=_("Leave empty if all parties of the programme make this pledge."),
    )  # fmt: skip
    focus_areas = original_keys("pledges.FocusArea", verbose_name=_("focus areas"))
    areas = original_keys("pledges.Place", verbose_name=_("where"))
    dialogues = original_keys("pledges.CitizenDialogue", verbose_name=_("dialogues"))
    indicators = original_keys(
        "pledges.SurveyIndicator", verbose_name=_("survey figures")
    )
    contact_persons = original_keys("pledges.Person", verbose_name=_("contact people"))
    feedback_url = models.URLField(_("form for comments"), blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=15, choices=Outcome.choices, blank=True,
        help_text=_("When the period has ended and the final follow-up is public."),
    )  # fmt: skip
    outcome_summary = models.TextField(_("how it went"), max_length=600, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_reason = models.TextField(
        _("why it was withdrawn"), max_length=600, blank=True
    )

    content_panels = [
        PledgePage.content_panels[0],
        FieldPanel(
            "ingress", heading=_("The promise"),
            help_text=_("One or two sentences that begin with: Vi lovar …"),
        ),
        InlinePanel("activities", label=_("Activity"), heading=_("What we shall do")),
        MultiFieldPanel(
            [
                FieldPanel("background"),
                OriginalsPanel("dialogues"),
                FieldPanel("goal"),
                FieldPanel("expected_effects"),
                OriginalsPanel("indicators"),
            ],
            _("Why"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("number", heading=_("Number in the programme")),
                OriginalsPanel("parties", offered=parties_of_programme),
                OriginalsPanel("focus_areas"),
                OriginalsPanel("areas"),
                OriginalsPanel("contact_persons"),
                FieldPanel("feedback_url"),
            ],
            _("Who and where"),
        ),
        *PledgePage.content_panels[2:],
        MultiFieldPanel(
            [
                FieldPanel("outcome"),
                FieldPanel("outcome_summary"),
                FieldPanel("withdrawn_on"),
                FieldPanel("withdrawn_reason"),
            ],
            _("Outcome"),
            classname="collapsed",
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")

    def publication_issues(self) -> Iterable[Issue]:
        yield from super().publication_issues()
        yield from rules.pledge_issues(self)

    def withdrawal_issues(self) -> Iterable[Issue]:
        yield from super().withdrawal_issues()
        yield from rules.pledge_withdrawal_issues(self)


class PledgeActivity(Enduring, TranslatableMixin, ClusterableModel, Orderable):
    """Something that is done to keep a pledge, with somebody who answers for it (I5).

    How it goes is said by follow-ups, never here.
    """

    kind = kinds.Activity

    pledge = ParentalKey(Pledge, on_delete=models.CASCADE, related_name="activities")
    title = models.CharField(
        _("activity"), max_length=140, help_text=_("Begin with a verb.")
    )
    description = RichTextField(_("description"), features=LISTS, blank=True)
    responsible = original_key(
        "pledges.Partner", required=True, verbose_name=_("responsible")
    )
    also_responsible = original_keys("pledges.Partner", verbose_name=_("together with"))
    cooperating = original_keys("pledges.Partner", verbose_name=_("with help from"))
    category = models.CharField(
        _("kind"), max_length=15, choices=ActivityCategory.choices,
        default=ActivityCategory.OTHER,
    )  # fmt: skip
    schedule_text = models.CharField(_("when"), max_length=160, blank=True)
    start = models.DateField(_("from"), null=True, blank=True)
    due = models.DateField(_("to be done by"), null=True, blank=True)
    target_op = models.CharField(
        _("target"), max_length=5, choices=TargetOp.choices, default=TargetOp.NONE
    )
    target_value = models.DecimalField(
        _("number"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(
        _("of what"), max_length=60, blank=True, help_text=_("As: lit paths.")
    )
    aggregation = models.CharField(
        _("the result is"), max_length=6, choices=Aggregation.choices,
        default=Aggregation.LATEST,
    )  # fmt: skip
    places = original_keys("pledges.Place", verbose_name=_("places"))
    indicator = original_key("pledges.SurveyIndicator", verbose_name=_("survey figure"))
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("replaced by"),
    )  # fmt: skip

    panels = [
        FieldPanel("title"),
        FieldRowPanel(
            [
                OriginalsPanel("responsible", default=only_municipality),
                FieldPanel("category"),
            ]
        ),
        FieldRowPanel(
            [FieldPanel("target_op"), FieldPanel("target_value"), FieldPanel("unit")]
        ),
        FieldRowPanel([FieldPanel("start"), FieldPanel("due")]),
        FoldedPanel(
            [
                OriginalsPanel("also_responsible"),
                OriginalsPanel("cooperating"),
                FieldPanel("aggregation"),
                FieldPanel("description"),
                FieldPanel("schedule_text"),
                OriginalsPanel("places"),
                OriginalsPanel("indicator"),
                OriginalsPanel("replaced_by", offered=activities_of_pledge),
            ],
            summary=_("More about the activity"),
        ),
    ]

    translatable_fields = FieldsOfKind()

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            ends_after_start("activity", "start", "due", optional=("due", "start")),
            models.CheckConstraint(
                condition=Q(target_op="none", target_value__isnull=True)
                | (~Q(target_op="none") & Q(target_value__isnull=False)),
                name="pledges_activity_target_is_whole",
                violation_error_message=_(
                    "A target is a choice and a number, or neither."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def everybody_responsible(self) -> list[Any]:
        """Return who answers for it, and then those who share in it."""
        also = sorted(self.also_responsible.all(), key=lambda each: each.pk)
        return [self.responsible, *also]

    @property
    def target(self) -> dict[str, Any] | None:
        """What is to be reached, if anything is."""
        if self.target_value is None:
            return None
        return {"op": self.target_op, "value": self.target_value}

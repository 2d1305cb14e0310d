"""What the municipality works for in the long run, and its list."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.core.fields import StreamField
from cms.core.models import BasePage
from cms.core.originals import original_key, original_keys
from pledges import kinds
from pledges.models.periods import ends_after_start
from pledges.staff_choices import FocusCategory


class GoalBlock(blocks.CharBlock):
    """One thing to reach."""

    class Meta:
        icon = "tick"
        label = _("Goal")

    def to_document(self, value: str) -> dict[str, str]:
        return {"text": value}


class FormerNameBlock(blocks.StructBlock):
    """A name from before this system. Later renamings are read from the log (I11)."""

    name = blocks.CharBlock(max_length=120, label=_("Former name"))
    years = blocks.RegexBlock(
        regex=r"^\d{4}(–\d{4})?$", required=False, label=_("Years"),
        help_text=_("As 2015–2017."),
        error_messages={"invalid": _("Write years as 2015–2017.")},
    )  # fmt: skip

    class Meta:
        icon = "history"
        label = _("Former name")


class FocusAreaIndexPage(BasePage):
    """Lists the focus areas."""

    kind = kinds.FocusAreasPage
    parent_page_types = ["home.HomePage"]
    subpage_types = ["pledges.FocusArea"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of focus areas")
        verbose_name_plural = _("lists of focus areas")


class FocusArea(BasePage):
    """One area: its name is the title, why it was chosen the lead."""

    kind = kinds.FocusAreaPage
    parent_page_types = ["pledges.FocusAreaIndexPage"]
    subpage_types: list[str] = []

    category = models.CharField(
        _("kind"), max_length=10, choices=FocusCategory.choices,
        default=FocusCategory.LONG_TERM,
    )  # fmt: skip
    goals = StreamField(
        [("goal", GoalBlock(max_length=200))], blank=True, verbose_name=_("goals")
    )
    former_names = StreamField(
        [("former_name", FormerNameBlock())], blank=True,
        verbose_name=_("former names"),
    )  # fmt: skip
    working_group = original_key(
        "pledges.WorkingGroup", verbose_name=_("working group")
    )
    indicators = original_keys(
        "pledges.SurveyIndicator", verbose_name=_("survey figures")
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    content_panels = [
        *BasePage.content_panels[:2],
        FieldPanel("goals"),
        FieldPanel("working_group"),
        FieldPanel("indicators"),
        *BasePage.content_panels[2:],
        FieldPanel("former_names"),
        MultiFieldPanel(
            [
                FieldPanel("category"),
                FieldPanel("valid_from"),
                FieldPanel("valid_to"),
            ],
            _("Time"),
        ),
    ]

    class Meta:
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")
        constraints = [
            ends_after_start(
                "focus_area", "valid_from", "valid_to", optional=("valid_to",)
            )
        ]

"""Surveys of how safe people feel, what they measure, and their results."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    PublishingPanel,
)
from wagtail.models import Orderable

from cms.core.models import SharedBlock
from cms.core.originals import original_key
from cms.gate.rules import is_source
from pledges import kinds, suppression, survey_rules
from pledges.choices import Dimension, Polarity, Source, Unit

if TYPE_CHECKING:
    from cms.gate.errors import Issue


class SurveyIndicator(SharedBlock):
    """One question that is asked again and again, and how to read the answers."""

    kind = kinds.Indicator

    code = models.SlugField(_("code"), max_length=60)
    label = models.CharField(_("name"), max_length=120)
    question_text = models.TextField(_("question"), max_length=400, blank=True)
    unit = models.CharField(_("unit"), max_length=15, choices=Unit.choices)
    polarity = models.CharField(_("direction"), max_length=20, choices=Polarity.choices)
    source_family = models.CharField(
        _("source"), max_length=10, choices=Source.choices, default=Source.MUNICIPAL
    )

    panels = [
        FieldPanel("code"),
        FieldPanel("label"),
        FieldPanel("question_text"),
        MultiFieldPanel(
            [FieldPanel("unit"), FieldPanel("polarity"), FieldPanel("source_family")],
            _("How to read it"),
        ),
        PublishingPanel(),
    ]

    class Meta(SharedBlock.Meta):
        verbose_name = _("survey question")
        verbose_name_plural = _("survey questions")
        constraints = [
            *SharedBlock.Meta.constraints,
            models.UniqueConstraint(
                fields=["code", "locale"], name="pledges_indicator_one_per_code"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class SafetySurvey(SharedBlock):
    """One round of asking, with its results. Results are figures: never translated."""

    kind = kinds.Survey

    name = models.CharField(_("name"), max_length=120)
    commissioner = original_key("pledges.Partner", verbose_name=_("commissioned by"))
    method = models.TextField(_("method"), max_length=500, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990)]
    )
    year_to = models.PositiveSmallIntegerField(
        _("last year, when several years are taken together"), null=True, blank=True
    )
    area_name = models.CharField(_("area"), max_length=80)
    n_asked = models.PositiveIntegerField(_("asked"), null=True, blank=True)
    n_answered = models.PositiveIntegerField(_("answered"), null=True, blank=True)
    collected_from = models.DateField(_("collected from"), null=True, blank=True)
    collected_to = models.DateField(_("collected to"), null=True, blank=True)
    method_break = models.BooleanField(
        _("the method has changed: not comparable with earlier years"), default=False
    )
    method_break_note = models.CharField(
        _("what has changed"), max_length=250, blank=True
    )
    report_url = models.URLField(_("report"), blank=True)

    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [FieldPanel("year"), FieldPanel("year_to"), FieldPanel("area_name")],
            _("When and where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("commissioner"),
                FieldPanel("method"),
                FieldPanel("n_asked"),
                FieldPanel("n_answered"),
                FieldPanel("collected_from"),
                FieldPanel("collected_to"),
                FieldPanel("method_break"),
                FieldPanel("method_break_note"),
                FieldPanel("report_url"),
            ],
            _("How it was done"),
        ),
        HelpPanel(
            template="pledges/admin/import_results_panel.html",
            heading=_("Results from a file"),
        ),
        InlinePanel("results", label=_("Result"), heading=_("Results")),
        PublishingPanel(),
    ]

    class Meta(SharedBlock.Meta):
        verbose_name = _("safety survey")
        verbose_name_plural = _("safety surveys")
        constraints = [
            *SharedBlock.Meta.constraints,
            models.CheckConstraint(
                condition=Q(year_to__isnull=True) | Q(year_to__gte=F("year")),
                name="pledges_survey_ends_after_start",
                violation_error_message=_("The last year is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(n_asked__isnull=True)
                | Q(n_answered__isnull=True)
                | Q(n_answered__lte=F("n_asked")),
                name="pledges_survey_answers_at_most_asked",
                violation_error_message=_("More people answered than were asked."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def public_results(self) -> list[SurveyResult]:
        """Return the results that may leave the desk (I10), and so the log knows them.

        A translation has none: what its row was given once may since have been hidden.
        """
        own = self.results.all() if is_source(self) else ()
        return suppression.published(own, self.n_answered)

    def publication_issues(self) -> Iterable[Issue]:
        yield from super().publication_issues()
        yield from survey_rules.survey_issues(self)


class SurveyResult(Orderable):
    """One figure. A small one is kept here, and never leaves (I10)."""

    survey = ParentalKey(SafetySurvey, on_delete=models.CASCADE, related_name="results")
    indicator = original_key(
        "pledges.SurveyIndicator", required=True, verbose_name=_("question")
    )
    dimension = models.CharField(
        _("broken down by"), max_length=10, choices=Dimension.choices,
        default=Dimension.TOTAL,
    )  # fmt: skip
    group = models.CharField(
        _("group"), max_length=40, blank=True,
        help_text=_("women or men, an age such as 16-24, or the name of an area."),
    )  # fmt: skip
    value = models.DecimalField(_("value"), max_digits=9, decimal_places=2)
    n = models.PositiveIntegerField(_("answers"), null=True, blank=True)
    margin = models.DecimalField(
        _("margin of error"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    comparison_area = models.CharField(_("compared with"), max_length=80, blank=True)
    comparison_value = models.DecimalField(
        _("value there"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    suppressed = models.BooleanField(
        _("never publish"), default=False,
        help_text=_("Few answers are left out anyway."),
    )  # fmt: skip

    class Meta(Orderable.Meta):
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "indicator", "dimension", "group"],
                name="pledges_result_once_per_survey",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.group}".strip()

    def answers(self) -> int | None:
        """Return how many answers it rests on; None when nobody knows."""
        return suppression.answers(self, self.survey.n_answered)

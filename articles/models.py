"""News articles and the page that lists them."""

from __future__ import annotations

from datetime import datetime, time

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from articles import kinds
from cms.core.models import BasePage
from cms.core.originals import originals


class ArticleIndexPage(BasePage):
    """Lists the articles below it, newest first."""

    kind = kinds.ArticleIndexPage
    parent_page_types = ["home.HomePage"]
    subpage_types = ["articles.ArticlePage"]

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")


class ArticlePage(BasePage):
    """One piece of news. Its date is when it happened, not when it was typed."""

    kind = kinds.ArticlePage
    parent_page_types = ["articles.ArticleIndexPage"]
    subpage_types: list[str] = []

    news_date = models.DateField(_("date of the news"), default=timezone.localdate)
    category = models.CharField(_("category"), max_length=60, blank=True)
    hero_image = models.ForeignKey(
        "core.ContentImage", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("main image"),
    )  # fmt: skip
    # A main image has no caption: the lead says what it shows.
    hero_caption = ""
    hero_alt = models.CharField(
        _("text alternative of the main image"), max_length=250, blank=True,
        help_text=_("What the image tells, for those who do not see it."),
    )  # fmt: skip
    hero_decorative = models.BooleanField(
        _("the main image only decorates"), default=False
    )

    focus_areas = ParentalManyToManyField(
        "pledges.FocusArea", related_name="+", blank=True,
        limit_choices_to=originals, verbose_name=_("focus areas"),
    )  # fmt: skip

    content_panels = [
        *BasePage.content_panels[:1],
        FieldPanel("news_date"),
        *BasePage.content_panels[1:],
        MultiFieldPanel(
            [
                FieldPanel("hero_image"),
                FieldPanel("hero_alt"),
                FieldPanel("hero_decorative"),
            ],
            _("Main image"),
        ),
        FieldPanel("category"),
        FieldPanel("focus_areas", widget=forms.CheckboxSelectMultiple),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def list_date(self) -> str:
        """Lists sort news by the day on which it happened."""
        return timezone.make_aware(
            datetime.combine(self.news_date, time(12))
        ).isoformat()

"""News articles and the page that lists them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from articles import documents
from cms.core.models import BasePage
from cms.core.originals import originals
from cms.engine.fields import SynchronizedField, TranslatableField


class ArticleIndexPage(BasePage):
    """Lists the articles below it, newest first."""

    publication_type = "articles.index"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["articles.ArticlePage"]

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")

    def document(self) -> dict[str, Any]:
        return documents.index_document(self)


class ArticlePage(BasePage):
    """One piece of news. Its date is when it happened, not when it was typed."""

    publication_type = "articles.article"
    parent_page_types = ["articles.ArticleIndexPage"]
    subpage_types: list[str] = []

    news_date = models.DateField(_("date of the news"), default=timezone.localdate)
    category = models.CharField(_("category"), max_length=60, blank=True)
    hero_image = models.ForeignKey(
        "core.ContentImage", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("main image"),
    )  # fmt: skip
    hero_alt = models.CharField(
        _("text alternative of the main image"), max_length=250, blank=True
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
            [FieldPanel("hero_image"), FieldPanel("hero_alt")], _("Main image")
        ),
        FieldPanel("category"),
        FieldPanel("focus_areas", widget=forms.CheckboxSelectMultiple),
    ]

    translatable_fields = [
        *BasePage.translatable_fields,
        TranslatableField("hero_alt"),
        TranslatableField("category"),
        SynchronizedField("news_date", overridable=False),
        SynchronizedField("hero_image", overridable=False),
        SynchronizedField("focus_areas", overridable=False),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def document(self) -> dict[str, Any]:
        return documents.article_document(self)

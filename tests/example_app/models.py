"""Pages about something that happens on a day."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.core.models import BasePage
from cms.core.originals import original_key
from cms.gate.errors import Issue
from tests.example_app import kinds, rules


class EventPage(BasePage):
    """One event."""

    kind = kinds.EventPage
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    starts_on = models.DateField(_("when"))
    place = original_key("pledges.Place", verbose_name=_("place"))
    film = models.ForeignKey(
        "core.MediaFile", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("Film"),
    )  # fmt: skip

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("starts_on"),
        FieldPanel("place"),
        FieldPanel("film"),
    ]

    class Meta:
        verbose_name = _("Meeting")
        verbose_name_plural = _("Events")

    def publication_issues(self) -> Iterator[Issue]:
        yield from super().publication_issues()
        yield from rules.event_issues(self)

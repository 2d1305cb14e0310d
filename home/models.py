"""The front page of a language, and pages that are neither news nor pledges."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.core.models import BasePage
from home import kinds


class HomePage(BasePage):
    """The front page. There is one for each language, and all others stand below."""

    kind = kinds.HomePage
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")


class StandardPage(BasePage):
    """A page with lasting information."""

    kind = kinds.StandardPage
    parent_page_types = ["home.HomePage", "home.StandardPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

"""What the front page and lasting information consist of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.kinds.kinds import PageKind


class HomePage(PageKind):
    """The front page."""

    type_name = "home.home"
    verbose_name = _("front page")
    template = "home/home.html"
    shows_news = True
    example = {"title": "Exempel kommun", "ingress": "Välkommen."}


class StandardPage(PageKind):
    """Lasting information."""

    type_name = "home.standard"
    verbose_name = _("page")
    example = {"title": "Om webbplatsen", "ingress": "Så arbetar vi."}

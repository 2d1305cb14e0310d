"""What a page must be like before it may be reviewed or published.

Each rule names its requirement in the domain report (R-nn).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cms.publishing.errors import Issue

if TYPE_CHECKING:
    from cms.core.page import BasePage

MAX_TITLE = 90
MAX_INGRESS = 400


def page_issues(page: BasePage) -> Iterator[Issue]:
    """Yield what is wrong with the page as it stands."""
    if len(page.title) > MAX_TITLE:
        yield Issue(
            "title_length", _("The title is longer than 90 characters."), "title"
        )
    if not page.ingress.strip():
        yield Issue("ingress", _("Write a lead: it is shown in lists."), "ingress")
    if len(page.ingress) > MAX_INGRESS:
        message = _("The lead is longer than 400 characters.")
        yield Issue("ingress_length", message, "ingress")
    yield from _heading_issues(page)
    yield from _quote_issues(page)


def _heading_issues(page: BasePage) -> Iterator[Issue]:
    """R-20: levels do not jump."""
    level = 1
    for block in page.body:
        if block.block_type != "heading":
            continue
        next_level = int(block.value["level"] or 2)
        if next_level > level + 1:
            text = _("The heading '%(heading)s' skips a level.")
            yield Issue(
                "heading_level", text % {"heading": block.value["text"]}, "body"
            )
        level = next_level


def _quote_issues(page: BasePage) -> Iterator[Issue]:
    """R-26: nobody is quoted without having approved it."""
    for block in page.body:
        if block.block_type == "quote" and not block.value["approved"]:
            text = _("%(name)s has not approved the quote yet.")
            yield Issue("quote_approval", text % {"name": block.value["name"]}, "body")

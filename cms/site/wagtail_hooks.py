"""What the frame of every page needs of the texts that staff may withdraw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from cms.gate import rules
from cms.gate.errors import Issue
from cms.log.models import Head
from cms.reading.pages import Reading, Redirect, read_path
from cms.site.context import ACCESSIBILITY_STATEMENT


@hooks.register("withdrawal_issues")
def the_statement_stays(obj: Any) -> Iterator[Issue]:
    """The law wants an accessibility statement; every footer leads to its address."""
    if not (isinstance(obj, Page) and rules.is_source(obj)):
        return
    answer = read_path(ACCESSIBILITY_STATEMENT)
    if not isinstance(answer, Reading | Redirect):
        return
    # By its key: the row may have moved, and the log not heard of it yet.
    there = Head.objects.public().filter(path=answer.path, key=obj.translation_key)
    if there.exists():
        text = _(
            "The footer of every page leads to '%(title)s', which the law asks for: "
            "change its text instead. A page that is to replace it takes over its "
            "address first."
        )
        yield Issue("accessibility_statement", text % {"title": obj.title})

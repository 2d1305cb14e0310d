"""The net under the gate.

Code can call Wagtail's verbs on a plain ``Page`` and so pass our overrides by. What
such a call takes away or moves must leave the log too; what it would make live is
refused.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_delete
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from cms.gate import actions, passing
from cms.gate.errors import NotApproved
from cms.gate.gated import Gated


def register() -> None:
    """Connect the handlers; called once, when the app is ready."""
    page_published.connect(refuse_past_the_gate)
    published.connect(refuse_past_the_gate)
    page_unpublished.connect(record_withdrawal)
    unpublished.connect(record_withdrawal)
    pre_delete.connect(withdraw_deleted)
    post_page_move.connect(complete_move)
    post_save.connect(withdraw_private_pages, sender=PageViewRestriction)


def refuse_past_the_gate(instance: Any, **kwargs: Any) -> None:
    """Stop a publication that did not come through the gate."""
    if isinstance(instance, Gated) and not passing.is_open_for(instance):
        raise NotApproved(_("Only an approved text can be published."))


def record_withdrawal(instance: Any, **kwargs: Any) -> None:
    """Whatever stops being live stops being public."""
    obj = instance.specific if isinstance(instance, Page) else instance
    if isinstance(obj, Gated) and not passing.is_open_for(obj):
        actions.withdraw(obj)


def withdraw_deleted(instance: Any, **kwargs: Any) -> None:
    """Whatever is deleted stops being public, and stays in the log."""
    if isinstance(instance, Gated):
        actions.withdraw(instance)


def complete_move(instance: Page, **kwargs: Any) -> None:
    """Whatever is moved takes its translations along and has a new address."""
    page = instance.specific
    if isinstance(page, Gated) and not passing.is_open_for(page):
        actions.complete_move(page)


def withdraw_private_pages(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Whatever only some may read is not public."""
    for page in instance.page.get_descendants(inclusive=True).live().specific():
        actions.withdraw(page)

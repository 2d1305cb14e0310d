"""How changes, people and times are shown in the screens of the gate."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail import hooks

from cms.gate.differences import ADDED, REMOVED, Change
from cms.gate.forms import WithdrawalForm
from cms.gate.leaving import whatever_leaves_with

register = template.Library()


@register.inclusion_tag("gate/leaving.html")
def leaving(obj: Any) -> dict[str, Any]:
    """Name every language that goes with ``obj``, or say why it must stay."""
    public, issues = whatever_leaves_with(obj)
    names = [each.locale.get_display_name() for each in public]
    return {"languages": list(dict.fromkeys(names)), "issues": issues}


@register.simple_tag
def must_stay(obj: Any) -> bool:
    """Say whether readers must keep ``obj``, or what goes with it."""
    return bool(whatever_leaves_with(obj)[1])


@register.inclusion_tag("gate/reason.html")
def ask_why() -> dict[str, Any]:
    return {"form": WithdrawalForm()}


@register.filter
def changes(found: list[Change]) -> SafeString:
    """Show changes with <ins> and <del>, and in words for a screen reader."""
    return format_html_join("", "{}", ((_change(change),) for change in found))


def _change(change: Change) -> SafeString:
    if change.kind == ADDED:
        return _marked("ins", _("added:"), change.text)
    if change.kind == REMOVED:
        return _marked("del", _("removed:"), change.text)
    return conditional_escape(change.text)


def _marked(tag: str, word: str, text: str) -> SafeString:
    return format_html(
        '<{0}><span class="w-sr-only"> [{1} </span>{2}'
        '<span class="w-sr-only">] </span></{0}>',
        tag, word, text,
    )  # fmt: skip


@register.filter
def moment(value: Any) -> str:
    """Return date and time as they are written in the reader's language."""
    if not value:
        return ""
    local = timezone.localtime(value)
    return f"{date_format(local, 'j F Y')} {clock(value)}"


@register.filter
def clock(value: Any) -> str:
    """Return the time of day; Swedish and Finnish write it with a full stop."""
    mark = "." if (get_language() or "").startswith(("sv", "fi")) else ":"
    return timezone.localtime(value).strftime(f"%H{mark}%M")


@register.filter
def person(user: Any) -> str:
    """Return a person's full name, or the username."""
    if user is None:
        return _("somebody who has left")
    return user.get_full_name() or user.get_username()


@register.filter
def people(users: list[Any]) -> str:
    """Return the names of several people."""
    return ", ".join(person(user) for user in users)


@register.simple_tag
def review_links(obj: Any) -> list[tuple[str, str]]:
    """Return address and words of what else can be done with a text that is read.

    Each comes from a hook ``register_review_links``, which is given the text.
    """
    return [link(obj) for link in hooks.get_hooks("register_review_links")]

"""The names of what can change in a pledge or follow-up, for readers (R-40)."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

register = template.Library()

NAMES = {
    "activity_added": gettext_noop("New activity"),
    "activity_removed": gettext_noop("An activity was removed"),
    "activity_title": gettext_noop("Name of the activity"),
    "background": gettext_noop("Why we promise this"),
    "channels": gettext_noop("Where we have told about it"),
    "cooperating": gettext_noop("Together with"),
    "description": gettext_noop("Description"),
    "details": gettext_noop("Other details"),
    "due": gettext_noop("To be done by"),
    "effects": gettext_noop("What we want to achieve"),
    "goal": gettext_noop("Goal"),
    "led_to": gettext_noop("What it has led to"),
    "next_steps": gettext_noop("What happens next"),
    "outcome": gettext_noop("How it went"),
    "outcome_text": gettext_noop("Text about how it went"),
    "parties": gettext_noop("Who makes the promise"),
    "promise": gettext_noop("The promise"),
    "report": gettext_noop("What the follow-up says"),
    "responsible": gettext_noop("Responsible"),
    "start": gettext_noop("Starts"),
    "status": gettext_noop("How it goes"),
    "summary": gettext_noop("Summary"),
    "target": gettext_noop("Target"),
    "text": gettext_noop("Text on the page"),
    "title": gettext_noop("Title"),
    "value": gettext_noop("Result in the period"),
    "withdrawn_on": gettext_noop("Withdrawn"),
}


@register.filter
def change_name(what: str) -> str:
    """Return what changed, in the reader's words."""
    return _(NAMES[what])

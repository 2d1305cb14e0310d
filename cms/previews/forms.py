"""What is asked before a preview link is made."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cms.previews.links import LIVES


class LinkForm(forms.Form):
    """For how long the link lives, and to whom it is sent."""

    days = forms.TypedChoiceField(
        label=_("Works for"),
        coerce=int,
        choices=[
            (days, ngettext_lazy("%d day", "%d days", days) % days)
            for days in sorted(LIVES)
        ],
        initial=LIVES[0],
    )
    note = forms.CharField(
        label=_("Sent to"),
        help_text=_("Only for you who work here. May be left empty."),
        required=False,
        max_length=200,
    )

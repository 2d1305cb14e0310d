"""The form of a webhook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.log.models import Action, Head
from cms.webhooks import targets
from cms.webhooks.actions import RESTED
from cms.webhooks.models import Endpoint
from cms.webhooks.obstacles import Undelivered


class EndpointForm(WagtailAdminModelForm):
    """Where to, and of what. A change of address is tried at once, as far as the name."""

    types = forms.MultipleChoiceField(
        label=_("Kinds of pages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By their names in the content API. None ticked: all."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        choices=lambda: settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all that readers are offered."),
    )
    actions = forms.MultipleChoiceField(
        label=_("Events"),
        required=False,
        choices=Action.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all."),
    )

    class Meta:
        model = Endpoint
        fields = ["name", "url", "enabled", "types", "languages", "actions"]
        help_texts = {
            "name": _("Which system it is."),
            "url": _("Begins with https:// and leads to a public address."),
            "enabled": _(
                "While it is not in use, nothing new is noted and nothing is sent."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Head.objects.order_by("type").values_list("type", flat=True).distinct()
        names = dict.fromkeys([*known, *self.instance.types])
        self.fields["types"].choices = [(name, name) for name in names]

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        if "url" in self.changed_data:
            try:
                targets.addresses(targets.parse(url))
            except Undelivered as refusal:
                raise forms.ValidationError(refusal.obstacle.label) from refusal
        return url

    def save(self, commit: bool = True) -> Endpoint:
        """A webhook that was resting is tried again: something has been mended."""
        for name, value in RESTED.items():
            setattr(self.instance, name, value)
        saved: Endpoint = super().save(commit)
        return saved

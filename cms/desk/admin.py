"""The languages in the admin: who is offered what. Adding one is a command's work."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from cms.reading import notices, safety
from cms.reading.models import Language


class LanguageForm(WagtailAdminModelForm):
    """Readers are offered a language when the notices of its pages can be read in it.

    And when nobody can meet a safety-critical page in it without emergency numbers.
    """

    class Meta:
        model = Language
        fields = ["active", "visible", "order", "legal_basis", "motivation"]

    def clean_visible(self) -> bool:
        visible = self.cleaned_data["visible"]
        if visible and (lacking := notices.untranslated(self.instance.code)):
            text = _(
                "These words for readers are not translated into the language yet: "
                "%(words)s"
            )
            words = " · ".join(lacking[:3])
            raise forms.ValidationError(text % {"words": words})
        if visible and "visible" in self.changed_data:
            self._require_emergency_numbers()
        return visible

    def _require_emergency_numbers(self) -> None:
        if safety.lacks_numbers(self.instance.code):
            raise forms.ValidationError(safety.lacking_numbers_message())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("visible") and not cleaned.get("active"):
            message = _("Readers are only offered languages that staff work in.")
            self.add_error("visible", message)
        return cleaned


class LanguageViewSet(ModelViewSet):
    """Order, visibility and the reasons for each language."""

    model = Language
    icon = "globe"
    menu_label = _("Languages")
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = [
        "autonym",
        "name_sv",
        "tag",
        "order",
        BooleanColumn("active", label=_("staff work in it")),
        BooleanColumn("visible", label=_("readers are offered it")),
    ]
    list_filter = ["active", "visible"]
    search_fields = ["autonym", "name_sv", "name_en", "tag"]
    ordering = ["order", "tag"]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return LanguageForm

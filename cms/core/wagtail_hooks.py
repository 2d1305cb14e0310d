"""Wiring: the shared blocks in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet

from cms.core.models import ContactBlock, EmergencyNumbers
from cms.gate.snippets import GatedSnippetViewSet


class ContactBlockViewSet(GatedSnippetViewSet):
    """Contact blocks, listed by language."""

    model = ContactBlock
    icon = "mail"
    menu_label = _("Contacts")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["name", "locale", "live"]


class EmergencyNumbersViewSet(GatedSnippetViewSet):
    """The numbers of safety-critical pages: one set in each language."""

    model = EmergencyNumbers
    icon = "warning"
    menu_label = _("Emergency numbers")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["__str__", "locale", "live"]


register_snippet(ContactBlockViewSet)
register_snippet(EmergencyNumbersViewSet)

"""Wiring: the contact block in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet

from cms.core.models import ContactBlock
from cms.publishing.snippets import GatedSnippetViewSet


class ContactBlockViewSet(GatedSnippetViewSet):
    """Contact blocks, listed by language."""

    model = ContactBlock
    icon = "mail"
    menu_label = _("Contacts")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["name", "locale", "live"]


register_snippet(ContactBlockViewSet)

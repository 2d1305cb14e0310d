"""Wiring: the shared blocks in the admin, and the bytes of what is brought in."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.core.models import ContactBlock, EmergencyNumbers
from cms.delivery import files
from cms.gate.snippets import GatedSnippetViewSet
from cms.log.files import DRAFTS


@hooks.register("register_admin_urls")
def files_for_staff() -> list[URLPattern]:
    """Add the address where staff see a file, whether it is public or not."""
    return [path("files/<str:digest>/<str:name>", draft_file, name="draft_file")]


@xframe_options_sameorigin
def draft_file(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    """Answer with a file that somebody brought in; Wagtail asks who is there."""
    return files.answer(request, f"{DRAFTS}/{digest}/{name}", keep=files.PRIVATE)


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

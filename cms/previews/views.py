"""The links to one text: made, listed and revoked."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.gate.errors import Refused
from cms.gate.staff import StaffRequest, text_or_404
from cms.previews import addresses, links
from cms.previews.forms import LinkForm
from cms.previews.models import PreviewLink


def text_links(
    request: StaffRequest, content_type_id: int, object_id: str
) -> HttpResponse:
    """List the links to a text; make one, and show its address this once."""
    obj = text_or_404(content_type_id, object_id)
    found = links.of_text(obj, by=request.user)
    if request.method != "POST":
        return _show(request, obj, found, {"form": LinkForm()})
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _show(request, obj, found, {"form": form}, status=422)
    try:
        link, secret = links.make(obj, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        context = {"form": form, "refusal": refusal}
        return _show(request, obj, found, context, status=refusal.status)
    # Shown by this answer and not after a redirect: the secret is kept nowhere.
    context = {"form": LinkForm(), "fresh": link, "addresses": addresses.of(secret)}
    return _show(request, obj, found, context)


def _show(
    request: StaffRequest,
    obj: Any,
    found: Any,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    base = {
        "text": obj,
        "links": found[:50],
        "back_url": AdminURLFinder(request.user).get_edit_url(obj),
    }
    response = render(
        request, "previews/links.html", {**base, **context}, status=status
    )
    add_never_cache_headers(response)
    return response


@require_POST
def revoke(request: StaffRequest, link_id: int) -> HttpResponse:
    """End a link and return to the list."""
    found = PreviewLink.objects.select_related("revision__content_type")
    link = get_object_or_404(found, pk=link_id)
    links.revoke(link, by=request.user)
    messages.success(request, _("The link shows nothing any more."))
    return redirect(addresses.list_url(link.revision.content_object))

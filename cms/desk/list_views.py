"""What there is to translate: the list for a language, and starting from it."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from cms.desk import actions, worklist
from cms.engine import localize, originals
from cms.gate import permissions, record, rules
from cms.gate.errors import NotAllowed
from cms.gate.staff import StaffRequest, text_or_404
from cms.reading.models import Language

PAGE_SIZE = 50


@require_GET
def worklist_view(request: StaffRequest) -> HttpResponse:
    """List the Swedish texts for one language at a time."""
    reach = worklist.reach_of(request.user)
    if not reach.languages:
        raise NotAllowed(_("You do not work in any language."))
    language = _chosen(reach, request.GET.get("language", ""))
    state = request.GET.get("state", "")
    state = state if state in worklist.STATES else ""
    found = worklist.rows(language, state=state)
    context = {
        "languages": reach.languages,
        "language": language,
        "may_write": reach.may_write(language),
        "states": worklist.STATES,
        "state": state,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "desk/worklist.html", context)


def _chosen(reach: worklist.Reach, tag: str) -> Language:
    """Return the language that was asked for, or the first that the person writes."""
    for language in reach.languages:
        if language.tag == tag:
            return language
    own = (each for each in reach.languages if reach.may_write(each))
    return next(own, reach.languages[0])


@require_POST
def start(request: StaffRequest) -> HttpResponse:
    """Start a translation and open the desk for it."""
    language = get_object_or_404(
        Language.objects.active(), tag=request.POST.get("language", "")
    )
    try:
        source = originals.find(UUID(request.POST.get("key", "")))
    except ValueError as error:
        raise Http404 from error
    if source is None:
        raise Http404
    translation = actions.start_translation(source, language.locale, by=request.user)
    if actions.is_translator(language.locale, request.user):
        return redirect("desk:translation", translation.pk)
    text = _("The translation into %(language)s is started: its translators see it.")
    messages.success(request, text % {"language": language.autonym})
    return redirect("desk:list")


@require_GET
def structure(
    request: StaffRequest, content_type_id: int, object_id: str
) -> HttpResponse:
    """Say of a place in a language's tree that nobody has begun to translate it."""
    place = text_or_404(content_type_id, object_id)
    if rules.is_source(place):
        raise Http404
    permissions.require(place, "edit", request.user)
    translation = localize.translation_of(place)
    if translation:
        return redirect("desk:translation", translation.pk)
    source = originals.find(place.translation_key)
    context = {
        "place": place,
        "source": source,
        "language": get_object_or_404(Language, locale_id=place.locale_id),
        "is_public": bool(source and record.is_public(source)),
    }
    return render(request, "desk/structure.html", context)

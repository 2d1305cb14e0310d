"""The translator's desk, and the same screen read-only while a decision is waited for."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail_localize.models import Translation

from cms.desk import actions, submitted, workbench
from cms.desk import screen as desks
from cms.desk.screen import Desk, Typed
from cms.desk.submitted import Submitted
from cms.gate.errors import AlreadyDecided, Refused
from cms.gate.forms import DecisionForm
from cms.gate.staff import StaffRequest
from cms.gate.templatetags.review_tags import clock, person
from cms.gate.views import decide


def desk(request: StaffRequest, translation_id: int) -> HttpResponse:
    """Show the desk; take a form of it when there is no JavaScript, or a decision."""
    translation = _translation_or_404(translation_id)
    waiting = submitted.open_submitted(translation, by=request.user)
    if "decision" in request.POST:
        return _decision(request, translation, waiting)
    if request.method == "POST":
        return _form(request, translation)
    if waiting:
        form = DecisionForm(waiting.review) if waiting.review.may_decide else None
        return _show_submitted(request, waiting, {"form": form})
    return _show(request, desks.open_desk(translation, by=request.user))


def _translation_or_404(translation_id: int) -> Translation:
    found = Translation.objects.select_related("source", "target_locale").filter(
        pk=translation_id, enabled=True
    )
    translation = found.first()
    if translation is None:
        raise Http404
    try:
        translation.get_target_instance()
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return translation


# --- the form without JavaScript ---


def _form(request: StaffRequest, translation: Translation) -> HttpResponse:
    """Save all that was changed, then do what the button says."""
    desks.readable_target(translation, by=request.user)
    sent = _sent(request)
    asked = _asked_for_text(request, translation, sent)
    if asked is not None:
        return _show(
            request, desks.open_desk(translation, by=request.user, typed=asked)
        )
    saved, refused = desks.save_all(translation, sent, by=request.user)
    if refused:
        return _show_refused(request, translation, refused, saved)
    if "submit" in request.POST:
        return _submit(request, translation)
    text = ngettext("%(count)d text saved.", "%(count)d texts saved.", saved)
    messages.success(request, text % {"count": saved})
    if _reason(request):
        return _show(request, desks.open_desk(translation, by=request.user))
    return redirect("desk:translation", translation.pk)


def _reason(request: StaffRequest) -> str:
    """Return what was typed as the reason why a translation is right as it is."""
    return str(request.POST.get("override_reason", "")).replace("\x00", "").strip()


def _sent(request: StaffRequest) -> dict[int, Typed]:
    """Return the texts of the form by segment, each with the version it was read in."""
    found = {}
    for name, text in request.POST.items():
        field, _dash, number = name.partition("-")
        if field == "text" and number.isascii() and number.isdigit():
            version = request.POST.get(f"version-{number}", "")
            found[int(number)] = Typed(str(text), str(version))
    return found


def _asked_for_text(
    request: StaffRequest, translation: Translation, sent: dict[int, Typed]
) -> dict[int, Typed] | None:
    """Put another text into one box, unsaved, when its button was pressed."""
    button = next((b for b in ("use", "copy", "theirs") if b in request.POST), None)
    if button is None:
        return None
    bench = workbench.open_workbench(translation, refresh=False)
    wanted = request.POST[button]
    segment = next((s for s in bench.segments if str(s.id) == wanted), None)
    if segment is None:
        return sent
    texts = {
        "use": segment.earlier.target if segment.earlier else segment.target,
        "copy": segment.source,
        "theirs": segment.target,
    }
    return {**sent, segment.id: Typed(texts[button], segment.version)}


def _show_refused(
    request: StaffRequest,
    translation: Translation,
    refused: dict[int, Typed],
    saved: int,
) -> HttpResponse:
    status = max(
        (typed.refusal.status for typed in refused.values() if typed.refusal),
        default=409,
    )
    opened = desks.open_desk(translation, by=request.user, typed=refused)
    return _show(request, opened, {"saved": saved, "problems": True}, status=status)


def _submit(request: StaffRequest, translation: Translation) -> HttpResponse:
    try:
        actions.submit_translation(
            translation, by=request.user, override_reason=_reason(request)
        )
    except Refused as refusal:
        opened = desks.open_desk(translation, by=request.user)
        issues = desks.submit_issues(refusal)
        context = {
            "issues": [(issue, opened.line_of(issue)) for issue in issues],
            "asks_why": opened.may_answer_for(issues),
        }
        return _show(request, opened, context, status=refusal.status)
    messages.success(request, _("The translation was sent to review."))
    return redirect("desk:list")


def _show(
    request: StaffRequest,
    opened: Desk,
    more: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "desk": opened,
        "language": opened.language,
        "script": _script_facts(),
        "preview_url": reverse("desk:preview", args=[opened.translation.pk]),
        "override_reason": _reason(request),
        **(more or {}),
    }
    return render(request, "desk/desk.html", context, status=status)


def _script_facts() -> dict[str, Any]:
    """Return the words and names that the script needs."""
    return {
        "csrfCookie": settings.CSRF_COOKIE_NAME,
        "loginUrl": reverse("wagtailadmin_login"),
        "words": {
            "saving": _("Saving…"),
            "saved": _("Saved %(time)s"),
            "notSaved": _("Not saved"),
            "unsaved": _("Not saved yet"),
            "offline": _("No contact with the server. The text is kept here."),
            "server": _("The server could not save. The text is kept here."),
            "loggedOut": _("You may be logged out. The text is kept here."),
            "allDone": _("Every text is finished."),
        },
    }


# --- the script's way ---


@require_POST
def save_segment(
    request: StaffRequest, translation_id: int, segment_id: int
) -> JsonResponse:
    """Save one text and answer with how it now stands."""
    translation = _translation_or_404(translation_id)
    try:
        body = json.loads(request.body)
        text, version = body["text"], body["base_version"]
        if not (isinstance(text, str) and isinstance(version, str)):
            raise TypeError
    except (ValueError, TypeError, KeyError, RecursionError):
        return _refusal("bad_request", _("The request could not be read."), 400)
    try:
        segment = actions.save_segment(
            translation, segment_id, text, base_version=version, by=request.user
        )
    except actions.SegmentConflict as conflict:
        return _refusal(
            conflict.code,
            conflict.message,
            conflict.status,
            theirs=conflict.theirs,
            version=conflict.version,
            written_by=conflict.written_by,
        )
    except Refused as refusal:
        return _refusal(refusal.code, refusal.message, refusal.status)
    return JsonResponse(_saved(translation, segment))


def _refusal(code: str, detail: str, status: int, **more: str) -> JsonResponse:
    body = {"status": status, "code": code, "detail": detail, **more}
    return JsonResponse(body, status=status)


def _saved(translation: Translation, segment: workbench.Segment) -> dict[str, Any]:
    bench = workbench.open_workbench(translation, refresh=False)
    standing = render_to_string("desk/standing.html", {"segment": segment})
    return {
        "text": segment.target,
        "version": segment.version,
        "is_finished": segment.is_done and not segment.has_error,
        "standing": standing,
        "time": clock(timezone.now()),
        "done": bench.done,
        "total": bench.total,
    }


@require_GET
def preview(request: StaffRequest, translation_id: int) -> HttpResponse:
    """Render the translation as readers would see it if it were published now."""
    translation = _translation_or_404(translation_id)
    target = submitted.preview_of(translation, by=request.user)
    return target.serve_preview(request, "")


# --- under review ---


def _decision(
    request: StaffRequest, translation: Translation, waiting: Submitted | None
) -> HttpResponse:
    if waiting is None:
        refusal = AlreadyDecided(
            _("There is no review of this text to decide on any more.")
        )
        context = {
            "refusal": refusal,
            "comment": request.POST.get("comment", ""),
            "address": reverse("desk:translation", args=[translation.pk]),
        }
        return render(request, "desk/review_over.html", context, status=refusal.status)
    return decide(
        request,
        DecisionForm(waiting.review, request.POST),
        show=lambda context: _show_submitted(request, waiting, context),
    )


def _show_submitted(
    request: StaffRequest, waiting: Submitted, context: dict[str, Any]
) -> HttpResponse:
    target = waiting.review.obj
    kind = ContentType.objects.get_for_model(type(target))
    status = context.pop("status", 200)
    base = {
        "submitted": waiting,
        "review": waiting.review,
        "language": waiting.language,
        "submitter": person(waiting.facts.submitted_by),
        "preview_url": reverse("desk:preview", args=[waiting.translation.pk]),
        "take_back_url": reverse("review:take_back", args=[kind.pk, target.pk]),
    }
    return render(request, "desk/submitted.html", {**base, **context}, status=status)

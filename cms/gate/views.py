"""The review screens: what waits for whom, and one Swedish text with its decision.

A translation is read in the translator's desk; whatever asks for it here is led there.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from cms.gate import actions, overdue, reviews, rules
from cms.gate.errors import Refused, StaleRevision
from cms.gate.forms import DecisionForm
from cms.gate.models import Decision
from cms.gate.staff import StaffRequest, text_or_404
from cms.gate.templatetags.review_tags import moment


@require_GET
def waiting_list(request: StaffRequest) -> HttpResponse:
    """List the reviews that wait for this person, and what they wait for themselves."""
    finder = AdminURLFinder(request.user)
    context = {
        "overdue": [
            (line, finder.get_edit_url(line.obj))
            for line in overdue.concerning(request.user)
        ],
        "mine": _linked(reviews.waiting_for(request.user), finder),
        "others": _linked(reviews.submitted_by(request.user), finder),
    }
    return render(request, "gate/waiting_list.html", context)


def _linked(
    lines: list[reviews.Waiting], finder: AdminURLFinder
) -> list[tuple[reviews.Waiting, str]]:
    return [(line, review_url(line.obj, finder)) for line in lines]


def review_url(obj: Any, finder: AdminURLFinder) -> str:
    """Return where ``obj`` is reviewed."""
    if not rules.is_source(obj):
        # A hook leads from the editor to the desk.
        return finder.get_edit_url(obj) or reverse("review:list")
    return source_review_url(obj)


def source_review_url(obj: Any) -> str:
    """Return the review screen of a Swedish text."""
    return reverse("review:text", args=[_kind_id(obj), obj.pk])


def _kind_id(obj: Any) -> int:
    """Return the content type of ``obj``; a list may hold a page as a plain one."""
    if isinstance(obj, Page):
        return obj.content_type_id
    return ContentType.objects.get_for_model(type(obj)).pk


def review_text(
    request: StaffRequest, content_type_id: int, object_id: str
) -> HttpResponse:
    """Show a Swedish text under review and take the decision about it."""
    obj = text_or_404(content_type_id, object_id)
    if not rules.is_source(obj):
        return redirect(review_url(obj, AdminURLFinder(request.user)))
    review = reviews.open_review(obj, by=request.user)
    if request.method != "POST":
        form = DecisionForm(review) if review.may_decide else None
        return _show(request, review, {"form": form})
    form = DecisionForm(review, request.POST)
    return decide(request, form, show=lambda context: _show(request, review, context))


def decide(request: StaffRequest, form: DecisionForm, *, show: Any) -> HttpResponse:
    """Carry the decision out, or ``show`` the screen with everything still typed.

    ``show`` gets a context with ``form``, and after a refusal ``refusal`` and
    ``status``; when another version was read, ``since_read`` and the form for it.
    """
    if not form.is_valid():
        return show({"form": form, "status": 422})
    try:
        decision = form.carry_out()
    except StaleRevision as refusal:
        review = form.review
        since_read = reviews.changed_since(
            review.obj, refusal.read_id, by=review.reader
        )
        context = {"refusal": refusal, "status": refusal.status}
        return show({**context, "since_read": since_read, "form": form.as_read_now()})
    except Refused as refusal:
        return show({"form": form, "refusal": refusal, "status": refusal.status})
    messages.success(request, _done(form.review.revision.object_str, decision))
    return redirect("review:list")


def _done(title: str, decision: Decision) -> str:
    if decision.outcome == Decision.Outcome.SENT_BACK:
        text = _("'%(title)s' was sent back.")
    elif decision.go_live_at:
        text = _("'%(title)s' is approved and will be published %(moment)s.")
        return text % {"title": title, "moment": moment(decision.go_live_at)}
    else:
        text = _("'%(title)s' is approved and public.")
    return text % {"title": title}


def _show(
    request: StaffRequest, review: reviews.Review, context: dict[str, Any]
) -> HttpResponse:
    address = [_kind_id(review.obj), review.obj.pk]
    base = {
        "review": review,
        "preview_url": reverse("review:preview", args=[*address, review.revision.pk]),
        "take_back_url": reverse("review:take_back", args=address),
    }
    status = context.pop("status", 200)
    return render(request, "gate/review.html", {**base, **context}, status=status)


@require_POST
def take_back(
    request: StaffRequest, content_type_id: int, object_id: str
) -> HttpResponse:
    """End the review for whoever submitted the text, and open the editor."""
    obj = text_or_404(content_type_id, object_id)
    actions.take_back(obj, by=request.user)
    messages.success(request, _("The text is yours again. Nothing was published."))
    edit_url = AdminURLFinder(request.user).get_edit_url(obj)
    return redirect(edit_url or "review:list")


@require_GET
def preview(
    request: StaffRequest, content_type_id: int, object_id: str, revision_id: int
) -> HttpResponse:
    """Render one revision as readers would see it."""
    obj = text_or_404(content_type_id, object_id)
    revision = reviews.revision_of(obj, revision_id, by=request.user)
    if revision is None:
        raise Http404
    return revision.as_object().serve_preview(request, "")

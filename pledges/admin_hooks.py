"""Wiring: what follows when staff have saved a programme, a pledge or a follow-up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from cms.gate.staff import StaffRequest
from pledges.dashboard import queries
from pledges.dashboard import urls as dashboard_urls
from pledges.forms import plan_followups
from pledges.models import FollowUp, Pledge, PledgeProgramme
from pledges.panels import add_url


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def after_saving(request: StaffRequest, page: Page) -> None:
    """Plan what is due, warn of what looks wrong, and name the next step.

    Nothing of this while the form saves itself in the background.
    """
    if "application/json" in request.headers.get("Accept", ""):
        return
    if isinstance(page, PledgeProgramme):
        _plan(request, page)
        _after_programme(request, page)
    elif isinstance(page, Pledge):
        _after_pledge(request, page)
    elif isinstance(page, FollowUp) and not page.workflow_in_progress:
        _after_followup(request, page)


def _plan(request: StaffRequest, programme: PledgeProgramme) -> None:
    """Plan the follow-ups of a programme that was saved without any."""
    if not plan_followups(programme):
        return
    if not programme.live:
        programme.save()
    programme.save_revision(
        user=request.user, clean=False, overwrite_revision=programme.latest_revision
    )
    text = _("%(count)d follow-ups have been planned by the cadence: look at the days.")
    messages.success(request, text % {"count": len(programme.planned_followups.all())})


def _after_programme(request: StaffRequest, programme: PledgeProgramme) -> None:
    buttons = [messages.button(add_url(programme, "pledge"), _("Add a pledge"))]
    if programme.get_children().type(Pledge).live().exists():
        url = add_url(programme, "followup")
        buttons.append(messages.button(url, _("Add a follow-up")))
    messages.info(request, _("Next step:"), buttons=buttons)
    _warn(request, programme_warnings(programme))


def _after_pledge(request: StaffRequest, pledge: Pledge) -> None:
    programme = pledge.get_parent().specific
    buttons = [
        messages.button(add_url(programme, "pledge"), _("Add another pledge")),
        messages.button(_edit_url(programme), _("To the programme")),
    ]
    messages.info(request, _("Next step:"), buttons=buttons)
    _warn(request, pledge_warnings(pledge, programme))


def _after_followup(request: StaffRequest, followup: FollowUp) -> None:
    programme = followup.get_parent()
    messages.info(
        request,
        _("Next step: send it to review when every line is filled in."),
        buttons=[messages.button(_edit_url(programme), _("To the programme"))],
    )


def _edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _warn(request: StaffRequest, warnings: Iterator[str]) -> None:
    for text in warnings:
        messages.warning(request, text)


def programme_warnings(programme: PledgeProgramme) -> Iterator[str]:
    """Yield what looks wrong about a programme; it does not stop anybody."""
    for planned in programme.planned_followups.all():
        if planned.due_on <= planned.period_end:
            text = _("'%(label)s' is due before its period has ended.")
            yield text % {"label": planned.label}
    parties = {each.pk for each in programme.parties.all()}
    for signatory in programme.signatories.all():
        if signatory.partner_id not in parties:
            text = _("%(name)s signs for somebody who is no party of the programme.")
            yield text % {"name": signatory.person_name}


def pledge_warnings(pledge: Pledge, programme: PledgeProgramme) -> Iterator[str]:
    """Yield what looks wrong about a pledge, as a day outside the period (I2)."""
    first, last = programme.period_start, programme.period_end
    for activity in pledge.activities.all():
        days = [day for day in (activity.start, activity.due) if day]
        if any(not first <= day <= last for day in days):
            text = _(
                "'%(activity)s' has a day outside the programme's period, "
                "%(first)s to %(last)s."
            )
            yield text % {"activity": activity.title, "first": first, "last": last}


# --- the dashboard ---


@hooks.register("register_admin_urls")
def dashboard_screens() -> list[URLPattern | URLResolver]:
    return [path("follow-pledges/", include(dashboard_urls))]


class DashboardMenuItem(MenuItem):
    """Shown to those who work with the Swedish pages."""

    def is_shown(self, request: StaffRequest) -> bool:
        return queries.may_follow(request.user)


@hooks.register("register_admin_menu_item")
def dashboard_menu_item() -> MenuItem:
    return DashboardMenuItem(
        gettext_lazy("Follow the pledges"), reverse_lazy("follow_pledges:dashboard"),
        name="follow-pledges", icon_name="pick", order=70,
    )  # fmt: skip


class MissingFollowUps(Component):
    """How many follow-ups residents are waiting for; nothing when there are none."""

    order = 50
    template_name = "pledges/admin/home_panel.html"

    def __init__(self, missing: int) -> None:
        self.missing = missing

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        heading = ngettext(
            "%(count)d follow-up is missing",
            "%(count)d follow-ups are missing",
            self.missing,
        )
        return {"missing": self.missing, "heading": heading % {"count": self.missing}}


@hooks.register("construct_homepage_panels")
def missing_followups(request: StaffRequest, panels: list[Any]) -> None:
    if queries.may_follow(request.user) and (missing := queries.count_missing()):
        panels.append(MissingFollowUps(missing))


@hooks.register("insert_global_admin_css")
def staff_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("pledges/admin.css"))

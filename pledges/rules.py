"""What pledges must be like before they may be published or taken away (I1, I3 to I6).

A rule holds what a database constraint cannot: it compares rows, or it holds only for
what readers see, because a draft may be unfinished. Figures and dates exist on the
Swedish original alone, so that is what the rules look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from cms.gate.errors import Issue
from cms.gate.rules import is_source
from cms.log.models import Head
from cms.reading.languages import source_code
from pledges.accounts import NEEDS_NO_REASON, residents_today

PLEDGE, FOLLOW_UP = "pledges.pledge", "pledges.follow_up"


class Page(Protocol):
    """What the rules ask of every page; rows and relations are Django's managers."""

    translation_key: UUID
    title: str
    locale: Any

    def get_parent(self) -> Any: ...


class Programme(Page, Protocol):
    """What the rules ask of a programme."""

    basis: str
    signed_on: date | None
    parties: Any
    signatories: Any
    planned_followups: Any


class Pledge(Page, Protocol):
    """What the rules ask of a pledge."""

    background: str
    goal: str
    outcome: str
    outcome_summary: str
    withdrawn_on: date | None
    withdrawn_reason: str
    activities: Any


class FollowUp(Page, Protocol):
    """What the rules ask of a follow-up; ``occasion`` is the plan's row for it."""

    occasion: Any
    next_steps: str
    lines: Any
    approved_by_parties: Any


def public_children(programme_key: Any, page_type: str) -> list[Head]:
    """Return what readers see of a programme's pledges or follow-ups, in Swedish."""
    heads = Head.objects.pages().public().select_related("publication")
    return list(
        heads.filter(parent_key=programme_key, type=page_type, locale=source_code())
    )


def _document(head: Head) -> dict[str, Any]:
    document: dict[str, Any] = head.publication.document
    return document


def _has_words(html: str) -> bool:
    """Say whether formatted text says anything: an empty paragraph does not."""
    return bool(strip_tags(html).strip())


# --- programmes ---


def programme_issues(page: Programme) -> Iterator[Issue]:
    """Yield what makes a programme unfit for readers."""
    if not is_source(page):
        return
    parties = list(page.parties.all())
    if not parties:
        yield Issue("parties", _("Say who makes the pledges."), "parties")
    if not _has_words(page.basis):
        yield Issue("basis", _("Say what the programme builds on."), "basis")
    if not list(page.planned_followups.all()):
        text = _("Plan at least one follow-up: residents are told when it comes.")
        yield Issue("planned_followups", text, "planned_followups")
    yield from _signature_issues(page, parties)
    yield from _reported_occasions_issues(page)


def _signature_issues(page: Programme, parties: list[Any]) -> Iterator[Issue]:
    """I1: signed means a date and at least one signatory for each party."""
    signed_for = {each.partner_id for each in page.signatories.all()}
    if signed_for and not page.signed_on:
        text = _("Somebody has signed: say on which day.")
        yield Issue("signed_on", text, "signed_on")
    if page.signed_on:
        for party in parties:
            if party.pk not in signed_for:
                text = _("Nobody has signed for %(party)s.") % {"party": party.name}
                yield Issue("signatories", text, "signatories")


def _reported_occasions_issues(page: Programme) -> Iterator[Issue]:
    """A follow-up that is public stays planned: its period is read from here."""
    kept = {str(each.translation_key) for each in page.planned_followups.all()}
    for head in public_children(page.translation_key, FOLLOW_UP):
        if _document(head)["occasion"] not in kept:
            text = _("%(title)s is public and cannot be taken out of the plan.")
            yield Issue("planned", text % {"title": head.title}, "planned_followups")


def programme_withdrawal_issues(page: Programme) -> Iterator[Issue]:
    """I4: what was promised and reported stays readable."""
    if is_source(page) and public_children(page.translation_key, FOLLOW_UP):
        yield _reported(page.title)


# --- pledges ---


def pledge_issues(page: Pledge) -> Iterator[Issue]:
    """Yield what makes a pledge unfit for readers."""
    if not is_source(page):
        return
    activities = list(page.activities.all())
    if not activities:
        text = _("Say what will be done: a pledge has at least one activity.")
        yield Issue("activities", text, "activities")
    if not _has_words(page.background):
        yield Issue("background", _("Say why: what residents said."), "background")
    if not page.goal.strip():
        yield Issue("goal", _("Say what is to be different."), "goal")
    for activity in activities:
        if activity.responsible_id is None:
            text = _("Say who answers for the activity '%(activity)s'.")
            message = text % {"activity": activity.title}
            yield Issue("responsible", message, "activities")
    yield from _outcome_issues(page)
    yield from _lost_activities_issues(page)


def _outcome_issues(page: Pledge) -> Iterator[Issue]:
    """I3: an outcome is said when the period is over and was followed up."""
    if page.withdrawn_on and not page.withdrawn_reason.strip():
        text = _("Say why the pledge is withdrawn.")
        yield Issue("withdrawn_reason", text, "withdrawn_reason")
    if not page.outcome:
        return
    programme = page.get_parent().specific
    if residents_today() <= programme.period_end:
        text = _("The outcome is said when the period has ended.")
        yield Issue("outcome_early", text, "outcome")
    reports = public_children(programme.translation_key, FOLLOW_UP)
    if not any(_document(head)["is_final"] for head in reports):
        text = _("Publish the final follow-up before you say how it went.")
        yield Issue("outcome_unreported", text, "outcome")
    if not page.outcome_summary.strip():
        text = _("Say in a few words how it went.")
        yield Issue("outcome_summary", text, "outcome_summary")


def _lost_activities_issues(page: Pledge) -> Iterator[Issue]:
    """What has been reported on stays: it is replaced or cancelled, never deleted."""
    kept = {str(each.translation_key) for each in page.activities.all()}
    key = str(page.translation_key)
    reports = public_children(page.get_parent().translation_key, FOLLOW_UP)
    lines = (line for head in reports for line in _document(head)["lines"])
    lost = {
        line["activity"]
        for line in lines
        if line["pledge"] == key and line["activity"] not in kept
    }
    if lost:
        text = _(
            "An activity that has been followed up cannot be removed. Say which "
            "activity replaces it, or that it was cancelled."
        )
        yield Issue("activity_lost", text, "activities")


def pledge_withdrawal_issues(page: Pledge) -> Iterator[Issue]:
    """I4: a pledge that was followed up is withdrawn in words, not made to vanish."""
    if not is_source(page) or page.get_parent() is None:
        return
    key = str(page.translation_key)
    for head in public_children(page.get_parent().translation_key, FOLLOW_UP):
        if any(line["pledge"] == key for line in _document(head)["lines"]):
            yield _reported(page.title)
            return


def _reported(title: str) -> Issue:
    text = _(
        "'%(title)s' has been followed up and must stay readable. Give a date and a "
        "reason for withdrawing the pledge instead."
    )
    return Issue("reported", text % {"title": title})


# --- follow-ups ---


def expected_activities(programme_key: UUID) -> dict[str, str]:
    """Return the activities that a follow-up must report on: key to pledge's title.

    These are the activities of the public pledges that have not been withdrawn or
    replaced.
    """
    today = residents_today().isoformat()
    found = {}
    for head in public_children(programme_key, PLEDGE):
        document = _document(head)
        if document["withdrawn_on"] and document["withdrawn_on"] <= today:
            continue
        for activity in document["activities"]:
            if not activity["replaced_by"]:
                found[activity["key"]] = head.title
    return found


def followup_issues(page: FollowUp) -> Iterator[Issue]:
    """Yield what makes a follow-up unfit for readers."""
    if not is_source(page):
        return
    programme = page.get_parent().specific
    if page.occasion.programme_id != programme.pk:
        text = _("The planned follow-up belongs to another programme.")
        yield Issue("occasion", text, "occasion")
    occasion = str(page.occasion.translation_key)
    for head in public_children(programme.translation_key, FOLLOW_UP):
        same = _document(head)["occasion"] == occasion
        if same and head.key != page.translation_key:
            text = _("'%(title)s' is the follow-up of this period already.")
            yield Issue("occasion_taken", text % {"title": head.title}, "occasion")
    if not page.next_steps.strip():
        yield Issue("next_steps", _("Say what happens next."), "next_steps")
    yield from _line_issues(page)
    yield from _missing_line_issues(page, programme.translation_key)
    yield from _approval_issues(page, programme)


def _line_issues(page: FollowUp) -> Iterator[Issue]:
    """I6: what is not on its way has a reason. Issues name the row's own field."""
    for line in page.lines.all():
        values = {"activity": line.activity.title}
        row = f"lines.{line.activity.translation_key}"
        if not line.status_after:
            text = _("Say how it went with '%(activity)s'.") % values
            yield Issue("status", text, f"{row}.status_after")
        elif line.status_after not in NEEDS_NO_REASON and not line.reason.strip():
            text = _("Say why '%(activity)s' is not under way or completed.") % values
            yield Issue("reason", text, f"{row}.reason")
        if not (line.text.strip() or line.reason.strip()):
            text = _("Say what was done for '%(activity)s'.") % values
            yield Issue("line_text", text, f"{row}.text")


def _missing_line_issues(page: FollowUp, programme_key: UUID) -> Iterator[Issue]:
    """Every activity is reported on: also the one that was not done (C-6).

    A report that is public already is not asked about what was promised after it.
    """
    expected = expected_activities(programme_key)
    for head in public_children(programme_key, FOLLOW_UP):
        if head.key == page.translation_key:
            told = {line["activity"] for line in _document(head)["lines"]}
            expected = {key: title for key, title in expected.items() if key in told}
    if not expected:
        text = _("Publish the pledges of the programme before you follow them up.")
        yield Issue("nothing_promised", text)
    reported = {str(line.activity.translation_key) for line in page.lines.all()}
    lacking = [title for key, title in expected.items() if key not in reported]
    for title in dict.fromkeys(lacking):
        text = _("An activity of the pledge '%(title)s' is missing.")
        yield Issue("line_missing", text % {"title": title}, "lines")


def _approval_issues(page: FollowUp, programme: Programme) -> Iterator[Issue]:
    """R-48: all parties answer for what is reported."""
    approved = {each.pk for each in page.approved_by_parties.all()}
    for party in programme.parties.all():
        if party.pk not in approved:
            text = _("%(party)s has not approved the follow-up yet.")
            message = text % {"party": party.name}
            yield Issue("party_approval", message, "approved_by_parties")


def followup_withdrawal_issues(page: FollowUp) -> Iterator[Issue]:
    """I3: an outcome rests on the final follow-up."""
    if not is_source(page) or not page.occasion.is_final:
        return
    for head in public_children(page.get_parent().translation_key, PLEDGE):
        if _document(head)["outcome"]:
            text = _("The outcome of '%(title)s' builds on this follow-up.")
            yield Issue("outcome", text % {"title": head.title})
            return

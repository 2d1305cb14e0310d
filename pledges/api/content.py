"""From what residents read of pledges to the API's shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from cms.reading.shapes import Reading
from pledges.choices import Status
from pledges.reading import pages
from pledges.reading.followups import FollowUpView, Occasion, Report, Timeline
from pledges.reading.open_accounts import OpenAccounts
from pledges.reading.parties import Group, Party
from pledges.reading.places import PlaceName
from pledges.reading.pledges import ActivityView, Dialogue, PledgeView
from pledges.reading.programmes import ProgrammeView
from pledges.reading.words import Link, Text

Json = dict[str, Any]


def details_json(reading: Reading) -> Json | None:
    """Return what the page's type adds; None when it adds nothing."""
    details = reading.details
    build = _DETAILS.get(type(details))
    return build(details, reading) if build else None


def _words(text: Text | None) -> Json | None:
    return text.as_json() if text else None


def _link(link: Link) -> Json:
    return {"title": link.title.as_json(), "path": link.path}


def party_json(party: Party | None) -> Json | None:
    """Return an organisation as :class:`pledges.api.schemas.PartyInfo`."""
    if party is None:
        return None
    return {
        "key": party.key,
        "name": party.name.text,
        "explanation": _words(party.explanation),
        "kind": party.kind,
        "police_unit": party.police_unit,
        "org_no": party.org_no,
        "url": party.url,
        "logo": party.logo,
        "logo_alt": _words(party.logo_alt),
    }


def _parties(parties: Iterable[Party]) -> list[Json | None]:
    return [party_json(each) for each in parties]


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _followup(view: FollowUpView) -> Json:
    return {
        "key": view.key,
        "title": view.title.as_json(),
        "path": view.path,
        "period_start": view.period_start,
        "period_end": view.period_end,
        "is_final": view.is_final,
        "published_at": view.published_at,
    }


def _report(report: Report) -> Json:
    return {
        "activity": report.activity,
        "pledge": report.pledge,
        "status": report.status,
        "value": _number(report.value),
        "text": _words(report.text),
        "reason": _words(report.reason),
        "evidence_url": report.evidence_url,
    }


def _occasion(occasion: Occasion) -> Json:
    return {
        "label": occasion.label.as_json(),
        "period_start": occasion.period_start,
        "period_end": occasion.period_end,
        "due_on": occasion.due_on,
        "is_final": occasion.is_final,
        "state": occasion.punctuality,
        "followup": _followup(occasion.followup) if occasion.followup else None,
    }


def _timeline(timeline: Timeline) -> Json:
    return {
        "followups": [_occasion(each) for each in timeline.occasions],
        "followup_overdue": bool(timeline.missing),
        "next_followup": _occasion(timeline.next) if timeline.next else None,
    }


def _activity(view: ActivityView) -> Json:
    target = view.target
    return {
        "key": view.key,
        "title": view.title.as_json(),
        "description_html": _words(view.description),
        "schedule": _words(view.schedule),
        "unit": _words(view.unit),
        "kind": view.kind,
        "responsible": _parties(view.responsible),
        "cooperating": _parties(view.cooperating),
        "start": view.start,
        "due": view.due,
        "is_overdue": view.is_overdue,
        "target": {"op": target.op, "value": _number(target.value)} if target else None,
        "aggregation": view.aggregation,
        "actual": _number(view.actual),
        "is_met": view.is_met,
        "status": view.status,
        "history": [
            {"followup": _followup(each.followup), "report": _report(each.report)}
            for each in view.history
        ],
        "places": view.places,
        "indicator": view.indicator,
        "replaced_by": _words(view.replaced_by),
    }


def _dialogue(view: Dialogue) -> Json:
    return {
        "title": view.title.as_json(),
        "kind": view.kind,
        "method": _words(view.method),
        "date_from": view.date_from,
        "date_to": view.date_to,
        "place": _place_name(view.place) if view.place else None,
        "organisers": _parties(view.organisers),
        "occasions": view.occasions,
        "participants": view.participants,
        "languages_offered": view.languages,
        "findings": [
            {
                "theme": each.theme.as_json(),
                "text": each.text.as_json(),
                "mentions": each.mentions,
            }
            for each in view.findings
        ],
        "take_further": _words(view.take_further),
        "cannot_do": _words(view.cannot_do),
        "feedback_published_on": view.told_on,
    }


def _place_name(place: PlaceName) -> Json:
    return {"key": place.key, "name": place.name.as_json()}


def pledge_json(view: PledgeView) -> Json:
    """Return one pledge as :class:`pledges.api.schemas.PledgeInfo`."""
    return {
        "key": view.key,
        "number": view.number,
        "title": view.title.as_json(),
        "path": view.path,
        "promise": view.promise.as_json(),
        "programme": _link(view.programme),
        "period_start": view.period_start,
        "period_end": view.period_end,
        "phase": view.phase,
        "outcome": view.outcome,
        "outcome_summary": _words(view.outcome_summary),
        "withdrawn_on": view.withdrawn_on,
        "withdrawn_reason": _words(view.withdrawn_reason),
        "background_html": _words(view.background),
        "goal": _words(view.goal),
        "expected_effects_html": _words(view.expected_effects),
        "parties": _parties(view.parties),
        "focus_areas": [_link(each) for each in view.focus_links],
        "indicators": view.indicators,
        "places": view.places,
        "people": [
            {
                "name": each.name,
                "title": each.title.as_json(),
                "organisation": party_json(each.organisation),
                "phone": each.phone,
                "email": each.email,
            }
            for each in view.people
        ],
        "dialogues": [_dialogue(each) for each in view.dialogues],
        "feedback_url": view.feedback_url,
        "activities": [_activity(each) for each in view.activities],
        **_timeline(view.timeline),
    }


def programme_json(view: ProgrammeView) -> Json:
    """Return one programme as :class:`pledges.api.schemas.ProgrammeInfo`."""
    return {
        "key": view.key,
        "title": view.title.as_json(),
        "path": view.path,
        "period_start": view.period_start,
        "period_end": view.period_end,
        "phase": view.phase,
        "parties": _parties(view.parties),
        "basis_html": _words(view.basis),
        "signed_on": view.signed_on,
        "signed_at": _words(view.signed_at),
        "signatures": [
            {
                "party": party_json(each.party),
                "name": each.name,
                "title": each.title.as_json(),
            }
            for each in view.signatures
        ],
        "dialogues": [_dialogue(each) for each in view.dialogues],
        "predecessor": _link(view.predecessor) if view.predecessor else None,
        "police_url": view.police_url,
        "register_no": view.register_no,
        **_timeline(view.timeline),
        "pledges": [pledge_json(each) for each in view.pledges],
    }


def _group(view: Group | None) -> Json | None:
    if view is None:
        return None
    return {
        "name": view.name.as_json(),
        "mission": _words(view.mission),
        "convener": party_json(view.convener),
        "convener_role": _words(view.convener_role),
        "members": _parties(view.members),
        "meets": _words(view.meets),
        "level": view.level,
    }


def _focus_card(card: pages.FocusCard) -> Json:
    return {
        "link": _link(card.link),
        "why": card.why.as_json(),
        "group": _group(card.group),
    }


def _pledge_page(page: pages.PledgePage, reading: Reading) -> Json:
    return {"kind": "pledge", "pledge": pledge_json(page.pledge)}


def _programme_page(page: pages.ProgrammePage, reading: Reading) -> Json:
    return {"kind": "programme", "programme": programme_json(page.programme)}


def _follow_up_page(page: pages.FollowUpPage, reading: Reading) -> Json:
    document = reading.document
    return {
        "kind": "follow_up",
        "followup": _followup(page.followup),
        "reports": [_report(each) for each in page.followup.reports],
        "effects_html": document["effect_html"],
        "caveat": document["caveat"],
        "next_steps": document["next_steps"],
        "programme": programme_json(page.programme),
    }


def _focus_area_page(page: pages.FocusAreaPage, reading: Reading) -> Json:
    return {
        "kind": "focus_area",
        "goals": [goal.text for goal in page.goals],
        "former_names": [
            {"name": each.name.as_json(), "years": each.years}
            for each in page.former_names
        ],
        "group": _group(page.group),
        "indicators": reading.document["indicators"],
        "pledges": [pledge_json(each) for each in page.pledges],
    }


def _focus_areas_page(page: pages.FocusAreasPage, reading: Reading) -> Json:
    return {"kind": "focus_areas", "areas": [_focus_card(each) for each in page.areas]}


def _overview_page(page: pages.OverviewPage, reading: Reading) -> Json:
    programmes = [programme_json(each) for each in page.programmes]
    return {"kind": "overview", "programmes": programmes}


def _cards(cards: pages.Cards, reading: Reading) -> Json | None:
    if not (cards.pledges or cards.focus_areas):
        return None
    return {
        "kind": "cards",
        "pledges": {key: pledge_json(view) for key, view in cards.pledges.items()},
        "focus_areas": {k: _focus_card(card) for k, card in cards.focus_areas.items()},
    }


_DETAILS: dict[type, Callable[..., Json | None]] = {
    pages.PledgePage: _pledge_page,
    pages.ProgrammePage: _programme_page,
    pages.FollowUpPage: _follow_up_page,
    pages.FocusAreaPage: _focus_area_page,
    pages.FocusAreasPage: _focus_areas_page,
    pages.OverviewPage: _overview_page,
    pages.Cards: _cards,
}


def status_json(accounts: OpenAccounts) -> Json:
    """Return the open accounts as :class:`cms.api.schemas.PledgeStatus`."""
    return {
        "as_of": accounts.as_of,
        "activities": _counts(accounts.counts),
        "followups_missing": accounts.missing,
        "programmes": [
            {
                "key": each.key,
                "title": each.title.as_json(),
                "path": each.path,
                "phase": each.phase,
                "period_start": each.period_start,
                "period_end": each.period_end,
                "activities": _counts(each.counts),
                "followups_published": each.published,
                "followups_missing": each.missing,
                "next_due": each.next_due,
            }
            for each in accounts.programmes
        ],
        "parties": [
            {
                "party": party_json(each.party),
                "activities": _counts(each.counts),
                "followups_missing": each.missing,
            }
            for each in accounts.parties
        ],
    }


def _counts(counts: Counter[str]) -> dict[str, int]:
    return {
        "promised": counts.total(),
        "not_reported": counts["none"],
        **{status.value: counts[status.value] for status in Status},
    }

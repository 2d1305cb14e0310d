"""Programmes, pledges and follow-ups in each state, brought there by the real actions.

``make_…`` gives a draft that nobody has submitted; with ``tests.factories.pages``
it is published, edited and submitted like anything else, and :func:`make_promises`
gives a small programme that is public as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wagtail.models import Locale, Page

from pledges.models import (
    CitizenDialogue,
    FocusArea,
    FocusAreaIndexPage,
    FollowUp,
    FollowUpLine,
    Partner,
    Person,
    Place,
    PlannedFollowUp,
    Pledge,
    PledgeActivity,
    PledgeIndexPage,
    PledgeProgramme,
    SafetySurvey,
    Signatory,
    SurveyIndicator,
    WorkingGroup,
)
from tests.factories.numbers import free_number
from tests.factories.pages import fresh, publish
from tests.stages.remembering import reloaded

#: Tertials of 2026: label, first and last day, the day the follow-up is due.
TERTIALS_2026 = (
    ("Tertial 1 2026", date(2026, 1, 1), date(2026, 4, 30), date(2026, 6, 15)),
    ("Tertial 2 2026", date(2026, 5, 1), date(2026, 8, 31), date(2026, 10, 15)),
    ("Slutuppföljning", date(2026, 9, 1), date(2026, 12, 31), date(2027, 2, 15)),
)


def _swedish() -> Locale:
    return Locale.objects.get(language_code="sv")


def _saved(block: Any) -> Any:
    block.save()
    return block


# --- what pledges refer to ---


def make_partner(name: str = "", **facts: Any) -> Partner:
    """An organisation: the municipality, unless ``category`` says otherwise."""
    name = name or f"Part {free_number(Partner)}"
    standard = {"name": name, "category": "municipality", "locale": _swedish()}
    return _saved(Partner(**{**standard, **facts}))


def make_official(name: str = "Jonas Ek", **facts: Any) -> Person:
    """Somebody who answers for a pledge; not an account."""
    standard = {
        "name": name,
        "role_title": "trygghetssamordnare",
        "locale": _swedish(),
    }
    return _saved(Person(**{**standard, **facts}))


def make_place(name: str = "", **facts: Any) -> Place:
    standard = {
        "name": name or f"Gångväg {free_number(Place)}",
        "category": "path",
        "locality": "Storvik",
        "measure": "Ny belysning sätts upp.",
        "locale": _swedish(),
    }
    return _saved(Place(**{**standard, **facts}))


def make_dialogue(title: str = "", **facts: Any) -> CitizenDialogue:
    standard = {
        "title": title or f"Dialog {free_number(CitizenDialogue)}",
        "category": "meeting",
        "date_from": date(2025, 10, 1),
        "what_we_take_further": "Vi ser över belysningen.",
        "locale": _swedish(),
    }
    return _saved(CitizenDialogue(**{**standard, **facts}))


def make_indicator(label: str = "", **facts: Any) -> SurveyIndicator:
    number = free_number(SurveyIndicator)
    standard = {
        "code": f"fraga-{number}",
        "label": label or f"Trygg ute sent ({number})",
        "unit": "percent",
        "polarity": "higher_is_better",
        "locale": _swedish(),
    }
    return _saved(SurveyIndicator(**{**standard, **facts}))


def make_survey(name: str = "", *, year: int = 2025, **facts: Any) -> SafetySurvey:
    standard = {
        "name": name or f"Trygghetsundersökning {year}",
        "year": year,
        "area_name": "Sandviken",
        "n_asked": 1200,
        "n_answered": 720,
        "locale": _swedish(),
    }
    return _saved(SafetySurvey(**{**standard, **facts}))


def make_working_group(name: str = "", **facts: Any) -> WorkingGroup:
    standard = {
        "name": name or f"Arbetsgrupp {free_number(WorkingGroup)}",
        "mission": "Gruppen arbetar för trygga platser.",
        "locale": _swedish(),
    }
    return _saved(WorkingGroup(**{**standard, **facts}))


# --- pages ---


def _add(parent: Page, page: Any) -> Any:
    page.locale = parent.locale
    return fresh(parent).add_child(instance=page)


def make_pledge_index(home: Page, **facts: Any) -> PledgeIndexPage:
    standard = {
        "title": "Medborgarlöften",
        "slug": "loften",
        "ingress": "Det här har vi lovat.",
    }
    return _add(home, PledgeIndexPage(**{**standard, **facts}))


def make_focus_index(home: Page, **facts: Any) -> FocusAreaIndexPage:
    standard = {
        "title": "Fokusområden",
        "slug": "fokusomraden",
        "ingress": "Det här arbetar vi med.",
    }
    return _add(home, FocusAreaIndexPage(**{**standard, **facts}))


def make_focus_area(index: Page, title: str = "", **facts: Any) -> FocusArea:
    number = free_number(Page)
    standard = {
        "title": title or f"Fokusområde {number}",
        "slug": f"fokusomrade-{number}",
        "ingress": "Vägen hem ska kännas trygg.",
    }
    return _add(index, FocusArea(**{**standard, **facts}))


def make_programme(
    index: Page,
    *,
    parties: list[Partner],
    planned: Any = TERTIALS_2026,
    signed_on: date | None = date(2025, 12, 18),
    **facts: Any,
) -> PledgeProgramme:
    """A programme with its plan; signed for every party unless ``signed_on`` is None."""
    number = free_number(Page)
    standard = {
        "title": "Medborgarlöften 2026",
        "slug": f"medborgarloften-{number}",
        "ingress": "Det här har polisen och kommunen lovat.",
        "period_start": date(2026, 1, 1),
        "period_end": date(2026, 12, 31),
        "basis": "<p>Fem medborgardialoger och en trygghetsundersökning.</p>",
    }
    signatories = [
        Signatory(
            partner=party,
            person_name="Ove Brändström",
            role_title="kommunstyrelsens ordförande",
        )
        for party in parties
        if signed_on
    ]
    rows = [
        PlannedFollowUp(
            sort_order=order,
            label=label,
            period_start=start,
            period_end=end,
            due_on=due,
            is_final=order == len(planned) - 1,
        )
        for order, (label, start, end, due) in enumerate(planned)
    ]
    given = {**standard, **facts, "signed_on": signed_on, "parties": parties}
    children = {"signatories": signatories, "planned_followups": rows}
    return _add(index, PledgeProgramme(**given, **children))


def make_activity(title: str, responsible: Partner, **facts: Any) -> PledgeActivity:
    """An activity that is not saved: give it to a pledge."""
    also = facts.pop("also_responsible", [])
    places = facts.pop("places", [])
    activity = PledgeActivity(title=title, responsible=responsible, **facts)
    activity.also_responsible = also
    activity.places = places
    return activity


def make_pledge(
    programme: PledgeProgramme,
    *,
    activities: list[PledgeActivity],
    relations: dict[str, list[Any]] | None = None,
    **facts: Any,
) -> Pledge:
    """A pledge; ``relations`` names lists such as ``focus_areas`` or ``areas``."""
    number = free_number(Page)
    standard = {
        "title": "Mer ljus där det känns mörkt",
        "slug": f"lofte-{number}",
        "ingress": "Vi lovar att lysa upp åtta gångvägar.",
        "background": "<p>Många har pekat ut mörka platser.</p>",
        "goal": "Åtta vägar är upplysta när året är slut.",
        "number": 1,
    }
    for order, activity in enumerate(activities):
        activity.sort_order = order
    pledge = Pledge(**{**standard, "activities": activities, **facts})
    for name, originals in (relations or {}).items():
        setattr(pledge, name, originals)
    return _add(programme, pledge)


def line(activity: PledgeActivity, status: str, **facts: Any) -> FollowUpLine:
    """A line that is not saved: give it to a follow-up. ``value`` may be text."""
    if "value" in facts and facts["value"] is not None:
        facts["value"] = Decimal(str(facts["value"]))
    standard = {"text": "Det här har vi gjort."}
    return FollowUpLine(activity=activity, status_after=status, **{**standard, **facts})


def make_followup(
    programme: PledgeProgramme,
    *,
    lines: list[FollowUpLine],
    occasion: PlannedFollowUp | None = None,
    **facts: Any,
) -> FollowUp:
    """A report on the first planned occasion, approved by every party."""
    programme = fresh(programme)
    occasion = occasion or programme.planned_followups.order_by("sort_order").first()
    assert occasion is not None
    approved_by = facts.pop("approved_by_parties", list(programme.parties.all()))
    number = free_number(Page)
    standard = {
        "title": f"Uppföljning {occasion.label[0].lower()}{occasion.label[1:]}",
        "slug": f"uppfoljning-{number}",
        "ingress": "Två av åtta gångvägar är upplysta.",
        "next_steps": "I höst sätter vi upp resten av stolparna.",
    }
    for order, each in enumerate(lines):
        each.sort_order = order
    given = {**standard, **facts, "occasion": occasion, "lines": lines}
    followup = FollowUp(**given)
    followup.approved_by_parties = approved_by
    return _add(programme, followup)


def followup_on(
    programme: PledgeProgramme, results: dict[str, dict[str, Any]], **facts: Any
) -> FollowUp:
    """A draft that reports on activities by title.

    ``results`` is ``{"Sätta upp lampor": {"status": "delayed", "value": 2, …}}``; an
    activity that is not named is in progress.
    """
    lines = []
    for activity in activities_of(programme):
        told = dict(results.get(activity.title, {}))
        lines.append(line(activity, told.pop("status", "ongoing"), **told))
    return make_followup(programme, lines=lines, **facts)


def activities_of(programme: PledgeProgramme) -> list[PledgeActivity]:
    """The activities of the pledges of a programme, in order, as rows."""
    found = PledgeActivity.objects.filter(
        pledge__in=Pledge.objects.child_of(fresh(programme))
    )
    return list(found.order_by("pledge__number", "pledge__path", "sort_order"))


def occasion_of(programme: PledgeProgramme, label: str) -> PlannedFollowUp:
    return PlannedFollowUp.objects.get(programme=programme, label=label)


# --- a small programme that is public ---


@dataclass(frozen=True)
class Promises:
    """Two parties, one programme, one pledge with three activities, all public.

    The activities: "Sätta upp lampor" (exactly 8 gångvägar, the municipality),
    "Fotpatrullera på kvällarna" (no target, the police), "Gå trygghetsvandringar"
    (at least 10, both, summed).
    """

    index: PledgeIndexPage
    programme: PledgeProgramme
    pledge: Pledge
    municipality: Partner
    police: Partner

    def reloaded(self) -> Promises:
        """The same, as the database has it now."""
        return reloaded(self)

    @property
    def lamps(self) -> PledgeActivity:
        return self.activity("Sätta upp lampor")

    @property
    def patrols(self) -> PledgeActivity:
        return self.activity("Fotpatrullera på kvällarna")

    @property
    def walks(self) -> PledgeActivity:
        return self.activity("Gå trygghetsvandringar")

    def activity(self, title: str) -> PledgeActivity:
        return PledgeActivity.objects.get(pledge=self.pledge, title=title)

    def occasion(self, label: str) -> PlannedFollowUp:
        return occasion_of(self.programme, label)


def make_promises(home: Page, **facts: Any) -> Promises:
    """Publish a programme with a pledge. ``facts`` go to the programme."""
    municipality = publish(make_partner("Sandvikens kommun"))
    police = publish(make_partner("Polismyndigheten", category="police"))
    index = PledgeIndexPage.objects.child_of(fresh(home)).first()
    index = index or publish(make_pledge_index(home))
    programme = publish(make_programme(index, parties=[municipality, police], **facts))
    pledge = publish(
        make_pledge(
            programme,
            activities=[
                make_activity(
                    "Sätta upp lampor",
                    municipality,
                    category="lighting",
                    target_op="exact",
                    target_value=Decimal(8),
                    unit="gångvägar",
                ),
                make_activity(
                    "Fotpatrullera på kvällarna", police, category="presence"
                ),
                make_activity(
                    "Gå trygghetsvandringar",
                    municipality,
                    also_responsible=[police],
                    category="safety_walk",
                    target_op="min",
                    target_value=Decimal(10),
                    unit="vandringar",
                    aggregation="sum",
                ),
            ],
        )
    )
    return Promises(index, fresh(programme), pledge, municipality, police)


def make_report(promises: Promises, label: str, **facts: Any) -> FollowUp:
    """A public follow-up for a planned occasion: two of eight paths, posts late."""
    results = facts.pop("results", None) or {
        "Sätta upp lampor": {
            "status": "delayed",
            "value": 2,
            "text": "Två gångvägar är klara.",
            "reason": "Stolparna kommer för sent.",
        },
        "Gå trygghetsvandringar": {"status": "ongoing", "value": 6},
    }
    occasion = promises.occasion(label)
    return publish(followup_on(promises.programme, results, occasion=occasion, **facts))

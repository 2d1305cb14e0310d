"""Pledges and their activities as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.core.documents import page_document
from cms.core.rich_text import document_html
from pledges.documents.figures import day, number
from pledges.documents.keys import key_of, keys_of

if TYPE_CHECKING:
    from pledges.models import Pledge, PledgeActivity


def pledge_document(page: Pledge) -> dict[str, Any]:
    """Return the pledge: what was promised. How it goes is read from follow-ups."""
    activities = [_activity(each) for each in page.activities.all()]
    relations = {
        name: keys_of(getattr(page, name))
        for name in (
            "parties", "focus_areas", "areas", "dialogues", "indicators",
            "contact_persons",
        )
    }  # fmt: skip
    return page_document(
        page,
        background_html=document_html(page.background),
        goal=page.goal,
        expected_effects_html=document_html(page.expected_effects),
        outcome_summary=page.outcome_summary,
        withdrawn_reason=page.withdrawn_reason,
        activities={
            str(each.translation_key): {
                "title": each.title,
                "description_html": document_html(each.description),
                "schedule": each.schedule_text,
                "unit": each.unit,
            }
            for each in page.activities.all()
        },
        facts={
            "number": page.number,
            **relations,
            "feedback_url": page.feedback_url,
            "outcome": page.outcome or None,
            "withdrawn_on": day(page.withdrawn_on),
            "activities": activities,
        },
        references=_references(relations, activities),
    )


def _activity(each: PledgeActivity) -> dict[str, Any]:
    return {
        "key": str(each.translation_key),
        "responsible": [
            str(key_of(each.responsible)),
            *(k for k in keys_of(each.also_responsible)),
        ],
        "cooperating": keys_of(each.cooperating),
        "kind": each.kind,
        "start": day(each.start),
        "due": day(each.due),
        "target": {"op": each.target_op, "value": number(each.target_value)}
        if each.target_value is not None
        else None,
        "aggregation": each.aggregation,
        "places": keys_of(each.places),
        "indicator": key_of(each.indicator),
        "replaced_by": key_of(each.replaced_by),
    }


def _references(
    relations: dict[str, list[str]], activities: list[dict[str, Any]]
) -> dict[str, list[str]]:
    partners, places = list(relations["parties"]), list(relations["areas"])
    indicators = list(relations["indicators"])
    for activity in activities:
        partners += [*activity["responsible"], *activity["cooperating"]]
        places += activity["places"]
        indicators += [activity["indicator"]] if activity["indicator"] else []
    return {
        "partners": list(dict.fromkeys(partners)),
        "places": list(dict.fromkeys(places)),
        "indicators": list(dict.fromkeys(indicators)),
        "focus_areas": relations["focus_areas"],
        "dialogues": relations["dialogues"],
        "people": relations["contact_persons"],
    }

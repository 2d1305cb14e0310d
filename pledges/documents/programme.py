"""Programmes and their list as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.core.blocks.links import file_facts
from cms.core.documents import page_document
from cms.core.rich_text import document_html
from pledges.documents.figures import day
from pledges.documents.keys import key_of, keys_of

if TYPE_CHECKING:
    from pledges.models import PlannedFollowUp, PledgeIndexPage, PledgeProgramme


def index_document(page: PledgeIndexPage) -> dict[str, Any]:
    return page_document(page)


def programme_document(page: PledgeProgramme) -> dict[str, Any]:
    facts = _facts(page)
    signed_for = [each["partner"] for each in facts["signatories"]]
    return page_document(
        page,
        basis_html=document_html(page.basis),
        signed_at_place=page.signed_at_place,
        signatories={
            str(each.translation_key): {"role_title": each.role_title}
            for each in page.signatories.all()
        },
        planned_followups={
            str(each.translation_key): {"label": each.label}
            for each in page.planned_followups.all()
        },
        facts=facts,
        references={
            "partners": list(dict.fromkeys([*facts["parties"], *signed_for])),
            "dialogues": facts["dialogues"],
            "surveys": facts["surveys"],
            "programmes": [facts["predecessor"]] if facts["predecessor"] else [],
        },
        # Lists show the newest period first.
        list_date=f"{page.period_start.isoformat()}T12:00:00+00:00",
    )


def _facts(page: PledgeProgramme) -> dict[str, Any]:
    return {
        "period_start": day(page.period_start),
        "period_end": day(page.period_end),
        "parties": keys_of(page.parties),
        "dialogues": keys_of(page.dialogues),
        "surveys": keys_of(page.surveys),
        "signed_on": day(page.signed_on),
        "signatories": [
            {
                "key": str(each.translation_key),
                "partner": key_of(each.partner),
                "name": each.person_name,
            }
            for each in page.signatories.all()
        ],
        "agreement": file_facts(page.agreement) if page.agreement else None,
        "cadence": page.cadence,
        "planned_followups": [_planned(each) for each in page.planned_followups.all()],
        "predecessor": key_of(page.predecessor),
        "police_url": page.police_url,
        "register_no": page.register_no,
    }


def _planned(each: PlannedFollowUp) -> dict[str, Any]:
    return {
        "key": str(each.translation_key),
        "period_start": day(each.period_start),
        "period_end": day(each.period_end),
        "due_on": day(each.due_on),
        "is_final": each.is_final,
    }

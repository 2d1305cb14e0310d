"""Follow-ups as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.core.documents import page_document
from cms.core.rich_text import document_html
from pledges.documents.figures import number
from pledges.documents.keys import key_of, keys_of

if TYPE_CHECKING:
    from pledges.models import FollowUp, FollowUpLine


def followup_document(page: FollowUp) -> dict[str, Any]:
    """Return the report; its period, due day and figures are facts."""
    lines = list(page.lines.all())
    occasion, parties = page.occasion, keys_of(page.approved_by_parties)
    return page_document(
        page,
        effect_html=document_html(page.effect_text),
        caveat=page.caveat,
        next_steps=page.next_steps,
        channels_used=page.channels_used,
        lines={
            str(each.activity.translation_key): {
                "text": each.text,
                "reason": each.reason,
            }
            for each in lines
        },
        facts={
            "occasion": key_of(occasion),
            "period_start": occasion.period_start.isoformat(),
            "period_end": occasion.period_end.isoformat(),
            "due_on": occasion.due_on.isoformat(),
            "is_final": occasion.is_final,
            "approved_by": parties,
            "lines": [_line(each) for each in lines],
        },
        references={"partners": parties},
        # A report is about its period, not about the day somebody typed it.
        list_date=f"{occasion.period_end.isoformat()}T12:00:00+00:00",
    )


def _line(each: FollowUpLine) -> dict[str, Any]:
    return {
        "activity": key_of(each.activity),
        "pledge": key_of(each.activity.pledge),
        "status": each.status_after,
        "value": number(each.value),
        "evidence_url": each.evidence_url,
    }

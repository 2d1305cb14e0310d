"""Focus areas as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.core.documents import page_document
from pledges.documents.figures import day
from pledges.documents.keys import key_of, keys_of

if TYPE_CHECKING:
    from pledges.models import FocusArea, FocusAreaIndexPage


def index_document(page: FocusAreaIndexPage) -> dict[str, Any]:
    return page_document(page)


def focus_area_document(page: FocusArea) -> dict[str, Any]:
    """Return the area. Pledges and articles that name it are found from the log."""
    group = key_of(page.working_group)
    indicators = keys_of(page.indicators)
    return page_document(
        page,
        goals=[{"id": goal.id, "text": goal.value} for goal in page.goals],
        former_names=[
            {"id": former.id, **dict(former.value)} for former in page.former_names
        ],
        facts={
            "kind": page.kind,
            "working_group": group,
            "indicators": indicators,
            "valid_from": day(page.valid_from),
            "valid_to": day(page.valid_to),
        },
        references={
            "working_groups": [group] if group else [],
            "indicators": indicators,
        },
    )

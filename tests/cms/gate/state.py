"""Everything that counts as public or as a decision, to compare before and after."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from wagtail.models import (
    ModelLogEntry,
    Page,
    PageLogEntry,
    Revision,
    TaskState,
    WorkflowState,
)
from wagtail_localize.models import StringTranslation, Translation

from articles.models import ArticlePage
from cms.core.models import ContactBlock
from cms.gate.models import Decision
from cms.log.models import Head, Publication
from cms.reading.pages import Gone, Reading, Redirect, read_path
from tests.matrix import DRAFT, MOVED, REFUSED, ROW, WITHDRAWN


@dataclass(frozen=True)
class State:
    """``public`` is what readers get, ``rows`` Wagtail's copy, ``desk`` the rest."""

    log: list[tuple[Any, ...]]
    public: dict[str, str]
    rows: dict[str, tuple[Any, ...]]
    desk: list[Any]


def state_of(*paths: str) -> State:
    """The state of the site; ``paths`` are read as a reader reads them."""
    log = Publication.objects.order_by("id").values_list("id", "action", "locale")
    return State(
        log=list(log),
        public={
            **{path: _answer(path) for path in paths},
            "heads": repr(list(Head.objects.order_by("id").values_list())),
        },
        rows=_rows(),
        desk=_desk(),
    )


def _answer(path: str) -> str:
    answer = read_path(path)
    if isinstance(answer, Reading):
        return json.dumps([answer.title, answer.document, answer.contact])
    if isinstance(answer, Redirect):
        return f"redirect to {answer.path}"
    return "gone" if isinstance(answer, Gone) else "nothing"


def _rows() -> dict[str, tuple[Any, ...]]:
    """The fields that Wagtail calls live."""
    pages = Page.objects.values_list(
        "pk", "live", "live_revision_id", "title", "slug", "url_path", "alias_of_id"
    )
    articles = ArticlePage.objects.values_list("pk", "ingress", "contact_block_id")
    blocks = ContactBlock.objects.values_list(
        "pk", "live", "live_revision_id", "name", "explanation", "email"
    )
    return {
        f"{name} {row[0]}": row
        for name, rows in (("page", pages), ("article", articles), ("block", blocks))
        for row in rows
    }


def _desk() -> list[Any]:
    return [
        list(queryset.order_by("pk"))
        for queryset in (
            Page.objects.values_list("pk", "latest_revision_id", "locked"),
            Revision.objects.values_list("pk", "content", "approved_go_live_at"),
            WorkflowState.objects.values_list("pk", "status"),
            TaskState.objects.values_list("pk", "status", "revision_id"),
            Decision.objects.values_list("pk", "outcome", "revision_number"),
            Translation.objects.values_list("pk", "enabled"),
            StringTranslation.objects.values_list("pk", "data"),
            PageLogEntry.objects.values_list("pk", "action"),
            ModelLogEntry.objects.values_list("pk", "action"),
        )
    ]


def what_happened(before: State, after: State) -> str:
    """Return the outcome in the words of the matrix, or what must never happen."""
    actions = {action for _id, action, _locale in after.log[len(before.log) :]}
    if actions:
        return {"withdraw": WITHDRAWN, "move": MOVED}.get(actions.pop(), "PUBLISHED")
    if before == after:
        return REFUSED
    if before.public != after.public:
        return "PUBLIC TEXT CHANGED"
    went_live = [
        name
        for name, row in after.rows.items()
        if row[1] is True and name in before.rows and before.rows[name][1] is not True
    ]
    new_and_live = [
        name
        for name, row in after.rows.items()
        if row[1] is True and name not in before.rows
    ]
    if went_live or new_and_live:
        return f"LIVE: {went_live} {new_and_live}"
    kept = {name: after.rows.get(name) for name in before.rows}
    return DRAFT if kept == before.rows else ROW

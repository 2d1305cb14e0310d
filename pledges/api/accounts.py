"""Pledges in the content API: the open accounts of everything promised."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError

from cms.api import schemas as s
from cms.reading.pages import Library
from pledges.api import schemas
from pledges.reading.open_accounts import open_accounts

router = Router()


@router.get(
    "pledges/status",
    response={200: schemas.PledgeStatus, **s.PROBLEMS},
    summary="Open accounts of all pledges",
)
def status(request: HttpRequest, query: Query[s.LangQuery]) -> Any:
    """What was promised, what is done and what is overdue, per programme and party."""
    library = Library()
    language = library.readers_language(query.lang)
    if language is None:
        raise HttpError(404, f"There is no language '{query.lang[:35]}' here.")
    return open_accounts(library, language)

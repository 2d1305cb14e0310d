"""Searching from other front ends; the finding itself is in ``cms.search``."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError
from pydantic import Field

from cms.api import examples
from cms.api import schemas as s
from cms.api.page_schemas import State
from cms.api.problems import unusable
from cms.api.shapes import LanguageTag, Shape, example
from cms.reading.pages import Library
from cms.search.finding import LAST_OFFSET, LONGEST_QUESTION, Found, Hit, find

PROBLEMS = {404: s.Problem, 400: s.Problem, 422: s.Problem}

router = Router()


class SearchQuery(s.LangQuery):
    q: str = Field(max_length=LONGEST_QUESTION, description="What to look for.")
    type: s.PageType | None = Field(None, description="Only this type.")
    limit: int = Field(20, ge=1, le=50)
    cursor: str | None = Field(None, max_length=20)


class SnippetPiece(Shape):
    """A stretch of text; ``hit`` when it is what was asked for, or like it."""

    text: str
    hit: bool


class SearchHit(Shape):
    """A page that was found. ``lang`` is the language of title and snippet.

    Where it is not the one that was asked for, mark the hit: "in Swedish".
    ``state`` is that of the page in the language that was asked for, at ``path``.
    """

    model_config = example(
        key="7f6c3a0e-5b1f-4a53-9e41-1c1f2d3b4a5e",
        type=examples.PAGE_TYPE,
        title="Uudet lamput",
        path="/fi/nyheter/uudet-lamput/",
        date="2018-02-02T08:00:00Z",
        lang="fi",
        dir="ltr",
        state="current",
        snippet=[
            {"text": "Kunta vaihtaa 23 ", "hit": False},
            {"text": "lamppua", "hit": True},
            {"text": ".", "hit": False},
        ],
        sensitivity="normal",
    )

    key: str
    type: str
    title: str
    path: str
    date: datetime
    lang: LanguageTag
    dir: Literal["ltr", "rtl"]
    state: State
    snippet: list[SnippetPiece]
    sensitivity: Literal["normal", "safety_critical"]


class SearchResult(Shape):
    """The best hits first; ``total`` is a lower bound unless ``total_is_exact``."""

    items: list[SearchHit]
    total: int
    total_is_exact: bool
    next_cursor: str | None


@router.get(
    "search",
    response={200: SearchResult, **PROBLEMS},
    summary="Pages by their words",
)
def search(request: HttpRequest, query: Query[SearchQuery]) -> Any:
    """Pages in the language that hold the words, then those that hold them in Swedish.

    Each page comes once. What nobody could look for finds nothing.
    """
    library = Library()
    language = library.readers_language(query.lang)
    if language is None:
        raise HttpError(404, f"There is no language '{query.lang}' here.")
    found = find(
        library,
        language,
        query.q,
        limit=query.limit,
        offset=_place(query.cursor),
        page_type=query.type,
    )
    return _result(found)


def _result(found: Found) -> dict[str, Any]:
    place = found.next_offset
    return {
        "items": [_hit(hit) for hit in found.hits],
        "total": found.total,
        "total_is_exact": not found.has_uncounted,
        "next_cursor": _cursor(place) if place is not None else None,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "key": hit.key,
        "type": hit.type,
        "title": "".join(piece.text for piece in hit.title),
        "path": hit.path,
        "date": hit.date,
        "lang": hit.served.tag,
        "dir": hit.served.direction,
        "state": hit.state,
        "snippet": [{"text": p.text, "hit": p.is_hit} for p in hit.snippet],
        "sensitivity": "safety_critical" if hit.is_sensitive else "normal",
    }


def _cursor(place: int) -> str:
    return base64.urlsafe_b64encode(b"%d" % place).decode().rstrip("=")


def _place(cursor: str | None) -> int:
    """Return how many hits came before; refuse a cursor that we did not give."""
    if cursor is None:
        return 0
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        place = int(base64.urlsafe_b64decode(padded.encode("ascii")))
    except (ValueError, binascii.Error) as error:
        raise unusable(["cursor"], "This cursor was not given by us.") from error
    if not 0 < place <= LAST_OFFSET:
        raise unusable(["cursor"], "This cursor was not given by us.")
    return place

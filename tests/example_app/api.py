"""Events for calendars."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError

from cms.api import schemas as s
from cms.api.shapes import LanguageTag, Shape
from cms.reading.pages import Library
from cms.reading.selections import of_types
from cms.reading.shared import texts
from tests.example_app.kinds import EventPage

router = Router()


class Event(Shape):
    """An event in the reader's language, or in the one of ``lang``."""

    key: str
    title: str
    lang: LanguageTag
    starts_on: str
    path: str


@router.get(
    "events",
    response={200: list[Event], **s.PROBLEMS},
    summary="Events, the first one first",
)
def events(request: HttpRequest, query: Query[s.LangQuery]) -> Any:
    """Every public event."""
    library = Library()
    language = library.readers_language(query.lang)
    if language is None:
        raise HttpError(404, f"There is no language '{query.lang[:35]}' here.")
    found = texts(library, language, of_types(EventPage.type_name))
    answers = [
        {
            "key": each.key,
            "title": each.title,
            "lang": each.html_lang or language.tag,
            "starts_on": each.document["starts_on"],
            "path": each.path,
        }
        for each in found
    ]
    return sorted(answers, key=lambda event: (event["starts_on"], event["title"]))

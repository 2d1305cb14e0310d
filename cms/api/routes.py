"""The content API: read-only, anonymous, the language from the parameter alone."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query
from ninja.errors import HttpError, ValidationError

from cms.api import answers, content, cursors, routers, words
from cms.api import schemas as s
from cms.api.changes import router as changes_router
from cms.api.feedback import router as feedback_router
from cms.api.openapi import ContentAPI
from cms.api.preview import router as preview_router
from cms.api.problems import invalid, problem, refuse_parameters, unusable
from cms.api.search import router as search_router
from cms.kinds import registry
from cms.log import entries
from cms.reading import listing
from cms.reading.languages import prefix_of
from cms.reading.models import Language
from cms.reading.pages import (
    Gone,
    Library,
    Reading,
    Redirect,
    read_key,
    read_path,
)
from cms.reading.selections import Selection

api = ContentAPI(
    title="Kommun CMS content API",
    version="1",
    description="Published content, in every language its readers read.",
    urls_namespace="content_api",
    docs_url="/docs",
    renderer=answers.Renderer(),
)
api.add_router("", changes_router)
api.add_router("", search_router)
api.add_router("", preview_router)
api.add_router("", feedback_router)
for router in routers.registered():
    api.add_router("", router)


api.add_exception_handler(ValidationError, invalid)


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


def _language(library: Library, tag: str) -> Language:
    language = library.readers_language(tag)
    if language is None:
        raise HttpError(404, f"There is no language '{tag[:35]}' here.")
    return language


@api.get(
    "languages",
    response={200: list[s.LanguageInfo], **s.BAD_QUERY},
    summary="Languages",
)
def languages(request: HttpRequest) -> Any:
    """The languages that readers are offered, and how much there is in each."""
    refuse_parameters(request)
    return content.languages_json(Library())


@api.get(
    "site", response={200: s.SiteInfo, **s.PROBLEMS}, summary="The frame of a site"
)
def site(request: HttpRequest, query: Query[s.LangQuery]) -> Any:
    """Navigation, contact, alerts and interface words for one language."""
    library = Library()
    language = _language(library, query.lang)
    reading = read_path(prefix_of(language.code) + "/", library)
    if not isinstance(reading, Reading):
        raise HttpError(404, "The site has no front page yet.")
    blocks = reading.document.get("body", [])
    return {
        "name": settings.CMS_SITE_NAME,
        "lang": language.tag,
        "navigation": content.links_json(reading.navigation),
        "contact": content.block_json(reading.contact),
        "alerts": [
            block for block in blocks
            if block["type"] == "callout" and block["tone"] != "info"
        ],
        "words": words.in_language(language.code),
    }  # fmt: skip


@api.get("pages", response={200: s.PageList, **s.PROBLEMS}, summary="A list of pages")
def pages(request: HttpRequest, query: Query[s.PageListQuery]) -> Any:
    """Public pages, newest first; what is not translated is listed in a fallback."""
    library = Library()
    language = _language(library, query.lang)
    relation, named = _naming(query)
    selection = Selection(
        type=query.type, relation=relation, named=named, since=query.since
    )
    found, place = cursors.after(selection, _place(query.cursor), query.limit)
    summaries = [
        {
            "key": item.key,
            "type": item.type,
            "title": item.title,
            "ingress": item.ingress,
            "path": item.path,
            "date": item.date,
            "lang": item.html_lang or language.tag,
            "state": item.state,
        }
        for item in listing.items_of(library, language, found)
    ]
    next_cursor = cursors.encode(place) if place else None
    return {"items": summaries, "next_cursor": next_cursor}


def _naming(query: s.PageListQuery) -> tuple[str | None, uuid.UUID | None]:
    """Return the relation and the key by which pages are chosen, if by any."""
    for name, relation in registry.choices().items():
        if key := getattr(query, name):
            return relation, key
    return None, None


def _place(cursor: str | None) -> cursors.Position | None:
    try:
        return None if cursor is None else cursors.decode(cursor)
    except cursors.BadCursor as error:
        raise unusable(["cursor"], "This cursor is not one of ours.") from error


@api.get(
    "pages/{uuid:key}",
    response={200: s.Page, 410: s.WithdrawnPage, 409: s.Problem, **s.PROBLEMS},
    summary="One page",
)
def page(request: HttpRequest, key: uuid.UUID, query: Query[s.PageQuery]) -> Any:
    """A page by its key, which is the same in all languages."""
    if query.publication and not entries.has_reached(query.publication):
        raise HttpError(409, f"There is no entry {query.publication} in the log yet.")
    library = Library()
    return _answer(read_key(key, _language(library, query.lang), library), library)


@api.get(
    "resolve",
    response={200: s.Page | s.RedirectTo, 410: s.WithdrawnPage, **s.PROBLEMS},
    summary="The page at an address",
)
def resolve(request: HttpRequest, query: Query[s.PathQuery]) -> Any:
    """The page for a public path, or the path where it is now."""
    library = Library()
    return _answer(read_path(_with_slashes(query.path), library), library)


@api.get(
    "translate",
    response={200: s.TranslateInfo, 410: s.WithdrawnPage, **s.PROBLEMS},
    summary="Languages of an address",
)
def translate(request: HttpRequest, query: Query[s.UrlQuery]) -> Any:
    """What a Translate button needs for one public address."""
    library = Library()
    answer = read_path(_with_slashes(_path_of(query.url)), library)
    if isinstance(answer, Redirect):
        answer = read_path(answer.path, library)
    if not isinstance(answer, Reading):
        return _answer(answer, library)
    return content.translate_json(answer)


def _path_of(url: str) -> str:
    """Return the path of an address of this site; a path alone will do."""
    try:
        parts = urlsplit(url)
        path = unquote(parts.path, errors="strict")
    except ValueError as error:
        raise unusable(["url"], "This is not an address.") from error
    if "\x00" in path or parts.scheme not in {"", "http", "https"}:
        raise unusable(["url"], "This is not an address.")
    ours = urlsplit(settings.CMS_PUBLIC_BASE_URL).netloc
    if parts.netloc.lower() not in {"", ours.lower()}:
        raise HttpError(404, "This address is not on this site.")
    return path


def _with_slashes(path: str) -> str:
    return f"/{path.strip('/')}/" if path.strip("/") else "/"


def _answer(answer: Reading | Redirect | Gone | None, library: Library) -> Any:
    if isinstance(answer, Reading):
        page = content.page_json(registry.completed(library, answer))
        return answers.answer(page)
    if isinstance(answer, Redirect):
        return {"redirect": answer.path}
    if isinstance(answer, Gone):
        return problem(
            410,
            words.gone(answer.language.code),
            withdrawn_at=answer.row.published_at.isoformat(),
            reason=answer.reason or None,
            reason_lang=answer.reason_lang or None,
        )
    raise HttpError(404, "There is no such page.")

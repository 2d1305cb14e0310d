"""Every public address of the site, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from cms.api.routes import api
from cms.kinds import registry
from cms.log.models import Head, Publication, PublicationKind
from cms.reading.languages import prefix_of, source_code, split_path
from cms.reading.library import Library
from cms.reading.models import Language
from cms.site.feeds import kinds as feeds
from cms.site.search import OTHERS, SWEDISH

API = "/api/v1/"
#: What a script leaves as it is when it puts text into an address.
_SCRIPT_SAFE = "!'()*-._~"


@dataclass(frozen=True)
class Address:
    """A percent-encoded address to ask for, and the file its answer goes to.

    ``key``: whose page it is; without one it may change with any publication.
    ``asked_as``: other spellings of the same question to the API.
    """

    url: str
    file: str
    key: UUID | None = None
    asked_as: tuple[str, ...] = ()


def pages(library: Library) -> Iterator[Address]:
    """Yield each page in each language, also as a fallback, with its API answers."""
    heads = {(head.key, head.locale): head for head in _heads()}
    sources = [head for (_key, code), head in heads.items() if code == source_code()]
    for source in sources:
        for language in library.visible:
            own = heads.get((source.key, language.code))
            path = own.path if own else prefix_of(language.code) + source.path
            yield from _page(language, source, path)


def _heads() -> QuerySet[Head]:
    return Head.objects.pages().public().order_by("id")


def _page(language: Language, source: Head, path: str) -> Iterator[Address]:
    key, tag = source.key, language.tag
    yield Address(quote(path), f"{path[1:]}index.html", key)
    for name in registry.page(source.type).below:
        yield Address(quote(f"{path}{name}/"), f"{path[1:]}{name}/index.html", key)
    plain = (f"{API}pages/{key}",) if language.code == source_code() else ()
    resolved = (f"{API}resolve?path={each}" for each in _spellings(path))
    url = f"{API}pages/{key}?lang={tag}"
    yield Address(url, f"api/pages/{key}/{tag}.json", key, (*plain, *resolved))
    first, *others = (f"{API}translate?url={each}" for each in _urls(path))
    yield Address(first, f"api/translate/{key}/{tag}.json", key, tuple(others))


def _spellings(path: str) -> list[str]:
    """Return how a path is written in a parameter: by scripts, and by people."""
    return list(dict.fromkeys([quote(path, safe=_SCRIPT_SAFE), quote(path)]))


def _urls(path: str) -> list[str]:
    address = settings.CMS_PUBLIC_BASE_URL + quote(path)
    return [quote(address, safe=_SCRIPT_SAFE), *_spellings(path)]


def former(library: Library) -> Iterator[Address]:
    """Yield addresses that lead elsewhere now, or to the news that a page is gone.

    Among them the Swedish address of each translated page below the language's tag.
    """
    published = Publication.objects.filter(kind=PublicationKind.PAGE).order_by("id")
    now = {address.url for address in pages(library)}
    seen: dict[str, UUID] = {}
    for path, key in published.values_list("path", "key").iterator():
        code, rest = split_path(path)
        seen[path] = key
        if code == source_code():
            for language in library.visible:
                seen[prefix_of(language.code) + rest] = key
    for path, key in seen.items():
        if path and quote(path) not in now:
            yield Address(quote(path), f"{path[1:]}index.html", key)


def everything_else(library: Library) -> Iterator[Address]:
    """Yield what may change with any publication: lists, feeds, the map for crawlers."""
    yield Address("/robots.txt", "robots.txt")
    yield Address(f"{API}openapi.json", "api/openapi.json")
    routes = dict(_routes())
    for route in (each for each, speaks in routes.items() if not speaks):
        name = PurePosixPath(route.replace("/", "-"))
        yield Address(f"{API}{route}", f"api/{name.stem}{name.suffix or '.json'}")
    for language in library.visible:
        tag, prefix = language.tag, prefix_of(language.code)
        wrong = OTHERS if language.code == source_code() else SWEDISH
        yield Address(f"{prefix}/{wrong}/", f"{prefix[1:]}/{wrong}/index.html")
        for kind in feeds():
            yield Address(f"/feeds/{tag}/{kind}.atom", f"feeds/{tag}/{kind}.atom")
        for route in (each for each, speaks in routes.items() if speaks):
            yield _in_language(language, route)
        for page_type in (kind.type_name for kind in registry.pages()):
            yield _in_language(language, "pages", page_type)


def _routes() -> Iterator[tuple[str, bool]]:
    """Yield what the API answers without being told more than a language.

    With each comes whether it answers in one language, Swedish unless told.
    """
    for path, methods in api.get_openapi_schema()["paths"].items():
        if "get" not in methods:
            continue
        asked = methods["get"].get("parameters", [])
        if not any(each["required"] for each in asked):
            speaks = any("default" in e["schema"] for e in asked if e["name"] == "lang")
            yield path.removeprefix(API), speaks


def _in_language(language: Language, route: str, page_type: str = "") -> Address:
    """Return a question to the API in one language; Swedish need not be named."""
    asked = {"lang": language.tag} | ({"type": page_type} if page_type else {})
    spellings = [urlencode(asked), urlencode(dict(reversed(asked.items())))]
    if language.code == source_code():
        del asked["lang"]
        spellings.append(urlencode(asked))
    first, *others = dict.fromkeys(
        f"{API}{route}?{each}" if each else f"{API}{route}" for each in spellings
    )
    stem = PurePosixPath(route.replace("/", "-")).stem
    name = "-".join(filter(None, [stem, language.tag, page_type]))
    return Address(first, f"api/{name}.json", asked_as=tuple(others))

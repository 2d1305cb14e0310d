"""No question of a reader, or of the gate, takes longer because the site has grown.

Every address and every operation of the API is asked, on a site with 24,000 rows in its
log. Each question to the database is then explained: none may read a growing table from
end to end. Which tables grow is seen by letting one more article go the whole way.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

import installed
from articles.models import ArticleIndexPage
from cms.api.routes import api
from cms.core.models import ContactBlock
from cms.gate import actions
from cms.log.models import Head
from cms.previews import links
from cms.site import feeds, sitemaps
from cms.site import urls as site_urls
from cms.webhooks.models import Endpoint
from tests.factories.pages import edit, fresh, make_article, publish
from tests.factories.people import person
from tests.factories.translations import translate
from tests.plans.explaining import Question, faults, recorded

pytestmark = pytest.mark.django_db

#: What is put into addresses, by the name of the part.
PARTS: dict[str, list[Any]] = {
    "tag": ["fi"],
    "number": [1],
    "kind": list(feeds.kinds()),
    "slash": ["/"],
    "secret": ["utkast_x"],
    "seal": ["x:y"],
    "link_id": [1],
    "digest": ["0" * 64],
    "name": ["film.mp4"],
}
#: What is asked of the API, by the name of the parameter.
ASKED = {
    "lang": "fi",
    "type": "articles.article",
    "q": "lampor stationen",
    "path": "/fi/nyheter/utfyllnad-4000/",
    "url": "/fi/nyheter/utfyllnad-4000/",
    "token": "utkast_x",
    "limit": 20,
}
#: Routes with a choice of words, which Django cannot spell.
SPELLED_OUT = {"search": ["/sok/", "/fi/search/?q=lampor+stationen"]}
#: Addresses whose first question is about something else than where a page is.
ODD_PATHS = [
    "finns/inte/",
    "nyheter/gammal/",
    "nyheter/installt/",
    "ar/nyheter/gammal/",
]


@pytest.fixture
def site(filled: dict[str, str], db: None) -> dict[str, str]:
    return filled


def paths() -> Iterator[str]:
    """Yield a path of each type of page, translated and not, and of no page."""
    pages = Head.objects.pages().public().order_by("type", "locale", "id")
    for head in pages.distinct("type", "locale"):
        yield head.path[1:]
        yield f"ar{head.path}"
    yield from ODD_PATHS


def addresses(site: dict[str, str]) -> list[str]:
    """Return addresses of every route of the site."""
    parts = {**PARTS, "key": [uuid.UUID(site["plain"])], "path": sorted(set(paths()))}
    found = [reverse("site:page", args=["nyheter/"]) + "?page=40"]
    for route in site_urls.urlpatterns:
        spelled = SPELLED_OUT.get(str(route.name)) or set(_addresses(route, parts))
        assert spelled, f"Say how the addresses of {route.name} are spelled."
        found += sorted(spelled)
    return found


def _addresses(route: Any, parts: dict[str, list[Any]]) -> Iterator[str]:
    """Yield the addresses of a route, with each value of each of its parts."""
    names = [n for n in route.pattern.regex.groupindex if n not in route.default_args]
    first = {name: parts[name][0] for name in names}
    chosen = [first, *({**first, n: value} for n in names for value in parts[n])]
    for each in chosen:
        with suppress(NoReverseMatch):
            yield reverse(f"site:{route.name}", kwargs=each)


def operations(site: dict[str, str]) -> Iterator[tuple[str, str, Any]]:
    """Yield method, address and body of requests for every operation of the API."""
    described = api.get_openapi_schema()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody")
            for query, parts in _parameters(operation, site):
                address = path.format(**parts) + (
                    f"?{urlencode(query)}" if query else ""
                )
                yield method, address, _example(body, described, site)


def _parameters(
    operation: dict[str, Any], site: dict[str, str]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield queries: what must be given, and each that may be beside it."""
    # A cursor is given by the answer before: it is followed.
    given = [p for p in operation.get("parameters", []) if p["name"] != "cursor"]
    parts = {p["name"]: _value(p, site) for p in given if p["in"] == "path"}
    asked = {p["name"]: _value(p, site) for p in given if p["in"] == "query"}
    needed = {p["name"] for p in given if p["required"]} | {"lang"}
    query = {name: value for name, value in asked.items() if name in needed}
    yield query, parts
    for name in asked.keys() - needed:
        yield query | {name: asked[name]}, parts


def _value(parameter: dict[str, Any], site: dict[str, str]) -> Any:
    shape = parameter["schema"]
    shapes = [shape, *shape.get("anyOf", [])]
    if any(each.get("format") == "uuid" for each in shapes):
        return site["area" if parameter["name"] == "focus_area" else "plain"]
    if any(each.get("format") == "date-time" for each in shapes):
        return "2012-08-01T00:00:00Z"
    if parameter["name"] in ASKED:
        return ASKED[parameter["name"]]
    if any(each.get("type") == "integer" for each in shapes):
        return 100
    raise AssertionError(f"Say what to ask for as {parameter['name']}.")


def _example(
    body: dict[str, Any] | None, described: dict[str, Any], site: dict[str, str]
) -> Any:
    if body is None:
        return None
    (content,) = body["content"].values()
    name = content["schema"]["$ref"].rpartition("/")[2]
    (example, *_more) = described["components"]["schemas"][name]["examples"]
    return example | {"key": site["plain"], "publication": None}


def ask_everything(site: dict[str, str], asked: list[str]) -> None:
    """Ask for every address and every operation; nothing may fail."""
    client = Client()
    for address in asked:
        assert client.get(address).status_code < 500, address
    for method, address, body in operations(site):
        sent = {"data": json.dumps(body), "content_type": "application/json"}
        more = sent if body is not None else {}
        answer = getattr(client, method)(address, **more)
        assert answer.status_code < 500, address
        if answer.headers["Content-Type"].startswith("application/json"):
            _follow(client, address, answer.json())


def _follow(client: Client, address: str, found: Any) -> None:
    """Ask for the rest of a list, which began before something in it changed."""
    cursor = found.get("next_cursor") if isinstance(found, dict) else None
    if cursor:
        mark = "&" if "?" in address else "?"
        rest = client.get(f"{address}{mark}{urlencode({'cursor': cursor})}")
        assert rest.status_code == 200, address


def go_the_whole_way(site: dict[str, str]) -> None:
    """Write articles; publish, translate, change, move and share one, and withdraw it."""
    index = ArticleIndexPage.objects.get(
        translation_key=site["index"], locale__language_code="sv"
    )
    contact = ContactBlock.objects.get(locale__language_code="sv")
    publish(make_article(index, title="Ännu en", contact_block=contact))
    page = publish(make_article(index, title="Och en till", contact_block=contact))
    translate(page, "fi")
    publish(page, ingress="Nu är det annorlunda.", slug="en-annan")
    edit(page, title="Inte än")
    links.make(fresh(page), by=person("editor"))
    actions.move_page(fresh(page), fresh(index.get_parent()), pos="last-child")
    actions.withdraw(fresh(page), by=person("approver"))


def counted() -> dict[str, int]:
    """Count the rows of our own tables."""
    labels = {
        config.label
        for config in apps.get_app_configs()
        if config.name in (*installed.PRODUCT, *installed.APPS)
    }
    models = apps.get_models(include_auto_created=True)
    tables = [m._meta.db_table for m in models if m._meta.app_label in labels]
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
            found[table] = cursor.fetchone()[0]
    return found


def test_no_question_reads_a_growing_table_from_end_to_end(site, monkeypatch):
    # As if the log were many times as long: a file of the sitemap holds part of it.
    monkeypatch.setattr(sitemaps, "STRETCH", 200)
    asked = addresses(site)
    Endpoint.objects.create(name="En spegel", url="https://spegel.example/")
    before = counted()
    with recorded() as questions:
        go_the_whole_way(site)
        ask_everything(site, asked)
    after = counted()
    growing = {table: rows for table, rows in after.items() if rows != before[table]}

    assert {"log_publication", "log_head", "cms_search_entry"} <= growing.keys()
    assert len(questions) > 150
    found = {
        f"{fault}: {' '.join(question.sql.split())}"
        for question in questions
        for fault in faults(question, growing)
    }
    assert not found, "\n\n".join(sorted(found))


def functions() -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield body, arguments and settings of our own functions in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosrc, proargnames[1:pronargs], coalesce(proconfig, '{}')"
            " FROM pg_proc WHERE proname LIKE 'cms\\_%' AND prolang ="
            " (SELECT oid FROM pg_language WHERE lanname = 'sql')"
        )
        yield from cursor.fetchall()


def test_functions_of_search_look_words_up(site):
    """What a function does is not to be seen from outside."""
    growing = {"cms_search_word": 24_000, "cms_search_entry": 24_000}
    given = {"code": "fi", "asked": "lampor", "bare": "lampor", "most": 20,
             "gone": ["lampor", "xyz"], "grammar": "finnish"}  # fmt: skip
    bodies = list(functions())

    assert len(bodies) == 2
    for body, names, settings in bodies:
        for name in names:
            body = re.sub(rf"\b{name}\b", f"%({name})s", body)
        asked = Question(body, {name: given[name] for name in names}, is_prepared=True)
        with transaction.atomic(), connection.cursor() as cursor:
            for setting in settings:
                cursor.execute(f"SET LOCAL {setting}")
            assert faults(asked, growing) == []
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM log_head",
        "SELECT id FROM log_publication WHERE title = 'Utfyllnad 7'",
        "SELECT id FROM log_publication WHERE actor = 'nobody' ORDER BY id LIMIT 1",
        "SELECT count(*) FROM log_head WHERE locale = 'fi'",
        "SELECT id FROM log_head WHERE path = '/x/' OR key IN ("
        "SELECT key FROM log_head WHERE path = '/y/')",
    ],
)
def test_it_is_seen_when_one_does(site, sql):
    rows = {table: rows for table, rows in counted().items() if rows > 1000}

    assert faults(Question(sql, None), rows)

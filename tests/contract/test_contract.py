"""The contract: each answer of the API for an example site, kept as a file.

When an answer is meant to change, ``make contract`` writes the files again; what
changed is then to be seen in the commit, and to be told to those who read the API.
"""

from __future__ import annotations

import difflib
import json
import os
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

GOLDEN = Path(__file__).parent / "golden"
WRITES = os.environ.get("CONTRACT") == "write"
OPENAPI = "openapi"
#: What is asked, by the name of the file; a name in braces is the key of a page.
REQUESTS = {
    "languages": "languages",
    "site": "site",
    "site-ar": "site?lang=ar",
    "pages": "pages",
    "pages-fi": "pages?lang=fi&type=articles.article&limit=2",
    "pages-focus-area": "pages?focus_area={area}&since=2026-01-01",
    "page-home": "pages/{home}",
    "page-standard-fi": "pages/{service}?lang=fi",
    "page-articles": "pages/{index}",
    "page-article": "pages/{lamps}",
    "page-article-fi": "pages/{lamps}?lang=fi",
    "page-article-ar": "pages/{lamps}?lang=ar",
    "page-fallback-ar": "pages/{plain}?lang=ar",
    "page-outdated-so": "pages/{plain}?lang=so",
    "page-safety-critical-fi": "pages/{safety}?lang=fi",
    "page-overview": "pages/{overview}",
    "page-programme": "pages/{programme}",
    "page-pledge": "pages/{pledge}",
    "page-pledge-ar": "pages/{pledge}?lang=ar",
    "page-follow-up": "pages/{report}",
    "page-focus-areas": "pages/{areas}",
    "page-focus-area": "pages/{area}",
    "page-withdrawn-fi": "pages/{withdrawn}?lang=fi",
    "resolve": "resolve?path=/fi/palvelu/",
    "resolve-moved": "resolve?path=/ar/nyheter/gammal/",
    "resolve-withdrawn-ar": "resolve?path=/ar/nyheter/installt/",
    "resolve-nothing": "resolve?path=/x/",
    "translate": "translate?url=http://testserver/ar/nyheter/bara-svenska/",
    "changes": "changes?since=0&limit=5",
    "changes-fi": "changes?lang=fi&type=articles.article",
    "search": "search?q=lampor",
    "search-fi": "search?q=lamput&lang=fi&limit=1",
    "places": "places.geojson?lang=fi",
    "pledges-status": "pledges/status",
    "surveys": "surveys?lang=fi",
    "survey": "surveys/{indicator}",
    "survey-results": "surveys/results.csv",
    "problem-language": "pages?lang=xx",
    "problem-parameters": "pages?limit=1000&langue=fi",
    "problem-text": "pages?lang=%ff",
    "problem-route": "nonsense",
}
#: Says only whether the rest has changed.
IGNORED = {"ETag", "Content-Length"}


@pytest.mark.parametrize("name", REQUESTS)
def test_answer_is_as_agreed(example, db, name):
    path = "/api/v1/" + REQUESTS[name].format(**example)
    response = Client().get(quote(path, safe="/?=&%:{}"))

    compare(name, as_file(f"GET {REQUESTS[name]}", response))


def test_description_is_as_agreed(db):
    description = Client().get("/api/v1/openapi.json").json()

    compare(OPENAPI, pretty(description))


def test_list_goes_on_after_its_first_part(example, db):
    """A cursor is opaque, so it is followed and not asked for by name."""
    path = "/api/v1/pages?lang=fi&type=articles.article&limit=2"
    cursor = Client().get(path).json()["next_cursor"]
    response = Client().get(f"{path}&cursor={cursor}")

    compare("pages-fi-next", as_file("GET what next_cursor leads to", response))


def test_nothing_is_kept_that_is_not_asked_for():
    wanted = {*REQUESTS, OPENAPI, "pages-fi-next"}

    assert {path.stem for path in GOLDEN.iterdir()} == wanted


def as_file(request, response):
    """The answer as people compare it: one line for each fact."""
    headers = {n: v for n, v in sorted(response.items()) if n not in IGNORED}
    text = response.content.decode()
    is_json = "json" in response["Content-Type"]
    body = json.loads(text) if is_json else text.splitlines()
    return pretty(
        {
            "request": request,
            "status": response.status_code,
            "headers": headers,
            "body": body,
        }
    )


def pretty(value):
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def compare(name, found):
    """Fail with what differs, or write the file when that is what is wanted."""
    path = GOLDEN / f"{name}.json"
    if WRITES:
        path.write_text(found, encoding="utf-8")
    agreed = path.read_text(encoding="utf-8") if path.exists() else ""
    if agreed != found:
        lines = difflib.unified_diff(
            agreed.splitlines(), found.splitlines(), "agreed", "answered", lineterm=""
        )
        difference = "\n".join(list(lines)[:200])
        pytest.fail(
            f"{name}.json is no longer what was agreed. Is the change meant? Then run"
            f" `make contract` and say so.\n{difference}",
            pytrace=False,
        )

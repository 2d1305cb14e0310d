"""Values that no reader types: always an answer, never a fault of ours (T35).

Every parameter of every route gets some of the values, and public pages get all.
"""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

import pytest

from bench.bench_input import NASTY, ODD_QUERIES, nasty_requests

KINDS = {"geojson": "application/geo+json", "csv": "text/csv"}
#: Every third of our own requests; the benchmark sends all of them.
SAMPLE = 3
PAGES = ("/", "/nyheter/", "/fi/nyheter/", "/x/", "/nyheter")


def assert_answered(response, path):
    """In the format of the place, and never with a fault of ours."""
    assert response.status_code < 500, path
    kind = response["Content-Type"]
    if not path.startswith("/api"):
        assert kind.startswith("text/html"), path
        if response.status_code not in {301, 302}:
            assert b"<html lang=" in response.content, path
    elif response.status_code == 200:
        ending = path.partition("?")[0].rpartition(".")[2]
        assert kind.startswith(KINDS.get(ending, "application/json")), path
    else:
        assert kind == "application/problem+json", path
        assert response.json()["status"] == response.status_code


def test_every_parameter_of_the_description_takes_nasty_values(site, client):
    """Each route, also those that are added: their parameters are described."""
    description = client.get("/api/v1/openapi.json").json()
    for asked in list(nasty_requests(description))[::SAMPLE]:
        response = client.generic(
            asked.method,
            "/",
            asked.body,
            content_type=asked.kind,
            PATH_INFO=_wsgi(asked.path),
            QUERY_STRING=asked.query,
        )
        assert_answered(
            response, f"{asked.path}?{asked.query[:80]} {asked.body[:80]!r}"
        )


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)
def test_public_page_takes_every_value(site, client, value):
    for path in PAGES:
        for query in (f"page={value}", f"{value}=1", value, f"page[]={value}"):
            response = client.get(path, QUERY_STRING=query)
            assert_answered(response, path)


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)
def test_every_place_in_an_address_takes_every_value(site, client, value):
    for path in (
        f"/{value}",
        f"/{value}/",
        f"/fi/{value}/",
        f"/nyheter/{value}/",
        f"/api/{value}",
        f"/api/v1/{value}",
        f"/api/v1/pages/{value}",
    ):
        response = client.get("/", PATH_INFO=_wsgi(path), QUERY_STRING="")
        assert_answered(response, path)


def _wsgi(path):
    """The path as a WSGI server hands it over: bytes, decoded as Latin-1."""
    return unquote_to_bytes(path).decode("latin-1")


@pytest.mark.parametrize("query", ODD_QUERIES)
def test_odd_queries_are_answered(site, client, query):
    for path in PAGES:
        assert_answered(client.get(path, QUERY_STRING=query), path)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "TRACE", "BREW"])
def test_odd_methods_and_bodies_are_answered(site, client, method):
    for path in ("/", "/x/", "/api/v1/pages", "/api/nonsense", "/livez"):
        for kind, body in (
            ("application/json", b"\xff{"),
            ("multipart/form-data; boundary=x", b"--y"),
            ("nonsense", b"\x00" * 100),
        ):
            response = client.generic(method, path, body, content_type=kind)
            assert response.status_code < 500


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": "\x00"},
        {"If-None-Match": '"' * 3000},
        {"If-Modified-Since": "yesterday"},
        {"Accept": "\xff"},
        {"Accept-Language": "x" * 5000},
        {"Cookie": "\xff=\xff; sessionid=" + "x" * 3000},
        {"Range": "bytes=9-1"},
        {"Origin": "null"},
    ],
)
def test_odd_headers_are_answered(site, client, headers):
    for path in ("/", "/api/v1/pages"):
        assert client.get(path, headers=headers).status_code in {200, 304}

"""Values that no reader types: always an answer, never a fault of ours (T35).

Every parameter of every route, and the public pages, get every value.
"""

from __future__ import annotations

from urllib.parse import quote, unquote_to_bytes

import pytest

NASTY = {
    "empty": "",
    "nul": "%00",
    "nul_inside": "a%00b",
    "bad_utf8": "%ff%fe",
    "cut_utf8": "%c3",
    "overlong_utf8": "%c0%af",
    "lone_surrogate": "%ed%a0%80",
    "replacement": "%ef%bf%bd",
    "percent": "%",
    "half_percent": "%4",
    "double_encoded_nul": "%2500",
    "negative": "-1",
    "zero": "0",
    "huge": "1" + "0" * 21,
    "beyond_bigint": str(2**63),
    "digits_4000": "9" * 4000,
    "infinity": "inf",
    "nan": "NaN",
    "exponent": "1e400",
    "arabic_digits": quote("٣"),
    "superscript": quote("²"),
    "array": "[]",
    "array_of_null": "[null]",
    "object": "{}",
    "null": "null",
    "true": "true",
    "emoji": quote("🧨👩‍👩‍👧‍👦"),
    "right_to_left": quote("\u202eabc"),
    "zero_width": quote("\u200b\u2060"),
    "newline": "%0d%0aSet-Cookie:%20a=1",
    "space": "%20",
    "plus": "+",
    "slashes": "////",
    "dots": "../../../../etc/passwd",
    "backslash": "%5c%5cevil.example%5c",
    "quote": "'%20OR%201=1--",
    "tag": "%3Cscript%3Ealert(1)%3C/script%3E",
    "template": "%7B%7B7*7%7D%7D",
    "brackets": "http://[",
    "bad_port": "http://testserver:99999999/",
    "far_past": "0001-01-01T00:00:00%2B14:00",
    "far_future": "9999-12-31T23:59:59-23:59",
    "no_zone": "2018-02-02T16:00:00",
    "unix_time": "1517583540",
    "huge_time": "9" * 18,
    "gap_in_time": "2026-03-29T02:30:00",
    "impossible_day": "2018-02-30",
    "kilobytes": "x" * 5000,
    "kilobytes_of_letters": quote("å" * 900),
}
API = {
    "languages": (),
    "site": ("lang",),
    "pages": ("lang", "type", "since", "limit", "cursor"),
    "pages/00000000-0000-4000-8000-000000000000": ("lang",),
    "resolve": ("path",),
    "translate": ("url",),
    "places.geojson": ("lang",),
    "surveys": ("lang",),
    "surveys/00000000-0000-4000-8000-000000000000": ("lang",),
    "surveys/results.csv": (),
}
KINDS = {"geojson": "application/geo+json", "csv": "text/csv"}
PARAMETERS = [(route, name) for route in API for name in (*API[route], "nonsense")]
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


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)
def test_every_parameter_takes_every_value(site, client, value):
    for route, name in PARAMETERS:
        path = f"/api/v1/{route}"
        response = client.get(path, QUERY_STRING=f"{name}={value}")
        assert_answered(response, f"{path}?{name}={value[:50]}")


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


@pytest.mark.parametrize(
    "query",
    [
        "&".join(f"a{n}=1" for n in range(2000)),
        "&".join("lang=fi" for _ in range(500)),
        "&" * 4000,
        "=" * 4000,
        "lang=fi&lang=%00",
        "lang[]=fi",
        "lang[$ne]=fi",
        "lang=fi;limit=1",
        "?lang=fi",
    ],
)
def test_odd_queries_are_answered(site, client, query):
    for path in (*PAGES, *(f"/api/v1/{route}" for route in API)):
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

"""What is true of every answer of the API: errors, headers, caching."""

from __future__ import annotations

import pytest
from django.test import Client

from cms.gate import record
from tests.cms.api.problems import assert_problem
from tests.factories.pages import publish
from tests.factories.people import person

ROUTES = ("languages", "site", "pages", "resolve?path=/", "translate?url=/")
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def api(client):
    """Get from the API; what is not there has no surprises in its form."""

    def get(route, **parameters):
        return client.get(f"/api/v1/{route}", parameters or None)

    return get


@pytest.mark.parametrize("route", ROUTES)
def test_unknown_parameter_is_named(site, client, route):
    joint = "&" if "?" in route else "?"
    body = assert_problem(client.get(f"/api/v1/{route}{joint}langue=fi"), 422)

    assert "langue" in body["detail"]
    assert "langue" in [error["parameter"] for error in body["errors"]]


@pytest.mark.parametrize(
    ("route", "parameter"),
    [
        ("pages?limit=0", "limit"),
        ("pages?limit=101", "limit"),
        ("pages?limit=x", "limit"),
        ("pages?since=yesterday", "since"),
        ("resolve", "path"),
        ("translate", "url"),
    ],
)
def test_parameter_that_cannot_be_used_is_named(site, client, route, parameter):
    body = assert_problem(client.get(f"/api/v1/{route}"), 422)

    assert body["errors"][0]["parameter"] == parameter


@pytest.mark.parametrize(
    "path",
    ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/pages/", "/api/v3/", "/api/nonsense",
     "/api/v1/pages/4711", "/api/v1/pages/", "/api/v1/pages/x?lang=fi",
     f"/api/v1/pages/{UNKNOWN}"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_other_address_is_a_problem_in_json(site, path, method):
    client = Client(enforce_csrf_checks=True)

    response = getattr(client, method)(path)

    is_route = path == "/api/v1/" or "-" in path
    assert_problem(response, 405 if method == "post" and is_route else 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("route", ROUTES)
def test_api_is_only_read(site, route, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(f"/api/v1/{route}")

    assert_problem(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("route", [*ROUTES, "pages?x=1", "resolve?path=/x/"])
def test_any_website_may_read_and_nobody_may_keep_a_cookie(site, client, route):
    client.force_login(person("admin"))
    response = client.get(f"/api/v1/{route}", headers={"Origin": "https://x.example"})

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("route", ["pages", "nonsense"])
def test_browser_may_ask_first(site, client, route):
    response = client.options(f"/api/v1/{route}")

    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("route", ROUTES)
def test_head_is_get_without_a_body(site, client, route):
    get, head = client.get(f"/api/v1/{route}"), client.head(f"/api/v1/{route}")

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == get.headers


@pytest.mark.parametrize("route", ROUTES)
def test_what_has_not_changed_is_not_sent_again(site, client, route):
    address = f"/api/v1/{route}"
    first = client.get(address)
    etag = first["ETag"]

    for known in (etag, f"W/{etag}", f'"other", {etag}', f'W/"a", W/{etag}', "*"):
        again = client.get(address, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == etag
        assert again["Cache-Control"] == first["Cache-Control"]
        assert again["Access-Control-Allow-Origin"] == "*"
    for unknown in ('"other"', "nonsense", ""):
        again = client.get(address, headers={"If-None-Match": unknown})
        assert again.status_code == 200
    assert client.head(address, headers={"If-None-Match": etag}).status_code == 304


def test_change_has_another_etag(site, client):
    page = site.live_article()
    address = f"/api/v1/pages/{page.translation_key}?lang=so"
    before = client.get(address)["ETag"]
    publish(page, ingress="Något annat.")

    assert client.get(address, headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize("route", [*ROUTES, "pages/x", "pages?limit=x"])
def test_nothing_but_the_address_changes_an_answer(site, client, route):
    plain = client.get(f"/api/v1/{route}")
    client.cookies["django_language"] = "ar"

    for headers in (
        {"Accept-Language": "fi"},
        {"X-Forwarded-Host": "evil.example"},
        {"Accept": "text/html"},
    ):
        other = client.get(f"/api/v1/{route}", headers=headers)
        assert (other.status_code, other.content) == (plain.status_code, plain.content)


def test_caches_may_keep_answers_but_ask_again_about_errors(site, api):
    assert api("pages")["Cache-Control"].startswith("public, max-age=")
    assert api("pages", x=1)["Cache-Control"] == "no-cache"


def test_fault_of_ours_is_a_problem_too(site, monkeypatch):
    def fail(*args):
        raise KeyError("HEMLIG")

    monkeypatch.setattr("cms.api.routes.read_path", fail)
    response = Client(raise_request_exception=False).get("/api/v1/resolve?path=/")

    assert_problem(response, 500)
    assert "HEMLIG" not in response.content.decode()


def test_site_without_a_front_page_is_not_found(site, api):
    """No form withdraws it; the site of whoever begins has none yet."""
    record.withdrawn(site.home)

    assert_problem(api("site"), 404)

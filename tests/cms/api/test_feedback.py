"""What front ends pass on: reports and wishes, as JSON and nothing else."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from cms.api.middleware import MAX_BODY, WRITTEN
from cms.feedback.models import ErrorReport, TranslationWish
from tests.cms.api.problems import assert_problem
from tests.factories.pages import make_emergency, publish
from tests.factories.people import person

REPORTS, WISHES = "/api/v1/reports", "/api/v1/translation-requests"
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def post(town):
    """Post JSON as a front end on another site does."""
    client = Client(enforce_csrf_checks=True)

    def send(path, body, **options):
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        options = {"content_type": "application/json", **options}
        headers = {"Origin": "https://x.example", "Sec-Fetch-Site": "cross-site"}
        return client.post(path, text, headers=headers, **options)

    return send


def said(town, **more):
    return {"key": str(town.lamps.translation_key), "text": "Fel", **more}


def wished(town, **more):
    return {"key": str(town.plain.translation_key), "lang": "so", **more}


def test_report_has_a_number(town, post):
    facts = {"lang": "fi", "publication": 1, "kind": "translation", "contact": "anna"}
    response = post(REPORTS, said(town, **facts))
    report = ErrorReport.objects.get()

    assert response.status_code == 201
    assert response.json() == {"number": report.pk}
    assert (report.locale, report.kind, report.contact) == ("fi", "translation", "anna")
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response
    assert not response.cookies
    assert response["Access-Control-Allow-Origin"] == "*"
    assert post(REPORTS, said(town, lang="fi")).json() == {"number": report.pk}


def test_wish_has_a_count(town, post):
    response = post(WISHES, wished(town, lang="SO"))

    assert response.status_code == 201
    assert response.json() == {**wished(town), "wishes": 1}
    assert TranslationWish.objects.get().locale == "so"


def test_somebody_who_is_logged_in_is_nobody_here(town):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("admin"))
    response = client.post(WISHES, wished(town), content_type="application/json")

    assert response.status_code == 201
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"text": "x" * 5_001}, "text"),
        ({"text": ""}, "text"),
        ({"text": " \u0000\u200b "}, "text"),
        ({"text": ["x"]}, "text"),
        ({"key": "x"}, "key"),
        ({"lang": "x" * 36}, "lang"),
        ({"lang": None}, "lang"),
        ({"publication": 0}, "publication"),
        ({"publication": 10**30}, "publication"),
        ({"publication": "en"}, "publication"),
        ({"kind": "nonsense"}, "kind"),
        ({"contact": "x" * 201}, "contact"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
def test_member_that_cannot_be_used_is_named(town, post, body, named):
    problem = assert_problem(post(REPORTS, said(town, **body)), 422)

    assert named in [error["parameter"] for error in problem["errors"]]
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        ("[" * 60_000, "application/json", 400),
        ("[]", "application/json", 422),
        ("null", "application/json", 422),
        ("1", "application/json", 422),
        ('{"text": "\\ud800"}', "application/json", 422),
        ("a=1", "application/x-www-form-urlencoded", 415),
        ("--x--", "multipart/form-data; boundary=x", 415),
        ("{}", "text/plain", 415),
        (" " * (MAX_BODY + 1), "application/json", 413),
    ],
)
def test_what_is_no_json_of_ours_is_a_problem(town, post, body, kind, status):
    for path in WRITTEN:
        assert_problem(post(path, body, content_type=kind), status)
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize("text", ["\x00Fel\x07", "\u202eFel", "\r\nFel\t"])
def test_text_is_kept_as_plain_text(town, post, text):
    assert post(REPORTS, said(town, text=text)).status_code == 201
    assert ErrorReport.objects.get().text == "Fel"


def test_what_is_not_there_is_not_found(town, post):
    for path, body in ((REPORTS, said(town)), (WISHES, wished(town))):
        for wrong in (
            {"key": UNKNOWN},
            {"key": str(town.withdrawn.translation_key)},
            {"key": str(town.contact.translation_key)},
            {"lang": "uk"},
            {"lang": "xx"},
        ):
            assert_problem(post(path, {**body, **wrong}), 404)
        assert_problem(post(f"{path}?lang=fi", body), 422)


def test_what_is_there_is_not_wished_for(town, post):
    for tag in ("sv", "fi", "ar"):
        key = str(town.lamps.translation_key)
        assert_problem(post(WISHES, {"key": key, "lang": tag}), 409)
    stale = {"key": str(town.stale.translation_key), "lang": "fi"}
    assert post(WISHES, stale).status_code == 201


def test_safety_critical_page_is_reported_by_mail(town, post):
    publish(make_emergency())
    page = town.site.live_article(slug="stod", sensitivity="safety_critical")
    key = str(page.translation_key)

    assert_problem(post(REPORTS, said(town, key=key)), 409)
    assert not ErrorReport.objects.exists()


def test_sixth_in_a_minute_waits(town, post):
    for path, body in ((REPORTS, said(town)), (WISHES, wished(town))):
        for _number in range(5):
            assert post(path, body).status_code == 201
        response = post(path, body)
        assert_problem(response, 429)
        assert 0 < int(response["Retry-After"]) <= 60
        assert "Retry-After" in response["Access-Control-Expose-Headers"]


def test_only_these_routes_take_a_body(town, client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {path for path, verbs in paths.items() if "post" in verbs} == WRITTEN

    for path in WRITTEN:
        for method in ("get", "head", "put", "patch", "delete"):
            response = getattr(client, method)(path)
            assert response.status_code == 405
            assert response["Allow"] == "POST, OPTIONS"
        asked = client.options(path)
        assert asked["Access-Control-Allow-Methods"] == "POST, OPTIONS"
        assert asked["Access-Control-Allow-Headers"] == "Content-Type"
        assert asked["Access-Control-Allow-Origin"] == "*"
    elsewhere = client.post("/api/v1/pages", "{}", content_type="application/json")
    assert_problem(elsewhere, 405)
    assert elsewhere["Allow"] == "GET, HEAD, OPTIONS"

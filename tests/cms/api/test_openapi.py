"""The description of the API: true, valid, and readable without third parties."""

from __future__ import annotations

import re

import jsonschema_rs
import pytest
import schemathesis
from django.contrib.staticfiles import finders
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from cms.api.middleware import WRITTEN
from cms.wsgi import application

ROUTES = {
    "/api/v1/languages",
    "/api/v1/site",
    "/api/v1/pages",
    "/api/v1/pages/{key}",
    "/api/v1/resolve",
    "/api/v1/translate",
    "/api/v1/places.geojson",
    "/api/v1/pledges/status",
    "/api/v1/surveys",
    "/api/v1/surveys/results.csv",
    "/api/v1/surveys/{key}",
    "/api/v1/changes",
    "/api/v1/search",
    "/api/v1/preview/{token}",
}
MEDIA_TYPES = {
    "/api/v1/places.geojson": "application/geo+json",
    "/api/v1/surveys/results.csv": "text/csv",
}
WITHOUT_PARAMETERS = {"/api/v1/languages", "/api/v1/surveys/results.csv"}
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture
def description(site, client):
    return client.get("/api/v1/openapi.json").json()


def test_description_covers_every_route(description):
    assert description["openapi"].startswith("3.1.")
    assert set(description["paths"]) == ROUTES | WRITTEN
    for address, path in description["paths"].items():
        assert set(path) == {_verb(address)}


def _verb(address):
    return "post" if address in WRITTEN else "get"


def test_description_is_a_valid_schema_throughout(description):
    """Each component and parameter is a JSON schema of the dialect of OpenAPI 3.1."""
    for schema in description["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)
    for address, path in description["paths"].items():
        for parameter in path[_verb(address)]["parameters"]:
            jsonschema_rs.meta.validate(parameter["schema"])
            assert parameter["in"] in {"path", "query"}
            assert parameter["required"] is True or parameter["in"] == "query"


def test_every_reference_in_the_description_leads_somewhere(description):
    references = set(re.findall(r"#/components/schemas/(\w+)", str(description)))

    assert references <= set(description["components"]["schemas"])


def test_errors_are_described_as_problems(description):
    for address, path in description["paths"].items():
        answers = path[_verb(address)]["responses"]
        usual = MEDIA_TYPES.get(address, "application/json")
        good = "201" if address in WRITTEN else "200"
        assert {good, "400", "422"} <= set(answers)
        for status, answer in answers.items():
            kind = usual if status == good else "application/problem+json"
            assert list(answer["content"]) == [kind]


def test_documentation_loads_nothing_from_others(site, client):
    response = client.get("/api/v1/docs")
    html = response.content.decode()

    assert response.status_code == 200
    for address in re.findall(r'(?:src|href)="([^"]*)"', html):
        assert address.startswith("/static/ninja/")
        assert finders.find(address.removeprefix("/static/"))
    policy = response["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert not re.search(r"https?:|\*|unsafe-eval", policy)
    assert "frame-ancestors 'none'" in policy


@pytest.fixture
def server(site):
    """The WSGI application on the connection of the test, which it must not close."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield application
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        *((path, GenerationMode.POSITIVE) for path in sorted(ROUTES | WRITTEN)),
        # Without parameters there is nothing to get wrong.
        *(
            (path, GenerationMode.NEGATIVE)
            for path in sorted((ROUTES | WRITTEN) - WITHOUT_PARAMETERS)
        ),
    ],
)
def test_generated_requests_are_answered_as_described(server, path, mode):
    """Each answer has a status, a media type and a shape that are described."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", server)
    operation = schema[path][_verb(path).upper()]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        case.call_and_validate(checks=CHECKS)

    ask()

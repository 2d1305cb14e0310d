"""The description of the API: true, valid, and readable without third parties."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema_rs
import pytest
import schemathesis
from django.apps import apps
from django.contrib.staticfiles import finders
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from cms.core.page import BasePage
from cms.kinds import registry

AGREED = json.loads(Path("tests/contract/golden/openapi.json").read_text("utf-8"))
OPERATIONS = [(path, verb) for path, verbs in AGREED["paths"].items() for verb in verbs]
MEDIA_TYPES = {
    "/api/v1/places.geojson": "application/geo+json",
    "/api/v1/surveys/results.csv": "text/csv",
}
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture
def description(site, client):
    return client.get("/api/v1/openapi.json").json()


def test_description_is_of_openapi_and_in_words(description):
    """Which routes there are, the contract says; each is explained."""
    assert description["openapi"].startswith("3.1.")
    for path, verbs in description["paths"].items():
        for verb, operation in verbs.items():
            assert operation["summary"], path
            assert operation["description"], path
            assert verb in {"get", "post"}


def test_every_example_is_as_its_schema_says(description):
    components = description["components"]
    exemplified = set()
    for name, schema in components["schemas"].items():
        reference = {"$ref": f"#/components/schemas/{name}", "components": components}
        for example in schema.get("examples", []):
            jsonschema_rs.validate(reference, example)
            exemplified.add(name)

    for union in ("Page", "Block"):
        shape = components["schemas"][union]
        shapes = shape["discriminator"]["mapping"].values()
        assert {shape.rpartition("/")[2] for shape in shapes} <= exemplified


def test_every_type_of_page_and_of_block_is_described(description):
    """What editors can make and the API does not know would be a fault of ours."""
    schemas = description["components"]["schemas"]
    pages = {
        model.kind.type_name
        for model in apps.get_models()
        if issubclass(model, BasePage)
    }
    blocks = {block.type_name for block in registry.blocks()}

    assert set(schemas["Page"]["discriminator"]["mapping"]) == pages
    assert set(schemas["Block"]["discriminator"]["mapping"]) == blocks


def test_description_is_a_valid_schema_throughout(description):
    """Each component and parameter is a JSON schema of the dialect of OpenAPI 3.1."""
    for schema in description["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)
    for path in description["paths"].values():
        for operation in path.values():
            for parameter in operation["parameters"]:
                jsonschema_rs.meta.validate(parameter["schema"])
                assert parameter["in"] in {"path", "query"}
                assert parameter["required"] is True or parameter["in"] == "query"


def test_every_reference_in_the_description_leads_somewhere(description):
    references = set(re.findall(r"#/components/schemas/(\w+)", str(description)))

    assert references <= set(description["components"]["schemas"])


def test_errors_are_described_as_problems(description):
    for address, path in description["paths"].items():
        usual = MEDIA_TYPES.get(address, "application/json")
        for operation in path.values():
            answers = operation["responses"]
            assert {"400", "422"} < set(answers)
            for status, answer in answers.items():
                kind = usual if status < "400" else "application/problem+json"
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
    """Django on the connection of the test, which it must not close."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def can_be_wrong(operation):
    """Whether there is anything but a text in the address, which may be any text."""
    return "requestBody" in operation or any(
        parameter["in"] == "query" or "format" in parameter["schema"]
        for parameter in operation["parameters"]
    )


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize(("path", "verb"), OPERATIONS)
def test_generated_requests_are_answered_as_described(server, path, verb, mode):
    """Each answer has a status, a media type and a shape that are described."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", server)
    operation = schema[path][verb.upper()]
    if mode == GenerationMode.NEGATIVE and not can_be_wrong(operation.definition.raw):
        return

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=15,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        case.call_and_validate(checks=CHECKS)

    ask()

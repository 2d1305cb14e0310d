"""What those who keep copies of answers can rely on."""

from __future__ import annotations

import pytest

from tests.cms.api.problems import assert_problem


@pytest.fixture
def api(client):
    return lambda route, **asked: client.get(f"/api/v1/{route}", asked or None)


def test_answer_shows_the_site_after_an_entry_or_later(town, api):
    newest = api("changes").json()["next"]
    key = api("resolve", path="/nyheter/").json()["key"]
    plain = api(f"pages/{key}", lang="fi")

    for number in (1, newest):
        answer = api(f"pages/{key}", lang="fi", publication=number)
        assert answer.content == plain.content
    refusal = api(f"pages/{key}", lang="fi", publication=newest + 1)
    assert_problem(refusal, 409)


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "x", str(2**63)])
def test_number_that_no_entry_can_have_is_named(town, api, number):
    key = api("resolve", path="/nyheter/").json()["key"]
    refusal = api(f"pages/{key}", publication=number)

    assert_problem(refusal, 422)
    assert refusal.json()["errors"][0]["parameter"] == "publication"


def test_caches_are_told_what_an_answer_was_made_from(town, api):
    key = api("resolve", path="/fi/").json()["key"]
    page, listing = api(f"pages/{key}"), api("pages")

    assert key in page["Cache-Tag"].split(",")
    assert listing["Cache-Tag"].split(",")[0] == "any"
    assert "Cache-Tag" not in api("pages/finns-inte")

"""The log's commands, as an operator or archivist runs them."""

from __future__ import annotations

import json
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cms.log.management.commands import verify_log
from cms.log.models import Head
from tests.cms.log.entries import append, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication():
    """Public in Finnish from 16.00 to 17.00, Swedish time in winter."""
    row = append(
        at=datetime.fromisoformat("2018-02-02T16:00+01:00"),
        locale="fi",
        path="/fi/pääsivu/",
    )
    withdraw(row, at=datetime.fromisoformat("2018-02-02T17:00+01:00"))
    return row


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_verify_log_counts_an_honest_log(publication):
    assert "2 publications checked.\nThe log is intact." in run("verify_log")


def test_verify_log_fails_when_there_is_a_problem(publication):
    Head.objects.update(is_public=True)
    out = StringIO()

    with pytest.raises(CommandError, match="Problems found: 1"):
        call_command("verify_log", stdout=out)

    assert "head_differs" in out.getvalue()
    assert "2 publications checked." in out.getvalue()


def test_verify_log_tells_its_progress_when_it_takes_long(publication, monkeypatch):
    monkeypatch.setattr(verify_log, "_INTERVAL", -1)
    err = StringIO()

    call_command("verify_log", stdout=StringIO(), stderr=err)

    assert "2 of 2 publications" in err.getvalue()


@pytest.mark.parametrize(
    "at", ["2018-02-02T16:00", "2018-02-02T15:00Z", "2018-02-02T16:59:59"]
)
@pytest.mark.parametrize(
    "path", ["/fi/pääsivu/", "fi/pääsivu", "/fi/p%C3%A4%C3%A4sivu/"]
)
def test_as_of_prints_what_was_public(publication, path, at):
    printed = json.loads(run("as_of", path, "--at", at))

    assert printed["id"] == publication.pk
    assert printed["path"] == "/fi/pääsivu/"
    assert printed["key"] == str(publication.key)
    assert printed["document"] == publication.document


@pytest.mark.parametrize("at", ["2018-02-02T15:59", "2018-02-02T17:00", "2017-01-01"])
def test_as_of_fails_when_nothing_was_public(publication, at):
    with pytest.raises(CommandError, match="Nothing was public at /fi/pääsivu/"):
        run("as_of", "/fi/pääsivu/", "--at", at)


def test_as_of_finds_the_home_page():
    append(path="/", at=datetime.fromisoformat("2018-02-02T16:00+01:00"))

    assert '"path": "/"' in run("as_of", "/", "--at", "2018-02-02T16:00")


def test_as_of_fails_when_the_time_is_no_time():
    with pytest.raises(CommandError, match="Not a time: yesterday"):
        run("as_of", "/", "--at", "yesterday")

"""From a database address to Django's setting."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.settings.parts.database import parse_database_url

FOLDER = Path("/srv/cms")


def parse(url: str):
    return parse_database_url(url, folder=FOLDER)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///var/cms.sqlite3", "/srv/cms/var/cms.sqlite3"),
        ("sqlite:////data/cms.sqlite3", "/data/cms.sqlite3"),
    ],
)
def test_sqlite_file_is_relative_to_the_project_unless_absolute(url, path):
    assert parse(url)["NAME"] == Path(path)


def test_sqlite_takes_its_write_lock_at_once_and_waits_for_it():
    options = parse("sqlite:///cms.sqlite3")["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert "journal_mode=WAL" in options["init_command"]


def test_postgres_parts_are_decoded():
    parsed = parse("postgres://c%40ms:p%2Fw@db.example:6432/kommun")

    assert parsed["USER"] == "c@ms"
    assert parsed["PASSWORD"] == "p/w"
    assert (parsed["HOST"], parsed["PORT"]) == ("db.example", 6432)
    assert parsed["NAME"] == "kommun"
    assert parsed["CONN_HEALTH_CHECKS"] is True


def test_postgres_waits_are_bounded():
    options = parse("postgresql://cms@db/kommun")["OPTIONS"]

    assert options["connect_timeout"] == 2
    assert "-c statement_timeout=3s" in options["options"]
    assert "-c lock_timeout=2s" in options["options"]
    assert "-c idle_in_transaction_session_timeout=15s" in options["options"]


def test_limit_in_the_address_wins():
    options = parse("postgres://db/kommun?statement_timeout=0")["OPTIONS"]

    assert "-c statement_timeout=0" in options["options"]
    assert "statement_timeout" not in options


def test_other_parameters_go_to_libpq():
    parsed = parse("postgres:///kommun?host=/run/pg&sslmode=require")

    assert parsed["HOST"] == "/run/pg"
    assert parsed["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize("url", ["mysql://db/kommun", "kommun", "sqlite://"])
def test_other_addresses_are_refused_with_an_example(url):
    with pytest.raises(ImproperlyConfigured, match="Example"):
        parse(url)

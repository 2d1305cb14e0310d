"""From a database address to Django's setting."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Django's, with an end to every wait.
POSTGRESQL = "cms.database.postgresql"
# No reader waits for long: a hanging database must become an answer.
REQUEST_LIMITS = {
    "statement_timeout": "3s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "15s",
}

# What is prepared (cms.database.sql) is planned once, whatever it is asked with.
_PLANS = {"plan_cache_mode": "force_generic_plan"}

# The names of the databases in DATABASES.
PRIMARY = "default"
REPLICA = "replica"


def databases(
    url: str, *, replica: str, folder: Path, limits: dict[str, str] | None = None
) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: the primary, and a replica for public reads if there is one."""
    found = {PRIMARY: parse_database_url(url, folder=folder, limits=limits)}
    if replica:
        entry = parse_database_url(replica, folder=folder, limits=limits)
        if entry["ENGINE"] != POSTGRESQL:
            raise ImproperlyConfigured(
                "DATABASE_REPLICA_URL is no PostgreSQL address. "
                "Example: postgres://cms:secret@replica.example.org/cms"
            )
        found[REPLICA] = entry
    return found


def parse_database_url(
    url: str, *, folder: Path, limits: dict[str, str] | None = None
) -> dict[str, Any]:
    """Django's DATABASES entry for an address.

    `sqlite:///var/cms.sqlite3` is relative to `folder`, four slashes make it
    absolute. What follows the question mark of a PostgreSQL address is either one
    of the limits (`?statement_timeout=0`) or a parameter of libpq.
    """
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        return _sqlite(url, folder)
    if scheme in {"postgres", "postgresql"}:
        return _postgres(url, REQUEST_LIMITS if limits is None else limits)
    raise ImproperlyConfigured(
        f"DATABASE_URL starts with “{scheme}:”, which is no known kind of database. "
        "Examples: sqlite:///var/cms.sqlite3, postgres://cms:secret@db.example.org/cms"
    )


def _sqlite(url: str, folder: Path) -> dict[str, Any]:
    name = unquote(urlsplit(url).path[1:])
    if not name:
        raise ImproperlyConfigured(
            "DATABASE_URL names no SQLite file. Example: sqlite:///var/cms.sqlite3"
        )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / name,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgres(url: str, limits: dict[str, str]) -> dict[str, Any]:
    parts = urlsplit(url)
    parameters = dict(parse_qsl(parts.query))
    limits = {name: parameters.pop(name, value) for name, value in limits.items()}
    return {
        "ENGINE": POSTGRESQL,
        "NAME": unquote(parts.path[1:]) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parameters.pop("host", None) or parts.hostname or "",
        "PORT": parameters.pop("port", None) or parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 2,
            "keepalives_idle": 30,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "options": " ".join(
                f"-c {name}={value}" for name, value in (_PLANS | limits).items()
            ),
            **parameters,
        },
    }

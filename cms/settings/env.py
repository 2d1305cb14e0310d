"""The environment, read in one place and typed.

Every variable the product understands is declared here with its meaning and an
example, so that a wrong or missing value is answered with a sentence. Nothing
else may read the environment; a test holds that.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Variable:
    """One environment variable: what it decides and what it may look like."""

    name: str
    meaning: str
    example: str


VARIABLES = {
    variable.name: variable
    for variable in (
        Variable(
            "DATABASE_URL",
            "the database: PostgreSQL in production, SQLite for a first look",
            "postgres://cms:secret@db.example.org:5432/cms",
        ),
        Variable(
            "DATABASE_REPLICA_URL",
            "a PostgreSQL replica of it, for public reads",
            "postgres://cms:secret@replica.example.org:5432/cms",
        ),
        Variable(
            "SECRET_KEY",
            "the key that signs sessions and preview links; at least 32 characters",
            "the output of: python -c 'import secrets; print(secrets.token_urlsafe())'",
        ),
        Variable(
            "ALLOWED_HOSTS",
            "host names the site answers to, separated by commas",
            "www.kommun.example,cms.kommun.example",
        ),
        Variable(
            "PUBLIC_BASE_URL",
            "the address of the public site, without a path",
            "https://www.kommun.example",
        ),
        Variable(
            "ADMIN_BASE_URL",
            "the address of the editors' desk; PUBLIC_BASE_URL unless it has its own",
            "https://cms.kommun.example",
        ),
        Variable(
            "DEBUG",
            "whether errors show their inner details; for development only",
            "0",
        ),
        Variable(
            "DEMO",
            "whether demo accounts and demo content may exist; never in production",
            "0",
        ),
        Variable(
            "DEMO_PASSWORD",
            "the password of every demo account",
            "demo-demo-demo",
        ),
        Variable(
            "EMAIL_URL",
            "where mail is handed over: smtp, smtps or console",
            "smtp://user:secret@mail.kommun.example:587?tls=1",
        ),
        Variable(
            "MEDIA_URL",
            "the address under which uploaded files are read",
            "/media/",
        ),
        Variable(
            "MEDIA_ROOT",
            "the folder where uploaded files are kept",
            "/srv/cms/media",
        ),
        Variable(
            "S3_BUCKET",
            "the bucket of S3-compatible storage where uploaded files are kept, "
            "instead of in MEDIA_ROOT",
            "cms-media",
        ),
        Variable(
            "S3_ENDPOINT_URL",
            "the address of the storage; Amazon's own without it",
            "https://s3.kommun.example",
        ),
        Variable(
            "S3_REGION",
            "the region of the bucket, if the storage has regions",
            "eu-north-1",
        ),
        Variable(
            "S3_ACCESS_KEY_ID",
            "who we are to the storage",
            "cms",
        ),
        Variable(
            "S3_SECRET_ACCESS_KEY",
            "how the storage knows that it is us",
            "a long secret",
        ),
        Variable(
            "DELIVERY_ROOT",
            "the folder where answers are kept ready for readers; one for each machine",
            "/var/cache/cms",
        ),
        Variable(
            "QUICK_EXIT_URL",
            "the address that readers of a safety-critical page leave to in a hurry",
            "https://www.smhi.se/",
        ),
        Variable(
            "MAP_TILES_URL",
            "the address of the map images behind places, with {z}, {x} and {y}; "
            "without it the map is a plain grid and asks nobody",
            "https://kartor.kommun.example/{z}/{x}/{y}.png",
        ),
        Variable(
            "MAP_ATTRIBUTION",
            "whose map images they are and under which terms; shown below the map",
            "© Lantmäteriet, CC BY 4.0",
        ),
        Variable(
            "LOG_LEVEL",
            "the least serious message that is logged",
            "INFO",
        ),
    )
}

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?")


class EnvironmentReader:
    """Typed readers over a mapping. An empty value counts as not set."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str, default: str | None = None) -> str:
        """The value as it stands; an error if it is neither set nor has a default."""
        variable = VARIABLES[name]
        value = self._values.get(variable.name, "").strip()
        if value:
            return value
        if default is None:
            raise _error(variable, "is not set")
        return default

    def flag(self, name: str, default: bool) -> bool:
        """Yes or no, written as 1/0, true/false, yes/no or on/off."""
        value = self.text(name, "").lower()
        if not value:
            return default
        if value in _TRUE:
            return True
        if value in _FALSE:
            return False
        raise _error(VARIABLES[name], "is neither yes (1) nor no (0)")

    def words(self, name: str, default: tuple[str, ...] = ()) -> list[str]:
        """A list separated by commas."""
        value = self.text(name, "")
        words = [word.strip() for word in value.split(",") if word.strip()]
        return words or list(default)

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """One of a few words, in capitals."""
        value = self.text(name, default).upper()
        if value not in allowed:
            raise _error(VARIABLES[name], f"is not one of {', '.join(allowed)}")
        return value

    def base_url(self, name: str, default: str | None = None) -> str:
        """An http(s) address of a host, without path or closing slash."""
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        is_host = parts.scheme in {"http", "https"} and bool(parts.hostname)
        if value and not (is_host and not parts.path and not parts.query):
            raise _error(VARIABLES[name], "is not an http(s) address without a path")
        return value

    def web_address(self, name: str, default: str) -> str:
        """An http(s) address, with or without a path."""
        value = self.text(name, default)
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise _error(VARIABLES[name], "is not an http(s) address")
        return value

    def tiles_url(self, name: str) -> str:
        """The address of map images, on a host of their own or ours; may be empty."""
        value = self.text(name, "")
        parts = urlsplit(value)
        elsewhere = parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.netloc)
        here = value.startswith("/") and not parts.netloc
        marks = set(re.findall(r"{(.*?)}", f"{parts.path}?{parts.query}"))
        complete = {"z", "x", "y"} <= marks <= {"z", "x", "y", "r"}
        if value and not ((elsewhere or here) and complete):
            raise _error(VARIABLES[name], "cannot be used")
        return value


def _error(variable: Variable, complaint: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{variable.name} {complaint}. It is {variable.meaning}. "
        f"Example: {variable.example}"
    )


env = EnvironmentReader(os.environ)

"""What production refuses to start with. Pure: takes values, names every fault."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured

# Public knowledge, for development and tests only.
DEVELOPMENT_KEY = "known-to-everybody-and-good-for-development-only"

_KNOWN_KEYS = frozenset({DEVELOPMENT_KEY})
_WEAK_PREFIXES = ("django-insecure-", "change", "secret", "example")
_LEAST_KEY_LENGTH = 32
_LEAST_DIFFERENT_CHARACTERS = 10
_LOOPBACK = frozenset({"localhost", ".localhost", "127.0.0.1", "[::1]"})


def refuse_unsafe_start(
    *,
    secret_key: str,
    debug: bool,
    demo: bool,
    allowed_hosts: Sequence[str],
    public_base_url: str,
) -> None:
    """Raise one error with every fault, so that nobody mends them one by one."""
    faults = [
        *_key_faults(secret_key),
        *_host_faults(allowed_hosts, debug),
    ]
    if demo:
        faults.append("DEMO is on; demo accounts have a known password.")
    if not public_base_url.startswith("https://"):
        faults.append("PUBLIC_BASE_URL is not an https:// address.")
    if faults:
        raise ImproperlyConfigured("Refusing to start. " + " ".join(faults))


def _key_faults(key: str) -> list[str]:
    how = "Make one: python -c 'import secrets; print(secrets.token_urlsafe())'."
    if not key:
        return [f"SECRET_KEY is not set. {how}"]
    if key in _KNOWN_KEYS or key.lower().startswith(_WEAK_PREFIXES):
        return [f"SECRET_KEY is a known default. {how}"]
    if len(key) < _LEAST_KEY_LENGTH or len(set(key)) < _LEAST_DIFFERENT_CHARACTERS:
        return [f"SECRET_KEY is too short or too uniform. {how}"]
    return []


def _host_faults(hosts: Sequence[str], debug: bool) -> list[str]:
    if not hosts:
        return ["ALLOWED_HOSTS names no host."]
    if "*" in hosts:
        return ["ALLOWED_HOSTS is “*”; name the hosts."]
    if debug and not set(hosts) <= _LOOPBACK:
        return ["DEBUG is on while ALLOWED_HOSTS names a public host."]
    return []

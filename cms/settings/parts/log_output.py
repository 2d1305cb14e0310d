"""Logging: one line per event on standard output; whoever runs us collects it."""

from __future__ import annotations

import logging
import re
from typing import Any

# Whoever has one of these can do what its owner can: the secret of a preview link and
# the one that sets a new password. They stand in addresses, and addresses in logs (T52).
_SECRET = re.compile(
    r"(utkast_|/forhandsvisning/|/api/v1/preview/|/password_reset/confirm/[^/\s]+/)"
    r"[^\s/?#\"'<>]+"
)
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f\u0085\u2028\u2029]")


class LineFormatter(logging.Formatter):
    """Writes no secret of an address, and nothing that could begin a line of its own.

    It sees what every logger says, whatever it was given: Django's request log, the
    server's access log and tracebacks too.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        return _CONTROL.sub(_escaped, super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub(r"\1…", super().format(record))


def _escaped(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape").decode("ascii")


def log_to_stdout(level: str) -> dict[str, Any]:
    """Django's LOGGING setting."""
    ours = {"handlers": [], "level": level, "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": LineFormatter,
                "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
            },
        },
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "line",
            },
        },
        "root": {"handlers": ["stdout"], "level": level},
        "loggers": {
            "django": ours,
            # Says twice for every task that it ran; a failure is logged as an error.
            "django_tasks": {**ours, "level": "WARNING"},
            "django.server": ours,
            # Off unless somebody asks the server for it, and then it names addresses.
            "granian.access": ours,
        },
    }

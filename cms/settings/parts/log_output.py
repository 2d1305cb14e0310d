"""Logging: one line per event on standard output; whoever runs us collects it."""

from __future__ import annotations

from typing import Any


def log_to_stdout(level: str) -> dict[str, Any]:
    """Django's LOGGING setting."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
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
            "django": {"handlers": [], "level": level, "propagate": True},
            # Says twice for every task that it ran; a failure is logged as an error.
            "django_tasks": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
        },
    }

"""Django's PostgreSQL, with an end to every wait: the ENGINE of our databases."""

from __future__ import annotations

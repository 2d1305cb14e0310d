"""Routes of the API that apps add: registered from ``ready()``.

They are imported when the API is put together, after every app has registered its
kinds, because the shapes of answers follow from those.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.module_loading import import_string
from ninja import Router

_paths: list[str] = []


def register(*paths: str) -> None:
    """Add routers of an app, each by its dotted path; they stand beside the core's."""
    _paths.extend(paths)


def registered() -> Iterator[Router]:
    yield from map(import_string, _paths)

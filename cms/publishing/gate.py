"""The gate's own state: which object is being published right now, and by the gate.

``BasePage.save()`` and the signal handlers ask :func:`is_open_for`; only
:mod:`cms.publishing.actions` opens the gate. A row can therefore become live nowhere
else, whatever door was tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_passing: ContextVar[frozenset[tuple[str, Any]]] = ContextVar(
    "cms_publishing_passing", default=frozenset()
)


def _name(obj: Any) -> tuple[str, Any]:
    return (obj._meta.concrete_model._meta.label, obj.pk)


@contextmanager
def opened_for(*objects: Any) -> Iterator[None]:
    """Let these objects pass while the block runs."""
    token = _passing.set(_passing.get() | {_name(obj) for obj in objects})
    try:
        yield
    finally:
        _passing.reset(token)


def is_open_for(obj: Any) -> bool:
    """Say whether the gate is carrying out an action on this very object."""
    return _name(obj) in _passing.get()

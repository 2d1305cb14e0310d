"""The gate's own state: which object is being published right now, and by the gate.

``BasePage.save()`` and the signal handlers ask :func:`is_open_for`; only
:mod:`cms.gate.actions` opens the gate. A row can therefore become live nowhere
else, whatever door was tried.

While it carries out a decision the gate has one text in hand (:class:`Approved`), so
that what was checked and what goes live are the same object, read once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail.models import Revision

    from cms.gate.models import Decision

_passing: ContextVar[frozenset[tuple[str, Any]]] = ContextVar(
    "cms_gate_passing", default=frozenset()
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


@dataclass(frozen=True)
class Approved:
    """A revision, the text that it holds, and the decision that lets it through."""

    revision: Revision
    text: Any
    decision: Decision


_in_hand: ContextVar[Approved | None] = ContextVar("cms_gate_in_hand", default=None)


@contextmanager
def carrying_out(approved: Approved) -> Iterator[None]:
    """Have this text in hand while the block runs; one text at a time."""
    token = _in_hand.set(approved)
    try:
        yield
    finally:
        _in_hand.reset(token)


def in_hand(revision: Revision) -> Approved | None:
    """Return what the gate knows of ``revision`` if it is carrying out its decision."""
    approved = _in_hand.get()
    return approved if approved and approved.revision.pk == revision.pk else None


def text_made_of(content: dict[str, Any]) -> Any | None:
    """Return the text in hand if it was made of this very content of a revision.

    Wagtail makes it anew at each of its steps.
    """
    approved = _in_hand.get()
    if approved and approved.revision.content is content:
        return approved.text
    return None


def is_going_live(obj: Any) -> bool:
    """Say whether ``obj`` is the text in hand."""
    approved = _in_hand.get()
    return approved is not None and approved.text is obj

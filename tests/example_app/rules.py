"""What an event must be like before it may be published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cms.gate.errors import Issue


def event_issues(event: Any) -> Iterator[Issue]:
    """A film alone does not lead anybody there: an event has a place."""
    if event.film and not event.place:
        yield Issue("event_place", "Välj en plats: filmen visar vägen dit.", "place")

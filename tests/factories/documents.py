"""Documents of the log, as tests look at them."""

from __future__ import annotations

from typing import Any

from cms.kinds.kinds import Part
from cms.kinds.members import Fact
from cms.kinds.walking import walk


def facts_of(kind: type[Part], document: dict[str, Any]) -> dict[str, Any]:
    """Return what is the same in every language, by its place in the document."""
    places = walk(kind, document)
    return {each.path: each.value for each in places if isinstance(each.member, Fact)}

"""What the gate asks of the things it publishes.

The gate knows pages and snippets only through this protocol, so it never imports
upward. :class:`cms.gate.gated.Gated` carries the behaviour that is the same for
all of them; ``BasePage`` and ``ContactBlock`` answer the questions.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wagtail.models import Revision

    from cms.gate.errors import Issue


@dataclass(frozen=True)
class Provenance:
    """Where the text of a revision comes from.

    ``origin`` is ``source``, ``human``, ``machine`` or ``machine_edited``;
    ``source_publication_id`` the Swedish publication that a translation was made from.
    """

    origin: str = "source"
    source_publication_id: int | None = None
    contributor_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Rendering:
    """What the log will say about one object in its present, published state."""

    key: uuid.UUID
    locale: str
    kind: str
    type: str
    path: str
    parent_key: uuid.UUID | None
    title: str
    document: dict[str, Any]


@dataclass(frozen=True)
class ReviewOutcome:
    """The outcome of the review that let a revision through."""

    review: str
    reviewed_on: date | None


class Publishable(Protocol):
    """A page or snippet that passes the gate."""

    pk: Any
    locale: Any
    translation_key: uuid.UUID
    live: bool

    def rendering(self) -> Rendering:
        """Return the document, path and names for the log."""

    def provenance(self, revision: Revision) -> Provenance:
        """Say where the text of ``revision`` comes from and who wrote it."""

    def publication_issues(self) -> Iterable[Issue]:
        """Yield what makes this text unfit for review or publication."""

    def publication_notices(self) -> Iterable[Issue]:
        """Yield what is odd and may be meant: a link to what is not public."""

    def withdrawal_issues(self) -> Iterable[Issue]:
        """Yield what forbids taking this off the public site."""

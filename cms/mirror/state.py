"""What a mirror holds, written into it, so that the next run can build on it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import UUID

NAME = "state.json"
#: Raised when the files of an older program must not be built upon.
FORM = 1


@dataclass
class Held:
    """The answer to one address.

    ``file`` below ``files/`` for a page or an answer of the API, below ``gone/`` for a
    page that was withdrawn, empty for an address that leads elsewhere. ``media`` are
    the files that the answer names.
    """

    status: int
    file: str
    headers: list[list[str]]
    content_type: str
    location: str = ""
    key: str = ""
    asked_as: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)

    def is_about(self, keys: set[UUID]) -> bool:
        """Say whether the answer belongs to one of these pages, or to none."""
        return not self.key or UUID(self.key) in keys


@dataclass
class State:
    """A mirror: up to which place in the log, in which surroundings, holding what."""

    log_id: int
    surroundings: str
    answers: dict[str, Held]

    def save(self, folder: Path) -> None:
        text = json.dumps({"form": FORM, **asdict(self)}, ensure_ascii=False)
        (folder / NAME).write_text(text, encoding="utf-8")


def load(folder: Path) -> State | None:
    """Return the state of a finished mirror; None if there is none to build on."""
    try:
        facts = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    if facts.pop("form", None) != FORM:
        return None
    answers = {url: Held(**held) for url, held in facts["answers"].items()}
    return State(facts["log_id"], facts["surroundings"], answers)

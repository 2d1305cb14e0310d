"""The passport: what a text in one language is, computed from the log.

Nothing here is stored. A translation was made from Swedish publication 41; Swedish is
now at 57 and 57 was marked "content": so the translation is outdated, until a newer
one is approved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from cms.reading import notices
from cms.reading.notices import Notice

if TYPE_CHECKING:
    from cms.reading.models import Language
    from cms.reading.queries import Row


class Original(Protocol):
    """What the log knows of a Swedish text that a translation is compared with."""

    @property
    def critical_id(self) -> int | None: ...


class Version(Original, Protocol):
    """What the log knows of a text in one language: a row for readers, or a head."""

    @property
    def is_public(self) -> bool: ...
    @property
    def origin(self) -> str: ...
    @property
    def review(self) -> str: ...
    @property
    def made_from(self) -> int | None: ...
    @property
    def content_id(self) -> int: ...
    @property
    def text_id(self) -> int: ...


@dataclass(frozen=True)
class Passport:
    """What a page says about itself.

    ``requested`` and ``served`` are language tags; they differ when the page is not
    there in the reader's language. ``freshness`` is of the requested language.
    """

    requested: str
    served: str
    origin: str
    review: str
    reviewed_on: date | None
    freshness: str
    fallback_reason: str | None
    source_updated_at: datetime
    translation_updated_at: datetime | None
    source_path: str
    notices: list[Notice] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the ``translation`` object of the API contract."""
        return {
            "requested": self.requested,
            "served": self.served,
            "origin": self.origin,
            "review": self.review,
            "reviewed_on": self.reviewed_on,
            "freshness": self.freshness,
            "fallback_reason": self.fallback_reason,
            "source_updated_at": self.source_updated_at,
            "translation_updated_at": self.translation_updated_at,
            "notices": [{"code": n.code, "text": n.text} for n in self.notices],
        }


def freshness(head: Version, source: Version | None) -> str:
    """Compare a public text with the Swedish publications after the one it is from."""
    made_from = head.made_from
    if made_from is None or source is None:
        return "current"
    if source.content_id > made_from:
        return "outdated"
    return "minor" if source.text_id > made_from else "current"


def is_critical(head: Version, source: Original | None) -> bool:
    """Say whether Swedish has changed critically since this translation was made."""
    made_from = head.made_from
    return bool(
        made_from and source and source.critical_id and source.critical_id > made_from
    )


def state(head: Version | None, source: Version | None) -> str:
    """Return the one word with which the language switch labels a language."""
    if head is None or not head.is_public:
        return "missing"
    if head.origin == "source":
        return "source"
    if is_unreviewed_machine(head):
        return "machine"
    return freshness(head, source)


def is_unreviewed_machine(head: Version) -> bool:
    """Say whether the law wants the text labelled (AI Act, article 50(4))."""
    return head.origin.startswith("machine") and head.review == "none"


def passport(
    *,
    requested: Language,
    served: Language,
    head: Row,
    source: Row,
    source_path: str,
    easy_read: Row | None = None,
) -> Passport:
    """Return the passport of ``head`` for a reader of ``requested``."""
    fallback = served.pk != requested.pk
    is_source = head.origin == "source"
    age = freshness(head, source)
    codes: list[str] = []
    if fallback:
        codes.append("not_translated")
        codes.append("shown_in_swedish" if is_source else "shown_in_other_language")
        if easy_read is not None:
            codes.append("easy_read_available")
    if not is_source:
        if is_critical(head, source):
            codes.append("critical")
        elif age == "outdated":
            codes.append("outdated")
        codes.append(_origin_code(head))
    return Passport(
        requested=requested.tag,
        served=served.tag,
        origin=head.origin,
        review="none" if is_source else head.review,
        reviewed_on=None if is_source else head.reviewed_on,
        freshness="missing" if fallback else age,
        fallback_reason="missing" if fallback else None,
        source_updated_at=source.content_updated_at,
        # Not when it was published: a page that is moved is published once more.
        translation_updated_at=None if is_source else head.content_updated_at,
        source_path=source_path,
        notices=notices.in_language(requested.code, codes),
    )


def _origin_code(head: Version) -> str:
    if is_unreviewed_machine(head):
        return "machine"
    machine = head.origin.startswith("machine")
    return "machine_checked" if machine else "human"

"""The passport: what a text in one language is, computed from the log.

Nothing here is stored. A translation was made from Swedish publication 41; Swedish is
now at 57 and 57 was marked "content": so the translation is outdated, until a newer
one is approved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cms.reading import notices
from cms.reading.notices import Notice

if TYPE_CHECKING:
    from cms.log.models import Head
    from cms.reading.models import Language


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


def freshness(head: Head, source: Head | None) -> str:
    """Compare a public text with the Swedish publications after the one it is from."""
    made_from = head.publication.source_publication_id
    if made_from is None or source is None:
        return "current"
    if source.content_id > made_from:
        return "outdated"
    return "minor" if source.text_id > made_from else "current"


def is_critical(head: Head, source: Head | None) -> bool:
    """Say whether Swedish has changed critically since this translation was made."""
    made_from = head.publication.source_publication_id
    return bool(
        made_from and source and source.critical_id and source.critical_id > made_from
    )


def state(head: Head | None, source: Head | None) -> str:
    """Return the one word with which the language switch labels a language."""
    if head is None or not head.is_public:
        return "missing"
    if head.publication.origin == "source":
        return "source"
    if is_unreviewed_machine(head):
        return "machine"
    return freshness(head, source)


def is_unreviewed_machine(head: Head) -> bool:
    """Say whether the law wants the text labelled (AI Act, article 50(4))."""
    publication = head.publication
    return publication.origin.startswith("machine") and publication.review == "none"


def passport(
    *,
    requested: Language,
    served: Language,
    head: Head,
    source: Head,
    source_path: str,
    easy_read: Head | None = None,
) -> Passport:
    """Return the passport of ``head`` for a reader of ``requested``."""
    publication = head.publication
    fallback = served.pk != requested.pk
    is_source = publication.origin == "source"
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
        origin=publication.origin,
        review="none" if is_source else publication.review,
        reviewed_on=None if is_source else publication.reviewed_on,
        freshness="missing" if fallback else age,
        fallback_reason="missing" if fallback else None,
        source_updated_at=source.publication.content_updated_at,
        # Not when it was published: a page that is moved is published once more.
        translation_updated_at=None if is_source else publication.content_updated_at,
        source_path=source_path,
        notices=notices.in_language(requested.code, codes),
    )


def _origin_code(head: Head) -> str:
    if is_unreviewed_machine(head):
        return "machine"
    machine = head.publication.origin.startswith("machine")
    return "machine_checked" if machine else "human"

"""A translation under review, as a reviewer reads it: Swedish beside the translation.

Everything comes from the revision that was submitted and from the log, not from the
segments: what is read here is what will go live, and it stays the same while Swedish
moves on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wagtail_localize.models import Translation

from cms.desk.actions import UNCHANGED
from cms.desk.pairs import Pairs, pairs_of
from cms.engine import localize
from cms.engine.models import Submission
from cms.gate import reviews
from cms.gate.reviews import Comparison, Review
from cms.log.models import Head, Publication
from cms.reading.models import Language

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True)
class Submitted:
    """A translation that waits for a decision, for one reader."""

    translation: Translation
    language: Language
    review: Review
    facts: Submission

    @cached_property
    def source_publication(self) -> Publication:
        """The Swedish publication that the translation was made from."""
        return Publication.objects.get(pk=self.facts.source_publication_id)

    @cached_property
    def source_head(self) -> Head | None:
        heads = Head.objects.select_related("publication")
        key = self.translation.source.object_id
        return heads.filter(key=key, locale=self.source_publication.locale).first()

    @property
    def source_is_public(self) -> bool:
        return bool(self.source_head and self.source_head.is_public)

    @cached_property
    def source_since(self) -> Comparison | None:
        """What has changed in Swedish since; nothing when this is still current."""
        head = self.source_head
        if head is None or not head.is_public:
            return None
        if head.publication_id == self.source_publication.pk:
            return None
        since = reviews.compare_documents(
            self.review.kind,
            self.source_publication.document,
            head.publication.document,
        )
        return since if since.is_changed else None

    @cached_property
    def pairs(self) -> Pairs:
        """The passages that are translated, in the order of the page."""
        review, source_id = self.review, self.facts.source_publication_id
        return pairs_of(review.obj, review.document, source_id)

    @property
    def passed_over(self) -> list[dict[str, str]]:
        """The failed checks; texts that were kept stand by themselves."""
        checks = self.facts.overridden_checks
        return [check for check in checks if check["code"] != UNCHANGED]

    @property
    def segments_human(self) -> int:
        facts = self.facts
        return (
            facts.segments_total
            - facts.segments_machine
            - facts.segments_machine_edited
        )


def open_submitted(translation: Translation, *, by: User) -> Submitted | None:
    """Return the translation as it was submitted, or nothing when it is not in review.

    Raises ``NotAllowed`` for somebody who does not work in the language.
    """
    review = reviews.open_review_or_none(localize.target_of(translation), by=by)
    if review is None:
        return None
    facts = Submission.objects.select_related("submitted_by").get(
        revision_number=review.revision.pk
    )
    language = Language.objects.get(locale_id=translation.target_locale_id)
    return Submitted(translation, language, review, facts)


def preview_of(translation: Translation, *, by: User) -> Any:
    """Return the target with what is translated so far, or as it was submitted."""
    target = localize.target_of(translation)
    review = reviews.open_review_or_none(target, by=by)
    return review.text if review else localize.preview_instance(translation)

"""Where the text of a revision comes from, as the gate asks it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Revision

from cms.engine.models import Submission
from cms.gate.errors import NotApproved
from cms.gate.protocols import Provenance
from cms.reading.languages import source_code


def of_revision(obj: Any, revision: Revision) -> Provenance:
    """Return the provenance of ``revision``.

    Raises ``NotApproved`` for a translated text that did not come through the desk:
    without its Swedish publication nobody could say whether it is current.
    """
    if obj.locale.language_code == source_code():
        return Provenance()
    facts = Submission.objects.filter(revision_number=revision.pk).first()
    if facts is None:
        raise NotApproved(_("Translations are submitted from the translator's desk."))
    return Provenance(
        origin=facts.origin,
        source_publication_id=facts.source_publication_id,
        contributor_ids=frozenset(facts.contributor_ids),
    )

"""What was read, into the draft of a survey. It is reviewed like any other change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from cms.gate import actions, permissions, rules
from cms.gate.errors import Conflict, NotAllowed
from pledges.importing.figures import Expectations, Figure
from pledges.importing.mistakes import Mistake
from pledges.importing.sheet import read_sheet
from pledges.models import SafetySurvey, SurveyIndicator, SurveyResult
from pledges.suppression import published

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from wagtail.models import Revision


@dataclass
class Outcome:
    """What became of a file; ``revision`` is None when nothing was taken over.

    ``kept_inside`` counts the results of the draft that readers will not see.
    """

    problems: list[Mistake] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    revision: Revision | None = None
    added: int = 0
    replaced: int = 0
    kept_inside: int = 0


@transaction.atomic
def import_results(
    survey: SafetySurvey, file: IO[bytes], *, by: User | None = None
) -> Outcome:
    """Save a new draft of ``survey`` with the results of a CSV file; all or nothing.

    Starts from the latest draft: a figure for the same question and group is replaced,
    everything else stays. Raises ``UnreadableFile``; ``NotAllowed`` when ``by`` may not
    edit the survey or it is a translation; ``Conflict`` while it is locked.
    """
    survey = actions.lock(survey)
    require_may_import(survey, by)
    draft = survey.get_latest_revision_as_object()
    known = {
        each.code.casefold(): each
        for each in SurveyIndicator.objects.filter(locale_id=survey.locale_id)
    }
    units = {code: indicator.unit for code, indicator in known.items()}
    sheet = read_sheet(file, Expectations(units, draft.n_answered))
    outcome = Outcome(problems=sheet.problems, remarks=sheet.remarks)
    if outcome.problems:
        return outcome
    _merge(draft, sheet.figures, known, outcome)
    results = list(draft.results.all())
    outcome.kept_inside = len(results) - len(published(results, draft.n_answered))
    # A draft may be unfinished elsewhere; its figures have been checked row by row.
    outcome.revision = draft.save_revision(user=by, log_action=True, clean=False)
    return outcome


def require_may_import(survey: SafetySurvey, by: User | None) -> None:
    """Raise what :func:`import_results` raises before it looks at the file."""
    permissions.require(survey, "edit", by)
    if not rules.is_source(survey):
        raise NotAllowed(
            _("Results belong to the Swedish survey: they are not translated.")
        )
    if rules.review_in_progress(survey):
        raise Conflict(_("This text is under review already."))
    lock = survey.get_lock()
    if lock and (by is None or lock.for_user(by)):
        raise Conflict(_("The survey is locked: nobody can change it now."))


def _merge(
    draft: SafetySurvey,
    figures: list[Figure],
    known: dict[str, SurveyIndicator],
    outcome: Outcome,
) -> None:
    """Put the figures into the draft, in the order of the file."""
    there = {
        (each.indicator_id, each.dimension, each.group): each
        for each in draft.results.all()
    }
    new: list[SurveyResult] = []
    for figure in figures:
        indicator = known[figure.code]
        result = there.get((indicator.pk, figure.dimension, figure.group))
        if result is None:
            result = SurveyResult(
                indicator=indicator, dimension=figure.dimension, group=figure.group
            )
            new.append(result)
        else:
            outcome.replaced += 1
        result.value, result.n, result.margin = figure.value, figure.n, figure.margin
        result.comparison_area = figure.comparison_area
        result.comparison_value = figure.comparison_value
        result.suppressed = figure.suppressed
    outcome.added = len(new)
    everything = [*there.values(), *new]
    for place, result in enumerate(everything):
        result.sort_order = place
    draft.results = everything

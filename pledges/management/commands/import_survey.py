"""Reads the results of a survey from a CSV file into its draft; never makes it public."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.gate.errors import Refused
from pledges.importing.drafts import Outcome, import_results
from pledges.importing.mistakes import UnreadableFile
from pledges.models import SafetySurvey


class Command(BaseCommand):
    """Import one file, or say row by row why not."""

    help = "Read results from a CSV file into the draft of a safety survey."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV with headings.")
        parser.add_argument(
            "--survey", type=int, required=True, help="Number of the Swedish survey."
        )

    def handle(self, *args: Any, file: Path, survey: int, **options: Any) -> None:
        found = SafetySurvey.objects.filter(pk=survey).first()
        if found is None:
            raise CommandError(f"There is no survey with the number {survey}.")
        try:
            with file.open("rb") as opened:
                outcome = import_results(found, opened)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except (UnreadableFile, Refused) as error:
            raise CommandError(str(error)) from error
        self._report(outcome)

    def _report(self, outcome: Outcome) -> None:
        for remark in outcome.remarks:
            self.stdout.write(f"Look at: {remark}")
        for problem in outcome.problems:
            column = f", {problem.column}" if problem.column else ""
            self.stderr.write(f"Row {problem.row}{column}: {problem.message}")
        if outcome.problems:
            raise CommandError("Nothing was read in.")
        self.stdout.write(
            f"Draft saved: {outcome.added} new, {outcome.replaced} replaced, "
            f"{outcome.kept_inside} not shown to readers."
        )

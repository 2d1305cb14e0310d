"""Brings in many articles of an older site as drafts; on request with its approvals."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles import bulk
from articles.actions import default_parent
from articles.importing.rows import read_rows
from articles.models import ArticleIndexPage, ArticlePage
from cms.gate.batch import publish_imported
from cms.gate.errors import Refused

#: Seconds between signs of life.
_INTERVAL = 2.0


class Command(BaseCommand):
    """Check the whole file, then write it; a file with problems is not written."""

    help = (
        "Bring in articles from a file with one JSON object on each line: id, title, "
        "ingress, date, body (HTML), and if wanted slug, category, parent, locale, "
        "updated. They become drafts. The same file may be brought in again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="JSON Lines, UTF-8.")
        parser.add_argument(
            "--parent", help="Public path of the list for articles that name none."
        )
        parser.add_argument(
            "--source", default="", help="Name of the older site, if there are several."
        )
        parser.add_argument("--by", help="Username of whoever brings them in.")
        parser.add_argument(
            "--skip-invalid",
            action="store_true",
            help="Bring in the lines that are in order, and list the others.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Check the file and write nothing."
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="Publish what was approved on the older site. Needs two people.",
        )
        parser.add_argument("--submitted-by", help="Username; with --publish.")
        parser.add_argument("--approved-by", help="Username; with --publish.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        self.reported_at = time.monotonic()
        people = self._people(options)
        try:
            made = self._plan(file, options)
            self._tell_problems(made, skip=options["skip_invalid"])
            if options["dry_run"]:
                self.stdout.write(f"{len(made.new)} articles would be brought in.")
                return
            by = self._person(options["by"])
            bulk.carry_out(made, by=by, on_progress=self._report)
            self.stdout.write(
                f"{len(made.new)} articles brought in as drafts, "
                f"{len(made.known)} were here already."
            )
            if options["publish"]:
                self._publish(made, *people)
        except Refused as error:
            raise CommandError(str(error)) from error

    def _plan(self, file: Path, options: dict[str, Any]) -> bulk.Plan:
        parent = self._parent(options["parent"])
        try:
            with file.open("rb") as lines:
                return bulk.plan(
                    read_rows(lines),
                    source=options["source"],
                    parent=parent,
                    by=self._person(options["by"]),
                )
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error

    def _parent(self, path: str | None) -> ArticleIndexPage | None:
        if path is None:
            return default_parent()
        wanted = f"/{path.strip('/')}/"
        pages = ArticleIndexPage.objects.select_related("locale")
        found = next((page for page in pages if page.public_path() == wanted), None)
        if found is None:
            raise CommandError(f"There is no list of articles at {wanted}.")
        return found

    def _person(self, username: str | None) -> Any:
        if username is None:
            return None
        person = get_user_model().objects.filter(username=username).first()
        if person is None or not person.is_active:
            raise CommandError(f"Nobody is called {username} here.")
        return person

    def _people(self, options: dict[str, Any]) -> tuple[Any, Any]:
        """Return who submitted and who approved; both or neither are named."""
        names = (options["submitted_by"], options["approved_by"])
        if options["publish"] != all(names) or any(names) != all(names):
            raise CommandError(
                "--publish, --submitted-by and --approved-by belong together."
            )
        return self._person(names[0]), self._person(names[1])

    def _tell_problems(self, made: bulk.Plan, *, skip: bool) -> None:
        for problem in made.problems:
            self.stderr.write(str(problem))
        lines = len({problem.line for problem in made.problems})
        if lines and not skip:
            raise CommandError(
                f"{lines} lines are not in order; nothing was written. "
                "Mend them, or leave them out with --skip-invalid."
            )

    def _publish(self, made: bulk.Plan, submitted_by: Any, approved_by: Any) -> None:
        """Publish what of the file is not public yet, a batch at a time."""
        keys = [*made.known, *(page.translation_key for _row, page, _i in made.new)]
        waiting = ArticlePage.objects.filter(
            translation_key__in=keys, live=False, first_published_at=None
        ).order_by("path")
        pks = list(waiting.values_list("pk", flat=True))
        for start in range(0, len(pks), bulk.BATCH):
            some = pks[start : start + bulk.BATCH]
            publish_imported(
                ArticlePage.objects.filter(pk__in=some).order_by("path"),
                submitted_by=submitted_by,
                approved_by=approved_by,
            )
            self._report(start + len(some))
        self.stdout.write(f"{len(pks)} articles published.")

    def _report(self, count: int) -> None:
        """Tell how far it has come, now and then."""
        if time.monotonic() - self.reported_at > _INTERVAL:
            self.reported_at = time.monotonic()
            self.stderr.write(f"{count} articles …")

"""Brings in the text of a web page as a draft article; never makes it public."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.actions import ImportReport, default_parent, import_article
from articles.importing import ArticleImportError
from articles.models import ArticleIndexPage
from cms.gate.errors import Refused
from cms.reading.languages import source_code


class Command(BaseCommand):
    """Import one file and say where every part of it went."""

    help = "Turn the text or HTML of a web page into a draft article."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="Plain text or HTML.")
        parser.add_argument("--locale", default="sv", help="Only sv: see --help.")
        parser.add_argument(
            "--parent", help="Public path of the list of articles, e.g. /nyheter/."
        )

    def handle(
        self, *args: Any, file: Path, locale: str, parent: str | None, **options: Any
    ) -> None:
        if locale != source_code():
            raise CommandError(
                "Articles are brought in in Swedish and translated at the desk."
            )
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        try:
            report = import_article(
                data, filename=file.name, parent=self._parent(parent)
            )
        except (ArticleImportError, Refused) as error:
            raise CommandError(str(error)) from error
        self._print(report)

    def _parent(self, path: str | None) -> ArticleIndexPage:
        if path is None:
            found = default_parent()
        else:
            wanted = f"/{path.strip('/')}/"
            pages = ArticleIndexPage.objects.all()
            found = next((p for p in pages if p.public_path() == wanted), None)
        if found is None:
            raise CommandError("Name the list of articles with --parent /path/.")
        return found

    def _print(self, report: ImportReport) -> None:
        article = report.article
        self._line("Draft", f"{report.page.title} (page {report.page.pk})")
        self._line("Lead", article.ingress or "–")
        kinds = ", ".join(block["type"] for block in article.body)
        self._line("Blocks", kinds or "–")
        if article.page_updated:
            self._line("Page updated", f"{article.page_updated:%Y-%m-%d %H.%M}")
        if report.contact:
            how = "proposed as a draft" if report.contact_is_new else "matched"
            self._line("Contact", f"{report.contact} ({how})")
        for difference in report.contact_differences:
            self._line("  differs", difference)
        for notice in article.notices:
            self._line("Look at", notice.message)
        for text in report.unmatched_links:
            self._line("Not placed", f"{text} (no page with this title)")
        for left in article.unplaced:
            if left.text not in report.unmatched_links:
                self._line("Not placed", f"{left.text} ({left.reason})")
        for left in article.dropped:
            self._line("Dropped", f"{left.text} ({left.reason})")

    def _line(self, label: str, text: str) -> None:
        self.stdout.write(f"{label + ':':<14} {text}")

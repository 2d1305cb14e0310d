"""Sets up a language in one step."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.desk.setup import NotReady, UnknownLanguage, add_language


class Command(BaseCommand):
    """Add a language: locale, front page, groups and review workflow."""

    help = "Set up a language: locale, front page, groups and review workflow."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tag", help="Language tag, for example fi or fa-AF.")
        parser.add_argument(
            "--visible", action="store_true", help="Offer it to readers at once."
        )

    def handle(self, *args: Any, tag: str, visible: bool, **options: Any) -> None:
        try:
            language = add_language(tag, visible=visible)
        except (NotReady, UnknownLanguage) as error:
            raise CommandError(str(error)) from error
        state = "visible" if language.visible else "not visible to readers yet"
        self.stdout.write(f"{language.tag} ({language.autonym}): {state}.")

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.forms.models import model_to_dict
from django.utils import timezone

from cms.log import entries

if TYPE_CHECKING:
    from argparse import ArgumentParser

#: What a time means when it is given without a zone.
_LOCAL_TIME = ZoneInfo("Europe/Stockholm")


class Command(BaseCommand):
    """Show what the public saw at an address at a moment."""

    help = "Print, as JSON, what was public at PATH at a moment."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PATH", help="for example /nyheter/")
        parser.add_argument(
            "--at",
            required=True,
            metavar="TIME",
            help="ISO 8601, for example 2018-02-02T16:00; "
            "Swedish time unless it names a zone",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        moment = _moment(options["at"])
        path = _public_path(options["path"])
        publication = entries.as_of(moment, path=path)
        if publication is None:
            raise CommandError(f"Nothing was public at {path} {moment.isoformat()}.")
        facts = {"id": publication.pk, **model_to_dict(publication)}
        self.stdout.write(
            json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"Not a time: {text}.") from error
    return moment if timezone.is_aware(moment) else moment.replace(tzinfo=_LOCAL_TIME)


def _public_path(text: str) -> str:
    """Accept an address as people copy it: percent-encoded, slashes missing."""
    return "/" + (unquote(text).strip("/") + "/").lstrip("/")

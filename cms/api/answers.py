"""Answers as JSON in UTF-8: a letter of Arabic takes two bytes, not six."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from ninja.renderers import BaseRenderer

MEDIA_TYPE = "application/json"


def encoded(data: Any) -> str:
    """Return data as JSON; times as ISO 8601 with milliseconds."""
    return json.dumps(
        data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")
    )


def answer(data: Any) -> HttpResponse:
    """Return an answer that is in the shape of the API already.

    Nothing is validated: a test holds every kind of page against its description.
    """
    return HttpResponse(encoded(data), content_type=f"{MEDIA_TYPE}; charset=utf-8")


class Renderer(BaseRenderer):
    """Writes what a route returns."""

    media_type = MEDIA_TYPE

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return encoded(data)

"""Errors as RFC 9457 problem documents: JSON, never HTML, never a redirect."""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import ValidationError

#: What RFC 9110 calls them; Python does so from 3.13 on, and answers are the same on each.
_PHRASES = {413: "Content Too Large", 422: "Unprocessable Content"}
CONTENT_TYPE = "application/problem+json"
UNKNOWN = "There is no such parameter."


def phrase(status: int) -> str:
    """Return the name of an HTTP status."""
    return _PHRASES.get(status) or HTTPStatus(status).phrase


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """Return a problem document; ``more`` are members of its own."""
    body = {
        "type": "about:blank",
        "title": phrase(status),
        "status": status,
        "detail": detail,
        **more,
    }
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type=CONTENT_TYPE
    )
    response["Cache-Control"] = "no-cache"
    return response


def unusable(names: Iterable[str], message: str) -> ValidationError:
    """Return the error that says why parameters cannot be used; 422 when raised."""
    return ValidationError([{"loc": (name,), "msg": message} for name in names])


def refuse_parameters(request: HttpRequest) -> None:
    """Raise ValidationError when a route without parameters is given some."""
    if request.GET:
        raise unusable(request.GET, UNKNOWN)


def invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """Name the parameters that cannot be used, each once, and say why."""
    errors = {str(item["loc"][-1]): _said(item) for item in error.errors}
    return problem(
        422,
        f"These parameters cannot be used: {', '.join(errors)}.",
        errors=[
            {"parameter": name, "message": message} for name, message in errors.items()
        ],
    )


def _said(item: dict[str, Any]) -> str:
    return UNKNOWN if item.get("type") == "extra_forbidden" else str(item["msg"])


@csrf_exempt
def not_found(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Answer every address under the API that is no route of it."""
    return problem(404, "There is no such resource.")

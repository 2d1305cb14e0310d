"""What is true of every answer of the API."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from cms.api.problems import problem
from cms.site.middleware import CACHE_CONTROL, is_valid_address

PREFIX = "/api/"


class ApiGuard:
    """Refuse broken addresses, answer conditional requests, open reading to all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        if not is_valid_address(request):
            return problem(400, "The address is not valid text.")
        if request.method == "OPTIONS":
            return self._preflight()
        response = self.get_response(request)
        response["Access-Control-Allow-Origin"] = "*"
        if response.status_code == 405:
            return problem(405, "This resource is read with GET.")
        if response.status_code != 200 or request.method not in {"GET", "HEAD"}:
            return response
        response["Cache-Control"] = CACHE_CONTROL
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response)

    def _preflight(self) -> HttpResponse:
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response["Access-Control-Allow-Headers"] = "If-None-Match"
        return response

"""What is true of every answer of the API."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from cms.api.problems import CONTENT_TYPE, problem
from cms.site.middleware import is_valid_address

PREFIX = "/api/"
METHODS = "GET, HEAD, OPTIONS"
# The page that explains the API brings its program and its styles; nobody else's.
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
CACHE_CONTROL = "public, max-age=10, stale-while-revalidate=60, stale-if-error=86400"


class ApiGuard:
    """Refuse broken addresses, answer conditional requests, open reading to all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not f"{request.path}/".startswith(PREFIX):
            return self.get_response(request)
        if not is_valid_address(request):
            return problem(400, "The address is not valid text.")
        if request.method == "OPTIONS":
            return self._preflight()
        response = _open_to_all(self._answer(request))
        if request.path.endswith("/docs"):
            response["Content-Security-Policy"] = DOCS_POLICY
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        asked, reading = request.method, request.method in {"GET", "HEAD"}
        if reading:
            # The server leaves out the body of HEAD; what there is to say is the same.
            request.method = "GET"
        response = self.get_response(request)
        request.method = asked
        if not reading and response.status_code in {403, 405}:
            # 403 is for a form without our token, but there are no forms here.
            refusal = problem(405, "This resource is read with GET.")
            refusal["Allow"] = METHODS
            return refusal
        if response.status_code >= 400 and response["Content-Type"] != CONTENT_TYPE:
            return _in_our_format(response.status_code)
        if response.status_code != 200:
            return response
        response["Cache-Control"] = CACHE_CONTROL
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        return get_conditional_response(request, etag, None, response) or response

    def _preflight(self) -> HttpResponse:
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Allow-Headers"] = "If-None-Match"
        response["Access-Control-Max-Age"] = "86400"
        return _open_to_all(response)


def _in_our_format(status: int) -> HttpResponse:
    """Replace an error page that was written for people."""
    if status >= 500:
        return problem(status, "Something went wrong here.")
    return problem(status, "There is no answer to this request.")


def _open_to_all(response: HttpResponse) -> HttpResponse:
    """Let any website read the answer, and its ETag."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag"
    return response

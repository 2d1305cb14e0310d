"""What is true of every answer of the API."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from cms.api.problems import CONTENT_TYPE, problem
from cms.log import drawn
from cms.site.middleware import is_valid_address
from cms.site.preview import kept_private

PREFIX = "/api/"
METHODS = "GET, HEAD, OPTIONS"
#: What readers tell us: the only addresses that take a body, and they give nothing.
WRITTEN = frozenset({"/api/v1/reports", "/api/v1/translation-requests"})
WRITING_METHODS = "POST, OPTIONS"
#: Five thousand characters as JSON may write them, and what stands around them.
MAX_BODY = 64 * 1024
PRIVATE = "/api/v1/preview/"
# The page that explains the API brings its program and its styles; nobody else's.
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
#: The tag of answers that may change with whatever is published: lists, counts, search.
ANY = "any"
#: Caches take 16 kB of tags at most; a key has 36 bytes.
MOST_TAGS = 100
CACHE_CONTROL = "public, max-age=10, stale-while-revalidate=60, stale-if-error=86400"


class ApiGuard:
    """Refuse broken addresses, answer conditional requests, open reading to all.

    Nobody is known here by a cookie, so there is nothing that a form of another site
    could do in somebody's name: the routes that are written to need no CSRF token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not f"{request.path}/".startswith(PREFIX):
            return self.get_response(request)
        if not is_valid_address(request):
            return _open_to_all(problem(400, "The address is not valid text."))
        if request.method == "OPTIONS":
            return _preflight(request)
        response = _open_to_all(self._answer(request))
        if request.path.endswith("/docs"):
            response["Content-Security-Policy"] = DOCS_POLICY
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        asked, reading = request.method, request.method in {"GET", "HEAD"}
        if refusal := _unreadable_body(request):
            return refusal
        if reading:
            # The server leaves out the body of HEAD; what there is to say is the same.
            request.method = "GET"
        with drawn.recorded() as record:
            response = self.get_response(request)
        request.method = asked
        if response.status_code == 405 or (
            # 403 is for a form without our token, but there are no forms here.
            response.status_code == 403 and not reading
        ):
            return _wrong_method(request)
        if response.status_code >= 400 and response["Content-Type"] != CONTENT_TYPE:
            response = _in_our_format(response.status_code)
        if request.path.startswith(PRIVATE):
            return kept_private(response)
        if not reading:
            response.headers.setdefault("Cache-Control", "no-store")
            return response
        if response.status_code != 200:
            return response
        response["Cache-Control"] = CACHE_CONTROL
        response["Cache-Tag"] = ",".join(_tags(record))
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        return get_conditional_response(request, etag, None, response) or response


def _tags(record: drawn.Record) -> list[str]:
    """Return what an answer was made from; `ANY` when that is not all."""
    if len(record.keys) > MOST_TAGS:
        return [ANY]
    named = sorted(map(str, record.keys))
    return named if record.is_complete else [ANY, *named]


def _unreadable_body(request: HttpRequest) -> HttpResponse | None:
    """Refuse what cannot be read as JSON before anything of it is read."""
    if request.method != "POST" or request.path not in WRITTEN:
        return None
    if request.content_type != "application/json":
        return problem(415, "The body must be application/json.")
    length = request.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > MAX_BODY:
        return problem(413, f"The body may have {MAX_BODY} bytes.")
    return None


def _wrong_method(request: HttpRequest) -> HttpResponse:
    written = request.path in WRITTEN
    verb = "written to with POST" if written else "read with GET"
    refusal = problem(405, f"This resource is {verb}.")
    refusal["Allow"] = WRITING_METHODS if written else METHODS
    return refusal


def _preflight(request: HttpRequest) -> HttpResponse:
    """Tell a browser what a page of another site may ask of this address."""
    written = request.path in WRITTEN
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Methods"] = WRITING_METHODS if written else METHODS
    header = "Content-Type" if written else "If-None-Match"
    response["Access-Control-Allow-Headers"] = header
    response["Access-Control-Max-Age"] = "86400"
    return _open_to_all(response)


def _in_our_format(status: int) -> HttpResponse:
    """Replace an error page that was written for people."""
    if status >= 500:
        return problem(status, "Something went wrong here.")
    return problem(status, "There is no answer to this request.")


def _open_to_all(response: HttpResponse) -> HttpResponse:
    """Let any website read the answer, its ETag, and when to ask again."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    return response

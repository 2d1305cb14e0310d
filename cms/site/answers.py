"""What programs read: files that are kept as pages are, and asked for again."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from cms.site.middleware import CACHE_CONTROL


def file_answer(
    request: HttpRequest, content: bytes | str, content_type: str
) -> HttpResponseBase:
    """Answer with a file, or with 304 to somebody who has it."""
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = CACHE_CONTROL
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response) or response

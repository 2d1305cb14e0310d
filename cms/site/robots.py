"""What crawlers are asked to leave alone."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cms.site.answers import file_answer

# Previews are not named: a crawler that is kept from asking never learns that they say
# "noindex", and may list an address that somebody has linked to.
_RULES = """\
User-agent: *
Disallow: /admin/
Disallow: /api/
Disallow: /sok/
Disallow: /*/search/

Sitemap: {base_url}/sitemap.xml
"""
# The demo has the name of a real municipality and made-up news about it.
_DEMO = """\
User-agent: *
Disallow: /
"""


@csrf_exempt
@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """Lead crawlers to the sitemap; keep them out of the demo."""
    rules = _RULES.format(base_url=settings.CMS_PUBLIC_BASE_URL)
    text = _DEMO if settings.CMS_DEMO else rules
    return file_answer(request, text, "text/plain; charset=utf-8")

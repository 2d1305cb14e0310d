"""Where a form comes from.

Public pages are the same bytes for everybody and lie in caches, so no CSRF token can be
in them, and there is no cookie that a forged form could use: whoever sends one acts for
nobody. What is left to prevent is that another site sends it with its visitors' browsers
to be counted as many senders. Browsers say themselves where a form comes from; whoever
is no browser has only one address, and that is throttled.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Say whether a page of another site has sent this form."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    try:
        host = urlsplit(origin).netloc.lower()
    except ValueError:
        return True
    ours = urlsplit(settings.CMS_PUBLIC_BASE_URL).netloc.lower()
    return host not in {ours, request.get_host().lower()}

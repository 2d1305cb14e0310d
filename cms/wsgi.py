"""The entrance for an application server."""

from __future__ import annotations

import gc
import os
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

django_application = get_wsgi_application()

# What follows needs Django's apps, which the line above has loaded.
from django.core.handlers.wsgi import WSGIRequest  # noqa: E402
from django.template.loader import get_template  # noqa: E402
from django.urls import reverse  # noqa: E402

from cms.api.problems import problem  # noqa: E402
from cms.database.starting import refuse_unsafe_start  # noqa: E402
from cms.delivery.build import fingerprint  # noqa: E402
from cms.delivery.layer import DeliveryLayer  # noqa: E402
from cms.site.views import unavailable as unavailable_page  # noqa: E402


def unavailable(environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes]:
    """Apologise without a database, as a page or as a problem document."""
    if environ["PATH_INFO"].startswith("/api/"):
        response = problem(503, "The service is not available right now.")
    else:
        response = unavailable_page(WSGIRequest(environ))
    response["Retry-After"] = "5"
    response["Cache-Control"] = "no-store"
    status = f"{response.status_code} {response.reason_phrase}"
    return status, list(response.items()), response.content


refuse_unsafe_start()

# Loaded before anybody waits for it: all addresses with their views, and templates. What
# is there now stays, so the collector of garbage need not go through it while somebody
# waits (which takes a tenth of a second).
reverse("site:front")
get_template("site/page.html")
gc.collect()
gc.freeze()

application = DeliveryLayer(
    django_application, build=fingerprint(), unavailable=unavailable
)

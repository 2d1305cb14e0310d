"""What is installed here: the one list of our packages, read by settings and by tools.

A municipality that adds an app adds it to :data:`APPS` and nowhere else. The order
matters: of two templates or addresses with one name the first wins, and each app may
import those before it.
"""

from __future__ import annotations

#: The product: generic, and without knowledge of any app below.
PRODUCT = (
    "cms.log",
    "cms.delivery",
    "cms.webhooks",
    "cms.gate",
    "cms.reading",
    "cms.engine",
    "cms.desk",
    "cms.search",
    "cms.previews",
    "cms.feedback",
    "cms.core",
    "cms.site",
    "cms.api",
    "cms.archive",
    "cms.mirror",
)

#: What this municipality's site is made of: models, kinds, templates, routes.
APPS = ("pledges", "articles", "home", "demo")

#: The top-level packages that hold our code.
PACKAGES = ("cms", *APPS)

"""What is installed, in an order that matters.

Our apps stand before wagtail-localize and Wagtail: the first URL hook and the
first template of a name win, and ours close doors that theirs open.
"""

from __future__ import annotations

from installed import APPS, PRODUCT

_LIBRARIES = (
    "ninja",
    # Only for its static files: the map library. Its tags and forms are not used.
    "leaflet",
    "wagtail_localize",
    # No screen for locales: add_language sets up a language as a whole, and the
    # engine's own screen would offer to synchronise page trees.
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
)


def installed_apps(*more: str) -> list[str]:
    """Return everything that Django loads; ``more`` are apps on top of ours."""
    return [*PRODUCT, *APPS, *more, *_LIBRARIES]


# No LocaleMiddleware: the language comes from the address alone, so that no cookie
# and no Accept-Language header can change what a reader or a cache gets.
MIDDLEWARE = [
    "cms.database.middleware.BoundedDatabase",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.site.middleware.PublicHeaders",
    "cms.api.middleware.ApiGuard",
    "cms.site.middleware.InputGuard",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.gate.deciding.WarningMiddleware",
    "cms.gate.own_language.OwnLanguageMiddleware",
    # Last, so that it is the first to see what a view raised.
    "cms.gate.middleware.RefusalMiddleware",
]

"""The test suite: PostgreSQL, no mail, fast passwords; otherwise like production."""

from __future__ import annotations

from cms.settings.base import *
from cms.settings.env import env
from cms.settings.parts.database import databases
from cms.settings.parts.startup import DEVELOPMENT_KEY

# Databases are copied, not emptied.
INSTALLED_APPS = ["tests.stages", *INSTALLED_APPS]

SECRET_KEY = DEVELOPMENT_KEY
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
EMAIL_BACKEND = CMS_MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Making and flushing a test database takes longer than any request may.
DATABASES = databases(
    env.text("DATABASE_URL"),
    replica="",
    folder=BASE_DIR,
    limits={"statement_timeout": "60s", "lock_timeout": "20s"},
)
CMS_DATABASE_PATIENCE = None

# pytest collects what is logged, and shows it when asked to: --show-capture=all.
LOGGING = {
    **LOGGING,
    "handlers": {"none": {"class": "logging.NullHandler"}},
    "root": {**LOGGING["root"], "handlers": ["none"]},
}

STATIC_ROOT = None
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
CMS_DEMO = True
CMS_PUBLIC_BASE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = "http://testserver"

"""A first look and everyday development: `make run`. SQLite, no mail server."""

from __future__ import annotations

from cms.settings.base import *
from cms.settings.env import env
from cms.settings.parts.mail import parse_email_url
from cms.settings.parts.startup import DEVELOPMENT_KEY

SECRET_KEY = env.text("SECRET_KEY", DEVELOPMENT_KEY)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
EMAIL_BACKEND = CMS_MAIL_BACKEND = parse_email_url(
    env.text("EMAIL_URL", "console:")
).backend

# Where SQLite and uploads are kept.
(BASE_DIR / "var").mkdir(exist_ok=True)

# Static files are served from where they lie, and a changed file is seen at once.
STATIC_ROOT = None
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# A receiver under development.
CMS_WEBHOOK_LOCAL_HOSTS = ["localhost", "127.0.0.1"]

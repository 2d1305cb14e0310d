"""Settings with the values of production. Loosened by name in `dev` and `test`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from cms.settings.env import env
from cms.settings.parts import languages
from cms.settings.parts.apps import MIDDLEWARE, installed_apps
from cms.settings.parts.database import databases
from cms.settings.parts.log_output import log_to_stdout
from cms.settings.parts.mail import parse_email_url
from cms.settings.parts.storage import media_storage
from cms.settings.parts.tasks import mail_backend, task_backends
from cms.settings.parts.wagtail import *

BASE_DIR = Path(__file__).resolve().parent.parent.parent

SECRET_KEY = env.text("SECRET_KEY", "")
DEBUG = env.flag("DEBUG", default=False)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")

# Ours
CMS_SITE_NAME = "Sandvikens kommun"
CMS_PUBLIC_BASE_URL = env.base_url("PUBLIC_BASE_URL", "http://localhost:8000")
CMS_DEMO = env.flag("DEMO", default=False)
CMS_DEMO_PASSWORD = env.text("DEMO_PASSWORD", "demo-demo-demo")
CMS_PREVIEW_RENDERER = "cms.site.preview.render_preview"
# Functions that know which languages readers are offered, and which of their answers a
# publication changes; webhooks ask them.
CMS_OFFERED_LANGUAGES = "cms.api.changes.offered_languages"
CMS_AFFECTED = "cms.reading.affected.by_row"
# Hosts that webhooks may reach by http and inside a network. Others: https, public.
CMS_WEBHOOK_LOCAL_HOSTS: list[str] = []
# Where readers report errors when a page has no contact block.
CMS_REPORT_EMAIL = "kommun@example.org"
# For how long a report is kept: what readers write may hold personal data.
CMS_REPORT_RETENTION_DAYS = 365
# How many proxies of ours stand in front and append to X-Forwarded-For.
CMS_TRUSTED_PROXIES = 0
# Where readers of a safety-critical page go when somebody comes: a page that anybody
# may have had open, and that answers in every country.
CMS_QUICK_EXIT_URL = env.web_address("QUICK_EXIT_URL", "https://www.smhi.se/")
# Images behind the places on a map, and whose they are. Empty: a plain grid.
CMS_MAP_TILES_URL = env.tiles_url("MAP_TILES_URL")
CMS_MAP_ATTRIBUTION = env.text("MAP_ATTRIBUTION", "")
# Answers kept ready (cms.delivery): where, how many, and how many requests at a time may
# ask Django. The server needs some more threads than that: for what is ready.
CMS_DELIVERY_ROOT = Path(env.text("DELIVERY_ROOT", str(BASE_DIR / "var" / "delivery")))
CMS_DELIVERY_MEMORY_MB = 64
CMS_DELIVERY_FILES_MB = 1024
CMS_DELIVERY_SLOTS = 12

WAGTAIL_SITE_NAME = CMS_SITE_NAME
WAGTAILADMIN_BASE_URL = env.base_url("ADMIN_BASE_URL", CMS_PUBLIC_BASE_URL)

INSTALLED_APPS = installed_apps()
ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
APPEND_SLASH = False
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "cms" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Data
DATABASES = databases(
    env.text("DATABASE_URL", "sqlite:///var/kommun.sqlite3"),
    replica=env.text("DATABASE_REPLICA_URL", ""),
    folder=BASE_DIR,
)
DATABASE_ROUTERS = ["cms.database.router.PrimaryAndReplica"]
# For how many seconds a request may wait for the database, all in all (P11).
CMS_DATABASE_PATIENCE: float | None = 5
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_URL = env.text("MEDIA_URL", "/media/")
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / "var" / "media")))
STATIC_URL = "/static/"
STATIC_ROOT: Path | None = BASE_DIR / "var" / "static"
STORAGES = {
    "default": media_storage(
        bucket=env.text("S3_BUCKET", ""),
        endpoint=env.text("S3_ENDPOINT_URL", ""),
        region=env.text("S3_REGION", ""),
        key_id=env.text("S3_ACCESS_KEY_ID", ""),
        secret=env.text("S3_SECRET_ACCESS_KEY", ""),
    ),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# What no request waits for
TASKS = task_backends(DATABASES["default"]["ENGINE"])

# Languages and time
CMS_LANGUAGES = languages.read_languages()
languages.register_with_django(CMS_LANGUAGES)
LANGUAGE_CODE = "sv"
LANGUAGES = languages.page_languages(CMS_LANGUAGES)
LANGUAGES_BIDI = languages.bidi_codes(CMS_LANGUAGES)
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# Mail
_mail = parse_email_url(env.text("EMAIL_URL", "smtp://localhost:25"))
CMS_MAIL_BACKEND = _mail.backend
EMAIL_BACKEND = mail_backend(DATABASES["default"]["ENGINE"], CMS_MAIL_BACKEND)
EMAIL_HOST = _mail.host
EMAIL_PORT = _mail.port
EMAIL_HOST_USER = _mail.user
EMAIL_HOST_PASSWORD = _mail.password
EMAIL_USE_TLS = _mail.use_tls
EMAIL_USE_SSL = _mail.use_ssl
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = f"no-reply@{urlsplit(CMS_PUBLIC_BASE_URL).hostname}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = DEFAULT_FROM_EMAIL

# People
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = sorted({CMS_PUBLIC_BASE_URL, WAGTAILADMIN_BASE_URL})

# What a browser may do with our pages. Wagtail's preview frame excepts itself.
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

LOGGING = log_to_stdout(
    env.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO")
)

"""Production: behind a proxy that ends TLS and sets X-Forwarded-Proto."""

from __future__ import annotations

from cms.settings.base import *
from cms.settings.parts.startup import refuse_unsafe_start

refuse_unsafe_start(
    secret_key=SECRET_KEY,
    debug=DEBUG,
    demo=CMS_DEMO,
    allowed_hosts=ALLOWED_HOSTS,
    public_base_url=CMS_PUBLIC_BASE_URL,
)

# The proxy must overwrite this header, whatever a client sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CMS_TRUSTED_PROXIES = 1
SECURE_SSL_REDIRECT = True
# Probes come from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
# Neighbouring names of a municipality's domain are not ours to bind, and preloading
# cannot be taken back within months.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True

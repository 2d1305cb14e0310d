"""From a mail address to Django's mail settings."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_CONSOLE = "django.core.mail.backends.console.EmailBackend"
_SMTP = "django.core.mail.backends.smtp.EmailBackend"


@dataclass(frozen=True)
class MailSettings:
    """What Django needs to hand mail over. SMTP is the only way out."""

    backend: str
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False


def parse_email_url(url: str) -> MailSettings:
    """`smtp://host:25`, `smtp://user:secret@host:587?tls=1`, `smtps://…`, `console:`."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return MailSettings(backend=_CONSOLE)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            f"EMAIL_URL “{url}” is neither console: nor an smtp or smtps address. "
            "Example: smtp://user:secret@mail.kommun.example:587?tls=1"
        )
    use_ssl = parts.scheme == "smtps"
    return MailSettings(
        backend=_SMTP,
        host=parts.hostname,
        port=parts.port or (465 if use_ssl else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parse_qs(parts.query).get("tls") == ["1"],
        use_ssl=use_ssl,
    )

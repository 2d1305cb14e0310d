"""The demo's accounts have a password that everybody knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error

from demo.people import ACCOUNTS


def known_passwords(*, databases: Any = None, **_: Any) -> list[CheckMessage]:
    """Refuse to start where somebody could log in with the demo's password.

    That is so where a demo was made and DEMO turned off later.
    """
    if settings.CMS_DEMO or not databases:
        return []
    names = [account.username for account in ACCOUNTS]
    users = get_user_model().objects.filter(is_active=True, username__in=names)
    found = [
        user.get_username()
        for user in users
        if user.check_password(settings.CMS_DEMO_PASSWORD)
    ]
    if not found:
        return []
    return [
        Error(
            f"These accounts have the demo's password: {', '.join(sorted(found))}.",
            hint="Give each a new password (manage.py changepassword), or make it inactive.",
            id="demo.E001",
        )
    ]

"""The demo's accounts. Their password is known, so they exist only where DEMO=1."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission, User
from wagtail.users.models import UserProfile

from cms.desk.setup import APPROVERS, EDITORS, reviewers_of, translators_of

ARCHIVISTS = "archivists"


@dataclass(frozen=True)
class Account:
    """Somebody who can log in to the demo."""

    username: str
    name: str
    groups: tuple[str, ...] = ()
    is_admin: bool = False


ACCOUNTS = (
    Account("admin", "Admin Administratör", is_admin=True),
    Account("editor", "Elin Redaktör", (EDITORS, translators_of("en"))),
    Account("editor2", "Edvin Redaktör", (EDITORS, translators_of("sv-x-lattlast"))),
    Account(
        "approver",
        "Anna Ansvarig",
        (APPROVERS, reviewers_of("en"), reviewers_of("sv-x-lattlast")),
    ),
    Account("approver2", "Axel Ansvarig", (APPROVERS, reviewers_of("so"))),
    Account("translator-fi", "Tuula Kääntäjä", (translators_of("fi"),)),
    Account("translator-ar", "Tariq Översättare", (translators_of("ar"),)),
    Account("translator-so", "Sahra Översättare", (translators_of("so"),)),
    Account("reviewer-fi", "Riitta Tarkastaja", (reviewers_of("fi"),)),
    Account("reviewer-ar", "Rana Granskare", (reviewers_of("ar"),)),
    Account("archivist", "Arvid Arkivarie", (ARCHIVISTS,)),
)


def make_accounts() -> dict[str, User]:
    """Create the accounts that are missing and return all of them by user name."""
    archivists, _created = Group.objects.get_or_create(name=ARCHIVISTS)
    archivists.permissions.set(
        Permission.objects.filter(
            codename__in=["access_admin", "view_publication", "view_head"]
        )
    )
    return {account.username: _make(account) for account in ACCOUNTS}


def _make(account: Account) -> User:
    first, last = account.name.split(" ", 1)
    user, created = get_user_model().objects.get_or_create(
        username=account.username,
        defaults={
            "first_name": first,
            "last_name": last,
            "email": f"{account.username}@sandviken.example",
            "is_superuser": account.is_admin,
            "is_staff": account.is_admin,
        },
    )
    if created:
        user.set_password(settings.CMS_DEMO_PASSWORD)
        user.save()
        # Their addresses do not exist, so nothing is sent to them.
        UserProfile.objects.create(
            user=user,
            preferred_language="sv",
            submitted_notifications=False,
            approved_notifications=False,
            rejected_notifications=False,
        )
    user.groups.add(*Group.objects.filter(name__in=account.groups))
    return user

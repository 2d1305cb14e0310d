"""The people of the municipality, one for each part somebody can play."""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.contrib.auth.models import Group, User

from cms.desk.setup import APPROVERS, EDITORS, reviewers_of, translators_of

PASSWORD = "lösenord för prov"


@dataclass(frozen=True)
class People:
    """Who works here. Each name is also the username."""

    editor: User
    editor2: User
    approver: User
    approver2: User
    translator_fi: User
    translator_fi2: User
    translator_ar: User
    reviewer_fi: User
    reviewer_ar: User
    admin: User


def make_person(username: str, *groups: str) -> User:
    """A person in groups that ``add_language`` has made."""
    person = User.objects.create_user(username, f"{username}@example.org", PASSWORD)
    person.groups.set([Group.objects.get(name=name) for name in groups])
    return person


def make_people() -> People:
    """Everybody; Swedish, Finnish and Arabic must have been added."""
    groups = {
        "editor": EDITORS,
        "approver": APPROVERS,
        "translator_fi": translators_of("fi"),
        "translator_ar": translators_of("ar"),
        "reviewer_fi": reviewers_of("fi"),
        "reviewer_ar": reviewers_of("ar"),
    }
    people = {
        field.name: make_person(field.name, groups[field.name.rstrip("2")])
        for field in fields(People)
        if field.name != "admin"
    }
    admin = User.objects.create_superuser("admin", "admin@example.org", PASSWORD)
    return People(**people, admin=admin)


def person(username: str) -> User:
    """The person as the database has them now, with no permission remembered."""
    return User.objects.get(username=username)

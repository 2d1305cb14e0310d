"""Nobody logs in to a real site with the demo's password."""

from __future__ import annotations

import pytest
from django.conf import settings as given
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from cms.database import starting
from demo.people import ACCOUNTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def real(settings, monkeypatch):
    """A site that is no demo; tests keep their connection."""
    settings.CMS_DEMO = False
    monkeypatch.setattr(starting.connections, "close_all", lambda: None)


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.username)
def test_server_does_not_start_with_an_account_of_the_demo(real, account):
    User.objects.create_user(account.username, password=given.CMS_DEMO_PASSWORD)

    with pytest.raises(ImproperlyConfigured, match=account.username):
        starting.refuse_unsafe_start()


def test_account_with_a_password_of_its_own_is_a_persons(real):
    User.objects.create_user("editor", password="ett eget lösenord")
    closed = User.objects.create_user("admin", password=given.CMS_DEMO_PASSWORD)
    User.objects.filter(pk=closed.pk).update(is_active=False)

    starting.refuse_unsafe_start()


def test_demo_starts(real, settings):
    settings.CMS_DEMO = True
    User.objects.create_user("admin", password=given.CMS_DEMO_PASSWORD)

    starting.refuse_unsafe_start()


def test_server_starts_without_its_database(real, monkeypatch):
    def gone(**_):
        raise OperationalError

    monkeypatch.setattr(starting, "run_checks", gone)

    starting.refuse_unsafe_start()

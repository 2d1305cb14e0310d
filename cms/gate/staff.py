"""Requests from the people who work here."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest


class StaffRequest(HttpRequest):
    """A request behind the admin's door: somebody is logged in."""

    user: User

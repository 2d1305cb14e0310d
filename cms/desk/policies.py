"""Who may change what about a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.permission_policies import ModelPermissionPolicy

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class LanguagePolicy(ModelPermissionPolicy):
    """A language is set up by ``add_language`` and stays: it has pages and a log."""

    def user_has_permission(self, user: User, action: str) -> bool:
        if action in {"add", "delete"}:
            return False
        return super().user_has_permission(user, action)

    def user_has_any_permission(self, user: User, actions: list[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

"""Who may do what with a page or a translatable snippet in the admin.

Rights are given per language tree, to groups; the language of the object decides.
Nobody may *publish* in Wagtail's sense, not even a superuser: publication is the
effect of an approval.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Case, Q, When
from django.utils.translation import gettext as _
from wagtail.locks import BasicLock
from wagtail.models import Locale, Page, PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry

from cms.gate.errors import NotAllowed

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class GatePermissionTester(PagePermissionTester):
    """Wagtail's rules, without the right to publish directly."""

    def _holds_publish(self) -> bool:
        return self.user.is_active and (
            self.user.is_superuser or "publish" in self.permissions
        )

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        """Withdrawing cannot wait for a newer text that is read or has its time set."""
        lock = self.page.get_lock()
        by_hand = isinstance(lock, BasicLock) and lock.for_user(self.user)
        return self.page.live and not by_hand and self._holds_publish()

    def can_unschedule(self) -> bool:
        return not self.page_is_root and self._holds_publish()

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_submit_for_moderation(self) -> bool:
        return self.can_edit() and super().can_submit_for_moderation()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        if self.page.depth <= 2 or self._in_review():
            return False
        return super().can_delete(ignore_bulk)

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        """Text stays in its language: another one is reached by translating."""
        return destination.locale_id == self.page.locale_id and super().can_copy_to(
            destination, recursive
        )

    def can_move_to(self, destination: Page) -> bool:
        """Who may take pages off the site here and there may move them.

        Wagtail asks for the right to *write* new pages at the destination, which
        approvers do not have; moving writes nothing.
        """
        if destination.locale_id != self.page.locale_id:
            return False
        return super().can_move_to(destination) or self._may_carry_to(destination)

    def _may_carry_to(self, destination: Page) -> bool:
        inside = self.page == destination or destination.is_descendant_of(self.page)
        fits = self.page.is_child_of(destination) or self.page.specific.can_move_to(
            destination
        )
        there = destination.permissions_for_user(self.user)
        return (
            not inside
            and fits
            and self.can_move()
            and self._holds_publish()
            and isinstance(there, GatePermissionTester)
            and there._holds_publish()
        )

    def can_add_subpage(self) -> bool:
        """A localized tree holds what is translated into it, and nothing else."""
        source = self.page.locale.language_code == settings.LANGUAGE_CODE
        return source and super().can_add_subpage()

    def _in_review(self) -> bool:
        return bool(self.page.workflow_in_progress)


def tree_root(locale: Locale) -> Page | None:
    """Return the home page of a language, on which its groups have their rights."""
    return Page.objects.filter(depth=2, locale=locale).first()


class LocalePermissionPolicy(ModelPermissionPolicy):
    """Rights on a translatable snippet follow the rights on its language's tree."""

    _page_action = {"add": "add", "change": "change", "delete": "publish",
                    "view": "change", "unpublish": "publish"}  # fmt: skip

    def user_has_permission(self, user: User, action: str) -> bool:
        if action == "publish":
            return False
        return bool(self._locales(user, [action]))

    def user_has_any_permission(self, user: User, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(
        self, user: User, action: str, instance: Any
    ) -> bool:
        if action == "publish":
            return False
        return instance.locale_id in self._locales(user, [action])

    def user_has_any_permission_for_instance(
        self, user: User, actions: Iterable[str], instance: Any
    ) -> bool:
        return any(
            self.user_has_permission_for_instance(user, action, instance)
            for action in actions
        )

    def instances_user_has_any_permission_for(
        self, user: User, actions: Iterable[str]
    ) -> Any:
        locales = self._locales(user, list(actions))
        return self.model._default_manager.filter(locale_id__in=locales)

    def instances_user_has_permission_for(self, user: User, action: str) -> Any:
        return self.instances_user_has_any_permission_for(user, [action])

    def _locales(self, user: User, actions: list[str]) -> set[int]:
        """Return the locales in whose tree ``user`` may do one of ``actions``."""
        if not user.is_active:
            return set()
        rights = _rights_in_trees(user)
        wanted = {self._page_action.get(each) for each in actions if each != "publish"}
        return {
            locale
            for locale, held in rights.items()
            if user.is_superuser or held & {f"{each}_page" for each in wanted if each}
        }


def _rights_in_trees(user: User) -> dict[int, set[str]]:
    """Return what ``user`` may do in the tree of each language.

    Kept with the person, as Wagtail and Django keep theirs: the menu alone asks dozens
    of times.
    """
    kept: dict[int, set[str]] | None = getattr(user, "_rights_in_trees", None)
    if kept is None:
        kept = {}
        groups = Q(group_permissions__group__user=user)
        held = Case(When(groups, then="group_permissions__permission__codename"))
        rows = Page.objects.filter(depth=2).values_list("locale_id", held)
        for locale_id, codename in rows.distinct():
            kept.setdefault(locale_id, set()).add(codename)
        user._rights_in_trees = kept  # type: ignore[attr-defined]
    return kept


def require(obj: Any, verb: str, user: User | None) -> None:
    """Raise ``NotAllowed`` unless ``user`` may do this; the clock (``None``) may.

    ``verb`` is ``add``, ``edit``, ``unpublish`` or ``delete``.
    """
    if user is None:
        return
    if isinstance(obj, Page):
        allowed = getattr(obj.permissions_for_user(user), f"can_{verb}")()
    else:
        action = "change" if verb == "edit" else verb
        policy = policy_registry.get(obj)
        allowed = policy.user_has_permission_for_instance(user, action, obj)
    if not allowed:
        raise NotAllowed(_("You may not do this to this text."))


def require_move(page: Page, parent: Page, user: User | None) -> None:
    """Raise ``NotAllowed`` unless ``user`` may move ``page`` under ``parent``."""
    if user is None:
        return
    if parent.pk == page.get_parent().pk:
        allowed = parent.permissions_for_user(user).can_reorder_children()
    else:
        allowed = page.permissions_for_user(user).can_move_to(parent)
    if not allowed:
        raise NotAllowed(_("You may not move this page there."))

"""What pages and snippets inherit so that every door of theirs leads to the gate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cms.gate import actions, passing, rules
from cms.gate.errors import NotAllowed, NotApproved

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from wagtail.models import Revision

    from cms.gate.errors import Issue


class Gated:
    """Mixin in front of ``Page`` or the snippet mixins.

    A new row is always a draft, a row becomes live only while the gate is open for it,
    and Wagtail's own verbs (publish, unpublish) are the gate's.
    """

    def publish(
        self,
        revision: Revision,
        user: User | None = None,
        changed: bool = True,
        log_action: bool | str = True,
        previous_revision: Revision | None = None,
        skip_permission_checks: bool = False,
    ) -> None:
        """Publish an approved revision; raise ``NotApproved`` for any other."""
        actions.publish_revision(self, revision, by=user, log_action=log_action)

    def unpublish(
        self,
        set_expired: bool = False,
        commit: bool = True,
        user: User | None = None,
        log_action: bool | str = True,
    ) -> None:
        """Withdraw in every language that was made from this one."""
        actions.withdraw(self, by=user, expired=set_expired, log_action=log_action)

    def withdrawal_issues(self) -> Iterable[Issue]:
        """Yield what forbids taking this off the public site; by default nothing."""
        return []

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """Save a draft; what somebody decides about is never written over.

        Wagtail's editor overwrites the revision of its session while it autosaves.
        """
        if overwrite_revision and rules.is_sealed(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(  # type: ignore[misc]
            *args, overwrite_revision=overwrite_revision, **kwargs
        )

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return the text of a revision: the one in hand while the gate decides."""
        text = passing.text_made_of(content)
        return text or super().with_content_json(content)  # type: ignore[misc]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if self.live and not passing.is_open_for(self):  # type: ignore[has-type]
            if self._state.adding:  # type: ignore[attr-defined]
                # Code, copies and aliases start as drafts like everything else.
                self.live = False
                self.has_unpublished_changes = True
            elif self._would_go_live():
                raise NotApproved(_("Only an approved text can be published."))
        return super().save(*args, **kwargs)  # type: ignore[misc]

    def _would_go_live(self) -> bool:
        """Compare with the row: it is not live and would become so."""
        manager = type(self)._base_manager  # type: ignore[attr-defined]
        return manager.filter(pk=self.pk, live=False).exists()  # type: ignore[attr-defined]


# Relations of a text that the row decides, whatever its revision says.
_OF_THE_ROW = (
    "content_type", "locale", "owner", "locked_by", "latest_revision", "live_revision",
)  # fmt: skip
# What is unique in a tree of pages: the row has it, and had it checked when written.
_OF_THE_TREE = ("path", "translation_key", "alias_of")


class GatedPage(Gated):
    """The doors that only pages have."""

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return the text of a revision, without looking up what the row says anyway."""
        if text := passing.text_made_of(content):
            return text
        own = {name: each for name, each in content.items() if name not in _OF_THE_ROW}
        text = super().with_content_json(own)
        text.locale = self.locale  # type: ignore[attr-defined]
        text.live_revision_id = self.live_revision_id  # type: ignore[attr-defined]
        # As Wagtail does for the children of a page; looked up a moment ago.
        text._cached_parent_obj = self.get_parent()  # type: ignore[attr-defined]
        return text

    def full_clean(
        self, exclude: Iterable[str] | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Check the text that goes live; where it stands is the row's and has been."""
        if passing.is_going_live(self):
            exclude = {*(exclude or ()), *_OF_THE_ROW, *_OF_THE_TREE}
        super().full_clean(exclude, *args, **kwargs)  # type: ignore[misc]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse aliases: one that may not go live would hold its original up."""
        if self.alias_of_id:  # type: ignore[attr-defined]
            raise NotAllowed(
                _("Alias pages are not used here: translate the page instead.")
            )
        return super().save(*args, **kwargs)

    def copy(self, *args: Any, **kwargs: Any) -> Any:
        """Copy as a draft, whatever was asked: a copy has not been reviewed."""
        kwargs["keep_live"] = False
        return super().copy(*args, **kwargs)  # type: ignore[misc]

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Withdraw and delete, with the translations when this is the original."""
        user = kwargs.pop("user", None)
        return actions.delete_page(self, by=user)

    def move(
        self, target: Any, pos: str | None = None, user: User | None = None
    ) -> None:
        """Move, with the translations when this is the original."""
        actions.move_page(self, target, pos=pos, by=user)

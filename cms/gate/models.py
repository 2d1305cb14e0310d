"""The review task and the decisions taken in it.

States of a review are Wagtail's (``WorkflowState``, ``TaskState``); what Wagtail does
not keep is which revision somebody *read* when they decided, and on what terms it may
go live. That is the :class:`Decision`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import AbstractGroupApprovalTask, Revision

from cms.gate.errors import NotAllowed
from cms.gate.locks import ReviewLock

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class Significance(models.TextChoices):
    """How much a new Swedish publication means for its translations."""

    WORDING = "wording", _("Wording only: translations stay current")
    CONTENT = "content", _("Content: translations become outdated")
    CRITICAL = "critical", _("Critical: readers are sent to the Swedish text first")


class Decision(models.Model):
    """One person's decision about one revision. Written once, never changed.

    ``significance`` is null for translations. ``review`` tells whether a person
    deliberately examined the text (AI-3); a machine translation that is let
    through without that stays labelled. ``go_live_at`` in the future means: publish then.
    ``expire_at`` is when a Swedish text is taken off the site, with its translations.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("approved")
        SENT_BACK = "sent_back", _("sent back")

    class ReviewKind(models.TextChoices):
        NONE = "none", _("not examined by a person")
        APPROVED = "approved", _("examined and approved by a person")

    content_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, related_name="+"
    )
    object_id = models.CharField(max_length=255)
    revision = models.ForeignKey(
        Revision, null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    revision_number = models.PositiveBigIntegerField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    review = models.CharField(
        max_length=10, choices=ReviewKind.choices, default=ReviewKind.APPROVED
    )
    significance = models.CharField(
        max_length=10, choices=Significance.choices, blank=True
    )
    go_live_at = models.DateTimeField(null=True, blank=True)
    expire_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_by_name = models.CharField(max_length=150)
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision_number"],
                condition=Q(outcome="approved"),
                name="gate_one_approval_per_revision",
            )
        ]
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.revision_number}"


class ReviewTask(AbstractGroupApprovalTask):
    """Somebody else than the writer reads the text and decides.

    Everybody is locked out while it runs, so that what is read is what goes live. The
    decision itself is taken in the review screen, which knows what was read; Wagtail's
    generic approve and reject buttons do not and are therefore not offered.
    """

    lock_class = ReviewLock

    def start(self, workflow_state: Any, user: User | None = None) -> Any:
        """Begin a review, by whatever door.

        The hook ``before_review`` may refuse, with what it raises.
        """
        for may_begin in hooks.get_hooks("before_review"):
            may_begin(workflow_state)
        return super().start(workflow_state, user=user)

    def locked_for_user(self, obj: Any, user: User) -> bool:
        return True

    def user_can_lock(self, obj: Any, user: User) -> bool:
        return False

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, Any, bool]]:
        """Offer nothing: see :mod:`cms.gate.actions` for the way in."""
        return []

    def on_action(
        self, task_state: Any, user: User, action_name: str, **kwargs: Any
    ) -> None:
        """Refuse Wagtail's forms, forged ones too: they do not say what was read."""
        message = _(
            "Decide in the review screen, where the text is shown as it will go live."
        )
        raise NotAllowed(str(message))

    def is_reviewer(self, user: User) -> bool:
        """Say whether ``user`` decides in this task: its groups, and superusers."""
        return user.is_active and (user.is_superuser or self._user_in_groups(user))

    def get_task_states_user_can_moderate(
        self, user: User, **kwargs: Any
    ) -> models.QuerySet:
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        return states.exclude(workflow_state__requested_by=user)

    @classmethod
    def get_description(cls) -> str:
        return str(_("Somebody else than the writer reads and approves (four eyes)"))

    class Meta:
        verbose_name = _("review by somebody else")
        verbose_name_plural = _("reviews by somebody else")

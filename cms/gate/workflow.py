"""Where Wagtail's workflow hands a finished review to the gate.

Wagtail imports this module while its own models are being defined, so nothing here
may import models at the top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from wagtail.models import WorkflowState


def publish_approved_workflow(
    workflow_state: WorkflowState, user: User | None = None
) -> None:
    """Publish the revision that the finished workflow approved.

    ``WAGTAIL_FINISH_WORKFLOW_ACTION``; by itself Wagtail would publish the *latest*
    revision. Raises ``NotApproved`` when code finished the workflow without recording
    a decision; the caller's transaction then undoes everything.
    """
    from cms.gate import actions, passing  # noqa: PLC0415  see the docstring

    revision = workflow_state.current_task_state.revision
    if approved := passing.in_hand(revision):
        actions.carry_out(approved, by=user)
        return
    obj = workflow_state.content_object
    actions.publish_revision(getattr(obj, "specific", obj), revision, by=user)

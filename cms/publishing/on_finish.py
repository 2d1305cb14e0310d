"""Where Wagtail calls when a workflow is approved (WAGTAIL_FINISH_WORKFLOW_ACTION).

Wagtail imports this module while its own models are still being loaded, so nothing
that knows them may be imported at the top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from wagtail.models import WorkflowState


def publish_approved_workflow(
    workflow_state: WorkflowState, user: AbstractUser | None = None
) -> None:
    """Hand the finished workflow to the gate."""
    from cms.publishing import actions  # noqa: PLC0415

    actions.publish_approved_workflow(workflow_state, user)

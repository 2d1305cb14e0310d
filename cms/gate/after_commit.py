"""Background tasks without a broker: at once, but after the transaction.

Wagtail brings its search and reference indexes up to date in tasks. Inside the gate's
transaction their locks would meet those of other publications in any order, and
PostgreSQL would end one of the two.
"""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult


class AfterCommitBackend(ImmediateBackend):
    """Carries a task out when what it is about has been committed."""

    def _execute_task(self, task_result: TaskResult) -> None:
        transaction.on_commit(partial(super()._execute_task, task_result), robust=True)

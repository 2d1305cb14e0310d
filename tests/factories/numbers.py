"""Numbers that make what is made for tests different from everything else there is."""

from __future__ import annotations

from django.db.models import Max, Model


def free_number(model: type[Model]) -> int:
    """A number that no row of ``model`` has in its name.

    It is taken from the database, which may be a copy of one that another process
    filled: a counter of this process would begin anew.
    """
    last = model._default_manager.aggregate(last=Max("pk"))["last"]
    return (last or 0) + 1

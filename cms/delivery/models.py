"""What readers see depends on the log, and on a little that no log tells."""

from __future__ import annotations

from django.db import models


class Epoch(models.Model):
    """How often something outside the log changed what readers see: one row.

    Languages are such a thing: which of them readers are offered, and in which order.
    """

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="epoch_is_one_row")
        ]

    def __str__(self) -> str:
        return str(self.number)

"""Why something could not be delivered, by names that every language has words for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Obstacle(models.TextChoices):
    """What stood between us and a receiver."""

    ADDRESS = "address", _("This is not an address of the form https://host/path.")
    INSECURE = "insecure", _("The address must begin with https://.")
    CREDENTIALS = "credentials", _("The address may not hold a user name or password.")
    UNKNOWN_HOST = "unknown_host", _("The host in the address cannot be found.")
    NOT_PUBLIC = "not_public", _("The host leads to an address inside a network.")
    NO_CONNECTION = "no_connection", _("The receiver could not be reached.")
    CERTIFICATE = "certificate", _("The certificate of the receiver is not valid.")
    TOO_SLOW = "too_slow", _("The receiver took too long to answer.")
    NO_ANSWER = "no_answer", _("The receiver gave no answer that can be understood.")
    REDIRECT = "redirect", _("The receiver sends us on; redirects are not followed.")
    REFUSED = "refused", _("The receiver answered that it could not take it.")


class Undelivered(Exception):
    """A receiver did not confirm. ``status`` is its HTTP status, if it gave one."""

    def __init__(self, obstacle: Obstacle, status: int | None = None) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle
        self.status = status

    @property
    def sentence(self) -> str:
        """What went wrong, with the receiver's status if there is one."""
        return sentence(self.obstacle, self.status)


def sentence(obstacle: Obstacle, status: int | None) -> str:
    """Say what went wrong in the language of whoever reads it."""
    return f"{obstacle.label} ({status})" if status else str(obstacle.label)

"""How often somebody may send something, without knowing who they are.

A sender is named by a keyed hash of address and day: it tells two senders of one day
apart and nothing else, and is forgotten after a day. It is kept in the database, so
that all processes and machines count together.
"""

from __future__ import annotations

import ipaddress
import math
import time
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms.feedback.models import Sender

PER_MINUTE = 5
_MINUTE, _DAY = 60, 24 * 60 * 60
NOBODY = "0.0.0.0"  # noqa: S104  not bound to: a name for a sender without an address


class TooMany(Exception):
    """Somebody sends too often; ``retry_after`` is the number of seconds to wait."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Try again in {retry_after} seconds.")
        self.retry_after = retry_after


def client_of(request: HttpRequest) -> str:
    """Return the address that a request came from, as our own proxy has seen it.

    Of an IPv6 address it is the network: a household has more addresses than we could
    count. What stands further to the left in the header anybody can write.
    """
    address = request.META.get("REMOTE_ADDR", "")
    passed_on = request.headers.get("X-Forwarded-For")
    if passed_on and settings.CMS_TRUSTED_PROXIES:
        addresses = passed_on.split(",")
        address = addresses[-min(len(addresses), settings.CMS_TRUSTED_PROXIES)]
    try:
        parsed = ipaddress.ip_address(address.strip())
    except ValueError:
        return NOBODY
    if parsed.version == 6 and not parsed.ipv4_mapped:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def count(client: str, what: str) -> None:
    """Count one more ``what`` by ``client``; raise ``TooMany`` for the sixth in a minute."""
    wait = _take(f"{what} {client}", limit=PER_MINUTE, window=_MINUTE)
    if wait:
        raise TooMany(wait)


def is_first_today(client: str, what: str) -> bool:
    """Say whether ``client`` has not done exactly this on the same day."""
    return not _take(f"{what} {client}", limit=1, window=_DAY)


@transaction.atomic
def _take(who: str, *, limit: int, window: int) -> int:
    """Note one more, or return in how many seconds there is room for it.

    The row is locked meanwhile: of many that come at once no more than ``limit`` pass.
    """
    forget_senders()
    name = _name(who)
    Sender.objects.get_or_create(name=name)
    sender = Sender.objects.select_for_update().get(name=name)
    now = time.time()
    times = [moment for moment in sender.times if now - window < moment <= now]
    if len(times) >= limit:
        return max(1, math.ceil(times[-limit] + window - now))
    sender.times = [*times, now]
    sender.save()
    return 0


def _name(who: str) -> str:
    day = timezone.localdate().isoformat()
    return salted_hmac(f"cms.feedback {day}", who, algorithm="sha256").hexdigest()


def forget_senders() -> int:
    """Delete the senders of yesterday; return how many there were."""
    past = timezone.now() - timedelta(seconds=_DAY)
    return Sender.objects.filter(last_at__lt=past).delete()[0]

"""Whether this process can serve, and what is not as it should be.

Anybody may ask: an answer names the version and what was looked at, and no more.
Reasons are logged.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from threading import Lock
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from cms import __version__
from cms.database import health
from cms.delivery import version
from cms.delivery.board import board

#: An answer is good for this many seconds: asking often costs nothing.
_GOOD_FOR = 1.0
_LEAST_FREE_SHARE = 0.05
_LEAST_FREE_BYTES = 500 * 1024 * 1024
#: How long a task may wait for a worker before somebody should look.
_TASK_MAY_WAIT = timedelta(minutes=5)

_lock = Lock()
_last: tuple[float, dict[str, bool]] = (-_GOOD_FOR, {})


@csrf_exempt
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether readers can be served, and what is degraded.

    503 only when there is neither a database nor anything kept from earlier: a machine
    that can still show what was published last must not be taken out of service.
    """
    checks = _checked_lately()
    reads = checks["primary"] or checks.get("replica", False)
    can_serve = reads or board().version() != version.NOTHING
    degraded = not all(checks.values())
    state = ("degraded" if degraded else "ok") if can_serve else "unavailable"
    body = {
        "status": state,
        "version": __version__,
        "checks": {name: "ok" if fine else "degraded" for name, fine in checks.items()},
    }
    response = JsonResponse(body, status=200 if can_serve else 503)
    response["Cache-Control"] = "no-store"
    return response


def _checked_lately() -> dict[str, bool]:
    global _last
    with _lock:
        at, checks = _last
        if monotonic() - at >= _GOOD_FOR:
            checks = health.assess()
            _last = (monotonic(), checks)
        return checks


def disk_has_room() -> bool:
    """Say whether the disks of uploads and of kept answers have room (P12)."""
    return all(_has_room(Path(each)) for each in _folders())


def _folders() -> list[Path]:
    return [Path(settings.MEDIA_ROOT), Path(settings.CMS_DELIVERY_ROOT)]


def _has_room(folder: Path) -> bool:
    """Ask the nearest folder that exists: uploads may have none yet."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    usage = shutil.disk_usage(there)
    return usage.free >= min(_LEAST_FREE_BYTES, usage.total * _LEAST_FREE_SHARE)


def tasks_are_in_time() -> bool:
    """Say whether workers keep up with what is handed to them."""
    now = timezone.now()
    late = now - _TASK_MAY_WAIT
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=late)
    # What was put off until lately is not late.
    return not waiting.exclude(run_after__range=(late, now)).exists()


health.register("disk", disk_has_room)
health.register("tasks", tasks_are_in_time)

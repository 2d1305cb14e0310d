"""What a server refuses to start with that only the database knows.

An app registers a check of Django's for it, tagged `START`, from ``ready()``.
"""

from __future__ import annotations

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, Error, connections

from cms.database import deadlines

START = "start"
_SECONDS = 5.0


def refuse_unsafe_start() -> None:
    """Raise ``ImproperlyConfigured`` with every fault that is found.

    A database that does not answer is waited for a moment: a server starts without it.
    """
    try:
        with deadlines.within(_SECONDS):
            found = run_checks(tags=[START], databases=[DEFAULT_DB_ALIAS])
    except (Error, OSError):
        return
    finally:
        connections.close_all()
    faults = [
        f"{fault.msg} {fault.hint or ''}" for fault in found if fault.is_serious()
    ]
    if faults:
        raise ImproperlyConfigured("Refusing to start. " + " ".join(faults).strip())

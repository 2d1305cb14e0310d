#!/usr/bin/env python3
"""Start the demo: migrate, seed an empty database, say where it is, serve.

Called by `make run`. What is in the database stays there; the demo municipality is
written only where nothing has ever been published.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import MutableMapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_ANYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104


def fill_environment(environment: MutableMapping[str, str]) -> tuple[str, str]:
    """Set what a first look needs unless it is set already; answer host and port."""
    host = environment.get("HOST", "127.0.0.1")
    port = environment.get("PORT", "8000")
    shown = "localhost" if host in _ANYWHERE else host
    environment.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    environment.setdefault("DEMO", "1")
    environment.setdefault("PUBLIC_BASE_URL", f"http://{shown}:{port}")
    environment.setdefault("ALLOWED_HOSTS", f"{shown},localhost,127.0.0.1,[::1]")
    return host, port


def refuse_taken_port(host: str, port: str) -> None:
    """Say so now, not after a minute of seeding."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            sys.exit(f"{host}:{port} cannot be used ({error}). Try: make run PORT=8001")


def prepare_database() -> None:
    """Bring the tables up to date and fill an empty log with the demo.

    All of the demo or nothing: if it is interrupted, the next time starts afresh.
    """
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    call_command("migrate", verbosity=0)

    from cms.log.models import Publication  # noqa: PLC0415

    if not Publication.objects.exists():
        print("Seeding the demo municipality …")
        with transaction.atomic():
            call_command("seed_demo")


def announce() -> None:
    """Where to look and who one can be."""
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    users = get_user_model().objects.filter(is_active=True).order_by("pk")
    names = ", ".join(user.get_username() for user in users)
    print(f"\n  Public site    {settings.CMS_PUBLIC_BASE_URL}/")
    print(f"  Editors' desk  {settings.WAGTAILADMIN_BASE_URL}/admin/")
    print(f"  Accounts       {names}")
    print(f"  Password       {settings.CMS_DEMO_PASSWORD}\n", flush=True)


def serve(host: str, port: str) -> None:
    """Become the server: granian, or Django's reloading one when DEBUG is on."""
    from django.conf import settings  # noqa: PLC0415

    python = sys.executable
    if settings.DEBUG:
        command = [python, str(ROOT / "manage.py"), "runserver", f"{host}:{port}"]
    else:
        command = [
            *(python, "-m", "granian", "--interface", "wsgi", "--no-ws"),
            *("--host", host, "--port", port, "--workers", "1"),
            *("--blocking-threads", "16", "--backpressure", "64"),
            "cms.wsgi:application",
        ]
    os.execv(python, command)  # noqa: S606


def main() -> None:
    """All of it, in order."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    host, port = fill_environment(os.environ)
    refuse_taken_port(host, port)

    import django  # noqa: PLC0415

    django.setup()
    prepare_database()
    announce()
    serve(host, port)


if __name__ == "__main__":
    main()

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks


class DemoConfig(AppConfig):
    name = "demo"
    verbose_name = "Demo municipality"

    def ready(self) -> None:
        from cms.database.starting import START
        from demo.checks import known_passwords

        checks.register(known_passwords, checks.Tags.database, START)

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadingConfig(AppConfig):
    name = "cms.reading"
    label = "reading"
    verbose_name = _("Languages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from cms.delivery.version import announce_change
        from cms.reading.models import Language

        def tell(**kwargs: Any) -> None:
            # Which languages there are is in every page, and in no log.
            announce_change()

        for signal in (post_save, post_delete):
            signal.connect(
                tell, sender=Language, weak=False, dispatch_uid="cms.delivery"
            )

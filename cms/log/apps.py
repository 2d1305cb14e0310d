from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LogConfig(AppConfig):
    name = "cms.log"
    label = "log"
    verbose_name = _("Publication log")
    default_auto_field = "django.db.models.BigAutoField"

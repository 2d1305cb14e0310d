"""Wiring: the archive's screens and their entry in the menu."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.archive import urls
from cms.archive.looking import PERMISSION
from cms.gate.staff import StaffRequest


@hooks.register("register_admin_urls")
def archive_screens() -> list[URLPattern | URLResolver]:
    return [path("archive/", include(urls))]


class ArchiveMenuItem(MenuItem):
    """Shown to those who may read the log."""

    def is_shown(self, request: StaffRequest) -> bool:
        return request.user.has_perm(PERMISSION)


@hooks.register("register_admin_menu_item")
def archive_menu_item() -> MenuItem:
    return ArchiveMenuItem(
        gettext_lazy("Archive"), reverse("archive:search"), name="archive",
        icon_name="history", order=70,
    )  # fmt: skip


@hooks.register("register_permissions")
def permission_to_read_the_log() -> QuerySet[Permission]:
    """Let administrators give the right to groups."""
    app, codename = PERMISSION.split(".")
    return Permission.objects.filter(content_type__app_label=app, codename=codename)

"""Wiring: what readers said, in the admin's menu."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk import worklist
from cms.feedback import reports, urls
from cms.gate.staff import StaffRequest


@hooks.register("register_admin_urls")
def reader_screens() -> list[URLPattern | URLResolver]:
    return [path("readers/", include(urls))]


class ReportsMenuItem(MenuItem):
    """Shown to those who write in any language."""

    def is_shown(self, request: StaffRequest) -> bool:
        return reports.may_read(request.user)


class WishesMenuItem(MenuItem):
    """Shown to those who translate, and to those who write the originals."""

    def is_shown(self, request: StaffRequest) -> bool:
        return bool(worklist.reach_of(request.user).languages)


@hooks.register("register_admin_menu_item")
def reports_menu_item() -> MenuItem:
    return ReportsMenuItem(
        gettext_lazy("Error reports"), reverse_lazy("feedback:reports"),
        name="error-reports", icon_name="comment", order=80,
    )  # fmt: skip


@hooks.register("register_admin_menu_item")
def wishes_menu_item() -> MenuItem:
    return WishesMenuItem(
        gettext_lazy("Wishes"), reverse_lazy("feedback:wishes"),
        name="wishes", icon_name="comment-add", order=55,
    )  # fmt: skip

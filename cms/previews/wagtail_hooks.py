"""Wiring: the way to the preview links from the editor, the desk and the review."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page, Revision

from cms.gate import reviews
from cms.previews import addresses, links, urls


@hooks.register("register_admin_urls")
def link_screens() -> list[URLPattern | URLResolver]:
    return [path("preview-links/", include(urls))]


@hooks.register("register_page_header_buttons")
def link_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer the links beside the other things to do with a page."""
    if view_name == "edit" and reviews.is_gated_model(type(page)):
        yield Button(
            _("Preview links"),
            addresses.list_url(page),
            icon_name="link",
            priority=12,
        )


@hooks.register("register_review_links")
def link_beside_the_preview(obj: Any) -> tuple[str, str]:
    """Offer them where a text is reviewed or translated, beside its preview."""
    return addresses.list_url(obj), _("Share the preview with a link")


@hooks.register("revision_is_read")
def revision_is_shown(revision: Revision) -> bool:
    return links.is_shown(revision)


@hooks.register("register_log_actions")
def name_what_was_done(actions: Any) -> None:
    """Let the history of a text tell who made its draft readable from outside."""
    actions.register_action(
        "cms_previews.make",
        gettext_lazy("Make a preview link"),
        gettext_lazy("A preview link was made"),
    )
    actions.register_action(
        "cms_previews.revoke",
        gettext_lazy("Revoke a preview link"),
        gettext_lazy("A preview link was revoked"),
    )

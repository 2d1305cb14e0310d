from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding published pages by their words, in the language of the reader."""

    name = "cms.search"
    label = "cms_search"

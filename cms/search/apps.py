from __future__ import annotations

from django.apps import AppConfig
from django.core import checks


class SearchConfig(AppConfig):
    """Finding published pages by their words, in the language of the reader."""

    name = "cms.search"
    label = "cms_search"

    def ready(self) -> None:
        from cms.log.signals import appended
        from cms.search.checks import check_similarity
        from cms.search.index import follow

        checks.register(check_similarity, checks.Tags.database)
        appended.connect(follow, dispatch_uid="cms_search.follow")

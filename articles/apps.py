from __future__ import annotations

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Articles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from articles import kinds
        from cms.kinds import registry

        registry.register(kinds.ArticleIndexPage, kinds.ArticlePage)

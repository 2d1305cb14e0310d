"""The index of search: what readers can find, derived from the log.

Like heads, everything here follows from the log and can be made again at any time
(``rebuild_search``). Only what is public now has rows; only `cms.search.index` writes.
"""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """The words of one public page in one language.

    Texts are as search compares them (folded where PostgreSQL knows no grammar of the
    language), not as readers see them: those come from the log. On PostgreSQL the
    table also has the columns ``title_vector`` and ``vector``, which the database
    generates from these (migration 0001).
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    type = models.CharField(max_length=100)
    listed = models.DateTimeField()
    configuration = models.CharField(max_length=30)
    title = models.TextField()
    lead = models.TextField(blank=True)
    headings = models.TextField(blank=True)
    body = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["key", "locale"], name="search_one_per_key_and_locale"
            )
        ]
        # In this order candidates are taken when a word stands on very many pages.
        indexes = [
            models.Index(
                fields=["locale", "-listed", "-id"], name="search_newest_in_locale"
            )
        ]

    def __str__(self) -> str:
        return f"{self.locale} {self.key}"


class Word(models.Model):
    """One of the words that public pages in a language use.

    Words that look like the one asked for are looked up here, not in every text:
    there are far fewer of them. Never shown to anybody. Kept on PostgreSQL only.
    """

    id = models.BigAutoField(primary_key=True)
    locale = models.CharField(max_length=100)
    word = models.TextField()
    folded = models.TextField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "word"], name="search_word_once_per_locale"
            )
        ]

    def __str__(self) -> str:
        return f"{self.locale} {self.word}"

"""The publication log and the index derived from it.

`Publication` is the log; `Head` tells which row of it readers see now. Rows are
written by `cms.log.entries` and by nothing else.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.log import drawn


class PublicationKind(models.TextChoices):
    """What a publication holds: a page, or a block that several pages share."""

    PAGE = "page", _("page")
    BLOCK = "block", _("shared block")


class Action(models.TextChoices):
    """What happened: shown to readers, taken away, or given a new address.

    CALENDAR: a day has begun from which the same text tells readers something else, such
    as that a period is over (`cms.log.calendar`).
    """

    PUBLISH = "publish", _("published")
    WITHDRAW = "withdraw", _("withdrawn")
    MOVE = "move", _("moved")
    CALENDAR = "calendar", _("changed with the calendar")


#: What gives readers no other text than they had.
SAME_TEXT = (Action.MOVE, Action.CALENDAR)


class Significance(models.TextChoices):
    """How much a change means to someone who translates or has read the page."""

    FIRST = "first", _("first publication")
    WORDING = "wording", _("wording")
    CONTENT = "content", _("content")
    CRITICAL = "critical", _("critical")


class Origin(models.TextChoices):
    """Who wrote the text in this language."""

    SOURCE = "source", _("source text")
    HUMAN = "human", _("translated by a person")
    MACHINE = "machine", _("translated by machine")
    MACHINE_EDITED = "machine_edited", _("machine translation, edited")


class ReviewState(models.TextChoices):
    """Whether a language reviewer has approved the text."""

    NONE = "none", _("not reviewed")
    APPROVED = "approved", _("approved")


class AppendOnlyError(TypeError):
    """Someone tried to change or delete a row of the log."""

    def __init__(self, operation: str) -> None:
        super().__init__(
            f"The publication log is append-only: {operation} is refused. "
            "Append a new publication instead."
        )


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Reads of the log. Its writing methods are closed."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("update")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("delete")


class Publication(models.Model):
    """One act of making a page or block public, or of taking it away, in one language.

    Never changed and never deleted: the ORM refuses it here and the database refuses
    it with triggers. Each row carries the hash of the row before it, so a change made
    behind the triggers' back is found by `verify_log`. `id` order is commit order.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=PublicationKind.choices)
    type = models.CharField(max_length=100)
    action = models.CharField(max_length=10, choices=Action.choices)
    path = models.CharField(max_length=1000, blank=True)
    parent_key = models.UUIDField(null=True, blank=True)
    title = models.CharField(max_length=255, blank=True)
    document = models.JSONField(default=dict, blank=True)
    significance = models.CharField(max_length=10, choices=Significance.choices)
    origin = models.CharField(max_length=20, choices=Origin.choices)
    review = models.CharField(max_length=10, choices=ReviewState.choices)
    reviewed_on = models.DateField(null=True, blank=True)
    source_publication = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
    )
    content_updated_at = models.DateTimeField()
    published_at = models.DateTimeField()
    actor = models.CharField(max_length=255, blank=True)
    content_hash = models.CharField(max_length=64)
    # Unique, so that the chain cannot fork even where the append lock is missing.
    previous_hash = models.CharField(max_length=64, unique=True)
    row_hash = models.CharField(max_length=64, unique=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        default_permissions = ("view",)
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        indexes = [
            models.Index(fields=["path", "id"], name="log_path"),
            models.Index(fields=["key", "locale", "id"], name="log_key_locale"),
            models.Index(fields=["published_at"], name="log_published_at"),
            # The feed of changes, in one language or of one type.
            models.Index(fields=["locale", "id"], name="log_locale"),
            models.Index(fields=["type", "id"], name="log_type"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.action} {self.locale} {self.path or self.key}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("saving an existing row")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("delete")

    @property
    def is_public(self) -> bool:
        """Whether this row, while it is the newest of its page, shows the page."""
        return self.action != Action.WITHDRAW


class HeadQuerySet(models.QuerySet["Head"]):
    """Filters that say what readers may see."""

    def public(self) -> HeadQuerySet:
        return self.filter(is_public=True)

    def pages(self) -> HeadQuerySet:
        return self.filter(kind=PublicationKind.PAGE)


#: A public page that a person stands behind: who wrote it, or who reviewed it.
TOLD_OF = Q(is_public=True, kind=PublicationKind.PAGE) & (
    Q(review=ReviewState.APPROVED) | Q(origin__in=[Origin.SOURCE, Origin.HUMAN])
)


class Head(models.Model):
    """The newest publication of one page or block in one language.

    Derived: everything here follows from the log and can be rebuilt from it
    (`cms.log.entries.rebuild_heads`). A withdrawn page keeps its head, with
    `is_public` false, so that its address can answer "gone".
    """

    id = models.BigAutoField(primary_key=True)
    publication = models.OneToOneField(
        Publication, on_delete=models.PROTECT, related_name="head"
    )
    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=PublicationKind.choices)
    type = models.CharField(max_length=100)
    path = models.CharField(max_length=1000, blank=True)
    parent_key = models.UUIDField(null=True, blank=True)
    title = models.CharField(max_length=255, blank=True)
    is_public = models.BooleanField()
    in_menu = models.BooleanField(default=False)
    is_sensitive = models.BooleanField(default=False)
    sort_key = models.CharField(max_length=255, blank=True)
    list_date = models.DateTimeField()
    origin = models.CharField(max_length=20, choices=Origin.choices)
    review = models.CharField(max_length=10, choices=ReviewState.choices)
    # The Swedish publication that a translation was made from.
    made_from = models.BigIntegerField(null=True, blank=True)
    # Ids of the last publication that changed the content, that was critical, that
    # changed any text. Not foreign keys: they are compared, not followed.
    content_id = models.BigIntegerField()
    critical_id = models.BigIntegerField(null=True, blank=True)
    text_id = models.BigIntegerField()

    objects = HeadQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        constraints = [
            # Also the index for "this key in every language".
            models.UniqueConstraint(
                fields=["key", "locale"], name="head_one_per_key_and_locale"
            ),
            models.UniqueConstraint(
                fields=["path"],
                condition=Q(is_public=True, kind=PublicationKind.PAGE),
                name="head_one_public_page_per_path",
            ),
        ]
        indexes = [
            models.Index(
                F("locale").asc(),
                F("parent_key").asc(),
                F("is_public").asc(),
                F("list_date").desc(),
                F("id").desc(),
                name="head_listing",
            ),
            models.Index(fields=["path"], name="head_path"),
            # The lists of everything, newest first, and of one type.
            models.Index(
                F("locale").asc(),
                F("list_date").desc(),
                F("id").desc(),
                condition=Q(is_public=True, kind=PublicationKind.PAGE),
                name="head_newest",
            ),
            models.Index(
                F("locale").asc(),
                F("type").asc(),
                F("list_date").desc(),
                F("id").desc(),
                condition=Q(is_public=True),
                name="head_newest_of_type",
            ),
            models.Index(
                fields=["locale"],
                condition=Q(is_public=True, in_menu=True),
                name="head_menu",
            ),
            models.Index(
                fields=["locale"],
                condition=Q(is_public=True, is_sensitive=True),
                name="head_sensitive",
            ),
            # What search engines and feeds are told of, by age and by its last change.
            models.Index(
                fields=["locale", "id"], condition=TOLD_OF, name="head_told_of"
            ),
            models.Index(
                F("locale").asc(),
                F("type").asc(),
                F("content_id").desc(),
                condition=TOLD_OF,
                name="head_changed_of_type",
            ),
            models.Index(
                F("locale").asc(),
                F("content_id").desc(),
                condition=TOLD_OF,
                name="head_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.locale} {self.path or self.key}"

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Head:
        """Note that somebody draws on this head."""
        head = super().from_db(*args, **kwargs)
        drawn.note(head.key)
        return head


class HeadReference(models.Model):
    """The public document of a head names another page or block. Derived, as heads are."""

    id = models.BigAutoField(primary_key=True)
    head = models.ForeignKey(Head, on_delete=models.CASCADE, related_name="references")
    relation = models.CharField(max_length=30)
    key = models.UUIDField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["head", "relation", "key"], name="head_reference_once"
            )
        ]
        indexes = [models.Index(fields=["key", "relation"], name="head_reference_key")]

    def __str__(self) -> str:
        return f"{self.head_id} {self.relation} {self.key}"


class HeadTurn(models.Model):
    """The next day from which the public document of a head tells readers something else.

    Derived, as heads are; only of originals, whose facts every language shows.
    """

    head = models.OneToOneField(Head, on_delete=models.CASCADE, primary_key=True)
    day = models.DateField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.head_id} {self.day}"


class Coverage(models.Model):
    """How many public pages a language has, and in which state. Derived, as heads are.

    See `cms.log.coverage`. Of the translations the rest are current.
    """

    locale = models.CharField(max_length=100, primary_key=True)
    pages = models.IntegerField(default=0)
    outdated = models.IntegerField(default=0)
    machine = models.IntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.locale}: {self.pages}"

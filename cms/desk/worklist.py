"""The list of what there is to translate into one language, and how far it has come.

Swedish decides what there is. A constant number of queries, however long the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from wagtail.models import Page, WorkflowState
from wagtail.permissions import policy_registry
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.engine import localize, originals
from cms.gate.models import Decision
from cms.kinds.choices import TranslationPriority
from cms.log.models import Head
from cms.reading import status
from cms.reading.languages import source_code
from cms.reading.models import Language

if TYPE_CHECKING:
    from django.contrib.auth.models import User

IN_PROGRESS, IN_REVIEW, SENT_BACK = "in_progress", "in_review", "sent_back"
# In the order in which somebody would ask for them.
STATES = (
    "outdated", "missing", SENT_BACK, IN_PROGRESS, IN_REVIEW, "minor", "machine",
    "current",
)  # fmt: skip
_PRIORITIES = {str(each): place for place, each in enumerate(TranslationPriority)}
# A block stands on many pages, and nobody has set a priority for it.
_BLOCK_PRIORITY = TranslationPriority.SHOULD


@dataclass(frozen=True)
class WorkItem:
    """One Swedish text and its translation into the language of the list.

    ``public`` is what readers have (see :func:`cms.reading.status.state`);
    ``work`` what staff are doing about it, or empty; ``reason`` why it was sent back.
    """

    key: UUID
    title: str
    kind: str
    path: str
    public: str
    is_critical: bool
    priority: str
    work: str = ""
    percent: int = 0
    reason: str = ""
    translation_id: int | None = None

    @property
    def urgency(self) -> tuple[int, int, str]:
        """Outdated first, then what must be translated; what is current last."""
        if self.is_critical or self.public == "outdated":
            need = 0 if self.is_critical else 1
        else:
            need = 3 if self.public == "current" else 2
        return need, _PRIORITIES.get(self.priority, 2), self.title.lower()


@dataclass(frozen=True)
class Progress:
    """How many of the texts of a translation are written."""

    total: int
    done: int

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 100


@dataclass(frozen=True)
class Reach:
    """The languages whose list somebody may see, and those they may write."""

    languages: list[Language]
    writable_ids: frozenset[int]

    def may_write(self, language: Language) -> bool:
        return language.locale_id in self.writable_ids


def reach_of(user: User) -> Reach:
    """Return where ``user`` works. Writers of Swedish may follow every language."""
    policy = policy_registry.get_by_type(Page)
    editable = policy.instances_user_has_permission_for(user, "change")
    writable = frozenset(editable.filter(depth=2).values_list("locale_id", flat=True))
    languages = list(Language.objects.active().select_related("locale"))
    source_ids = {each.locale_id for each in languages if each.is_source}
    shown = [
        language
        for language in languages
        if not language.is_source
        and (language.locale_id in writable or source_ids & writable)
    ]
    return Reach(shown, writable)


def rows(language: Language, *, state: str = "") -> list[WorkItem]:
    """Return everything that is public in Swedish, most urgent first."""
    sources = _heads(source_code()).annotate(
        priority=KeyTextTransform("translation_priority", "publication__document")
    )
    targets = {head.key: head for head in _heads(language.code)}
    translations = _translations(language)
    progress = _progress(language)
    reviews = _reviews(language)
    found = []
    for source in sources:
        translation_id, source_id = translations.get(source.key, (None, None))
        work, reason = reviews.get(source.key, ("", ""))
        far = progress.get(source_id) if source_id else None
        target = targets.get(source.key)
        if not work and far and _is_begun(far, target):
            work = IN_PROGRESS
        found.append(
            WorkItem(
                key=source.key,
                title=source.title,
                kind=source.kind,
                path=source.path,
                public=status.state(target, source),
                is_critical=bool(target and status.is_critical(target, source)),
                priority=source.priority or _BLOCK_PRIORITY,
                work=work,
                percent=far.percent if far else 0,
                reason=reason,
                translation_id=translation_id,
            )
        )
    if state:
        found = [row for row in found if state in {row.public, row.work}]
    return sorted(found, key=lambda row: row.urgency)


def _is_begun(far: Progress, target: Head | None) -> bool:
    """A public translation whose texts are all written is not being worked on."""
    return far.done < far.total if target else True


def _heads(code: str) -> Any:
    heads = Head.objects.public().filter(locale=code)
    return heads.select_related("publication").defer("publication__document")


def _translations(language: Language) -> dict[UUID, tuple[int, int]]:
    """Return the ids of translation and source by key."""
    found = Translation.objects.filter(
        target_locale_id=language.locale_id, enabled=True
    ).values_list("source__object_id", "pk", "source_id")
    return {key: (pk, source_id) for key, pk, source_id in found}


def _progress(language: Language) -> dict[int, Progress]:
    """Return how far each translation has come, by source."""
    written = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=language.locale_id,
    )
    counts = (
        StringSegment.objects.exclude(context__path=localize.SLUG)
        .filter(source__translations__target_locale_id=language.locale_id)
        .annotate(is_written=Exists(written))
        .values("source_id")
        .annotate(total=Count("pk"), done=Count("pk", filter=Q(is_written=True)))
    )
    return {row["source_id"]: Progress(row["total"], row["done"]) for row in counts}


def _reviews(language: Language) -> dict[UUID, tuple[str, str]]:
    """Return what waits for a decision or was sent back, by key, with the reason."""
    waiting = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    states = WorkflowState.objects.filter(status__in=waiting).values_list(
        "base_content_type_id", "object_id", "status"
    )
    by_kind: dict[int, dict[str, str]] = {}
    for kind, object_id, state in states:
        by_kind.setdefault(kind, {})[object_id] = state
    reasons = _reasons(by_kind)
    found = {}
    for model in (Page, *originals.block_models()):
        kind = ContentType.objects.get_for_model(model).pk
        here = by_kind.get(kind, {})
        objects = model._default_manager.filter(
            pk__in=here, locale_id=language.locale_id
        )
        for pk, key in objects.values_list("pk", "translation_key"):
            if here[str(pk)] == WorkflowState.STATUS_IN_PROGRESS:
                found[key] = (IN_REVIEW, "")
            else:
                found[key] = (SENT_BACK, reasons.get((kind, str(pk)), ""))
    return found


def _reasons(by_kind: dict[int, dict[str, str]]) -> dict[tuple[int, str], str]:
    """Return the newest reason for sending each object back."""
    ids = {object_id for objects in by_kind.values() for object_id in objects}
    decisions = Decision.objects.filter(
        outcome=Decision.Outcome.SENT_BACK, object_id__in=ids
    ).order_by("pk")
    page_kind = ContentType.objects.get_for_model(Page).pk
    found = {}
    for decision in decisions:
        kind = ContentType.objects.get_for_id(decision.content_type_id)
        model = kind.model_class()
        is_page = model is not None and issubclass(model, Page)
        found[page_kind if is_page else kind.pk, decision.object_id] = decision.comment
    return found

"""A canary in the title of everything that staff write, and every address of the admin.

A canary is a word that stands nowhere else. It names the language of the text, so that
whoever sees one knows at once what should not have been shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.contrib.admindocs.views import simplify_regex
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Collection, Locale, Page
from wagtail.permissions import policy_registry

from cms.gate import reviews
from cms.gate.permissions import tree_root
from tests.factories.files import make_file, make_image
from tests.factories.pages import fresh
from tests.factories.people import person

WORD = "kanarie"
_CANARY = re.compile(rf"{WORD}-[\w-]+?-[0-9a-f]{{8}}")


@dataclass(frozen=True)
class Canary:
    """What has the word in its title: a text of a language, or a file.

    There is no ``obj`` when the text has been deleted: its history still names it.
    """

    word: str
    obj: Any = None

    @property
    def language(self) -> str:
        return self.word.split("-")[1]


def new_word(obj_or_code: str) -> str:
    return f"{WORD}-{obj_or_code}-{uuid4().hex[:8]}"


def seen_in(content: bytes) -> set[str]:
    return set(_CANARY.findall(content.decode(errors="replace")))


# --- what has one ---


def plant(codes: Iterable[str]) -> list[Canary]:
    """Make a text of every kind in each language, drafts and texts under review, and
    files.
    """
    found = []
    for code in codes:
        locale = Locale.objects.get(language_code=code)
        found += [_text(model, locale) for model in _models()]
        page = next(each for each in reversed(found) if isinstance(each.obj, Page))
        # Somebody has deleted a text; its title is still in the history.
        gone = _text(type(page.obj), locale)
        log(gone.obj, "wagtail.delete", user=_writer(code), deleted=True)
        Page.objects.get(pk=gone.obj.pk).delete()
        found.append(Canary(gone.word))
    picture, file = new_word("bild"), new_word("fil")
    folder = Collection.get_first_root_node().add_child(name="Mappen")
    image, document = make_image(picture, width=40), make_file(title=file)
    for each in (image, document):
        type(each).objects.filter(pk=each.pk).update(collection=folder)
    return [*found, Canary(picture, image), Canary(file, document)]


def _models() -> list[type[Any]]:
    gated = [model for model in apps.get_models() if reviews.is_gated_model(model)]
    return [model for model in gated if not _needs_others(model)]


def _needs_others(model: type[Any]) -> bool:
    """A text that cannot be without another one is like its like without."""
    known = {"content_type", "locale", "page_ptr"}
    return any(
        field.is_relation and not field.null and field.name not in known
        for field in model._meta.concrete_fields
    )


def _text(model: type[Any], locale: Locale) -> Canary:
    word = new_word(locale.language_code)
    obj = model(locale=locale, **dict(_filled(model, word)))
    if isinstance(obj, Page):
        obj.slug = word
        tree_root(locale).add_child(instance=obj)
    else:
        obj.save()
    writer = _writer(locale.language_code)
    obj.save_revision(user=writer, clean=False)
    log(obj, "wagtail.edit", user=writer)
    return Canary(word, fresh(obj))


def _writer(code: str) -> User:
    return person("editor" if code == "sv" else f"translator_{code}")


def _filled(model: type[Any], word: str) -> Iterator[tuple[str, Any]]:
    for field in model._meta.concrete_fields:
        if field.has_default() or field.primary_key or field.is_relation:
            continue
        if field.choices:
            yield field.name, field.choices[0][0]
        elif isinstance(field, models.DateField) and not field.null:
            yield field.name, date(2026, 7, 1)
        elif isinstance(field, models.IntegerField) and not field.null:
            yield field.name, 2026
        elif isinstance(field, models.CharField | models.TextField) and not field.blank:
            yield field.name, word[: field.max_length]


def may_see(user: User, canary: Canary) -> bool:
    """Say whether the rights of ``user`` reach what has the canary."""
    obj = canary.obj
    if obj is None or isinstance(obj, Page):
        root = tree_root(Locale.objects.get(language_code=canary.language))
        return bool(root and root.specific.permissions_for_user(user).can_edit())
    policy = policy_registry.get(obj)
    rights = ["add", "change", "delete", "choose", "view"]
    return policy.user_has_any_permission_for_instance(user, rights, obj)


# --- every address ---


@dataclass(frozen=True)
class Address:
    """A pattern of the admin's addresses, with names in the place of values."""

    pattern: str
    namespace: str

    @property
    def names(self) -> list[str]:
        return re.findall(r"<(\w+)>", self.pattern)

    def about(self, obj: Any) -> list[str]:
        """Return the addresses that the pattern has for an object, with questions."""
        if not self._is_for(obj):
            return []
        path = self.pattern
        values = _values(obj)
        for name in self.names:
            value = values.get(name, obj.pk)
            path = path.replace(f"<{name}>", str(value))
        if "/bulk/" in path:
            return [f"{path}?id={obj.pk}"]
        return [path]

    def is_about_one_of(self, objects: Iterable[Any]) -> bool:
        return any(self._is_for(obj) for obj in objects)

    def alone(self, objects: Iterable[Any]) -> list[str]:
        """Return the addresses of a pattern that names no object: with questions."""
        ids = "".join(f"&id={obj.pk}" for obj in objects if self._is_for(obj))
        return [f"{self.pattern}?{ids}", f"{self.pattern}?q={WORD}&locale=fi"]

    def _is_for(self, obj: Any) -> bool:
        meta = obj._meta
        if "snippet" in self.namespace:
            return self.namespace.endswith(f"_{meta.app_label}_{meta.model_name}")
        if "page_id" in self.pattern or "pages" in self.namespace:
            return isinstance(obj, Page)
        for word, model in (
            ("images", get_image_model()),
            ("doc", get_document_model()),
        ):
            if word in self.namespace:
                return isinstance(obj, model)
        # People, groups, webhooks: no title is at stake, one number is enough.
        names_a_model = {"content_type_id", "model_name"} & set(self.names)
        return isinstance(obj, Page) or bool(names_a_model)


def _values(obj: Any) -> dict[str, Any]:
    kind = ContentType.objects.get_for_model(type(obj))
    base = (Page if isinstance(obj, Page) else type(obj))._meta
    state = getattr(obj, "current_workflow_state", None)
    revision = getattr(obj, "latest_revision_id", None) or 1
    return {
        "content_type_id": kind.pk,
        "app_label": base.app_label,
        "model_name": base.model_name,
        "content_type_app_name": kind.app_label,
        "content_type_model_name": kind.model,
        "revision_id": revision,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "destination_id": obj.get_parent().pk if isinstance(obj, Page) else 1,
        "workflow_state_id": state.pk if state else 1,
        "task_id": state.current_task_state.task_id if state else 1,
        "task_state_id": state.current_task_state_id if state else 1,
        "action_name": "approve",
        "action": "delete",
        "filter_spec": "original",
        "stamp": "2026-07-01T12:00",
        "what": "activities",
        "form": "csv",
        "mode": "",
    }


def addresses() -> list[Address]:
    """Return every address of the admin but those that end a visit."""
    start = reverse("wagtailadmin_home")
    found = {
        Address(pattern, namespace)
        for pattern, namespace in _walk(get_resolver(), "/", "")
        if pattern.startswith(start) and "logout" not in pattern
    }
    return sorted(found, key=lambda address: address.pattern)


def _walk(resolver: Any, before: str, namespace: str) -> Iterator[tuple[str, str]]:
    for part in resolver.url_patterns:
        path = before + _plain(str(part.pattern))
        if isinstance(part, URLResolver):
            yield from _walk(part, path, part.namespace or namespace)
        elif isinstance(part, URLPattern):
            yield path, namespace


def _plain(pattern: str) -> str:
    named = re.sub(r"<\w+:(\w+)>", r"<\1>", pattern)
    return (
        simplify_regex(named).lstrip("/").replace("\\", "")
        if "(" in named
        else (named.strip("^$"))
    )

"""Panels of the forms for programmes, pledges and follow-ups."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import pgettext
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel

from pledges import standing
from pledges.accounts import residents_today

_SWEDISH_ORDER = str.maketrans({"å": "z1", "ä": "z2", "ö": "z3", "é": "e"})


def swedish_key(text: str) -> str:
    """Return what sorts a name as Swedish does: å, ä and ö come last."""
    return text.casefold().translate(_SWEDISH_ORDER)


class OriginalsPanel(FieldPanel):
    """Offers Swedish originals by name: boxes to tick when there may be several.

    ``default`` returns what a new object begins with. ``offered`` narrows the choice
    for one form: it takes the queryset and the form.
    """

    def __init__(
        self,
        field_name: str,
        *,
        default: Callable[[], Any] | None = None,
        offered: Callable[[QuerySet, Any], QuerySet] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(field_name, **kwargs)
        self.default = default
        self.offered = offered

    def clone_kwargs(self) -> dict[str, Any]:
        own = {"default": self.default, "offered": self.offered}
        return {**super().clone_kwargs(), **own}

    def get_form_options(self) -> dict[str, Any]:
        many = self.db_field.many_to_many
        widget = forms.CheckboxSelectMultiple if many else forms.Select
        return {**super().get_form_options(), "widgets": {self.field_name: widget()}}

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.bound_field is None:
                return
            form, field = self.form, self.bound_field.field
            if self.panel.offered:
                field.queryset = self.panel.offered(field.queryset, form)
            choices = self._choices(field)
            self.has_choices = bool(choices)
            if not self.panel.db_field.many_to_many:
                choices = [("", field.empty_label or "---------"), *choices]
            field.widget.choices = choices
            is_empty = form.initial.get(self.field_name) is None
            if self.panel.default and is_empty and form.instance.pk is None:
                form.initial[self.field_name] = self.panel.default()

        def is_shown(self) -> bool:
            """Leave out what there is nothing to choose for yet."""
            if self.bound_field is None or self.bound_field.field.required:
                return super().is_shown()
            return self.has_choices and super().is_shown()

        def _choices(self, field: Any) -> list[tuple[Any, str]]:
            """Read the names once for each page that is shown, however many rows."""
            if self.panel.offered:
                return named_choices(field.queryset)
            known: dict[Any, Any] = self.request.__dict__.setdefault("_offered", {})
            model = field.queryset.model
            if model not in known:
                known[model] = named_choices(
                    field.queryset.complex_filter(field.get_limit_choices_to() or {})
                )
            return known[model]


def named_choices(found: QuerySet) -> list[tuple[Any, str]]:
    """Return key and name of objects, by name; what is not public says so."""
    names = [(each.pk, str(each), getattr(each, "live", True)) for each in found]
    names.sort(key=lambda each: swedish_key(each[1]))
    draft = pgettext("not public", "draft")
    return [(pk, name if live else f"{name} ({draft})") for pk, name, live in names]


class HiddenPanel(FieldPanel):
    """A field that is sent along and that nobody changes; a template places it."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return False


class FoldedPanel(MultiFieldPanel):
    """What is seldom needed of a row, behind a heading that opens it.

    It is open when something in it is wrong.
    """

    def __init__(self, *args: Any, summary: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.summary = summary

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "summary": self.summary}

    class BoundPanel(MultiFieldPanel.BoundPanel):
        template_name = "pledges/admin/folded.html"

        @property
        def summary(self) -> Any:
            return self.panel.summary

        @property
        def is_open(self) -> bool:
            fields = [getattr(child, "bound_field", None) for child in self.children]
            return any(field is not None and field.errors for field in fields)


class ContentsPanel(Panel):
    """What a programme holds and what to do next; once it has been saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pledges/admin/contents.html"

        def is_shown(self) -> bool:
            return self.instance is not None and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            programme = self.instance
            children = programme.get_children().specific()
            found: dict[str, list[Any]] = {"pledge": [], "followup": []}
            for child in children:
                found[child._meta.model_name].append(child)
            found["pledge"].sort(key=lambda each: each.number)
            waiting = waiting_occasions(programme, found["followup"])
            return {
                **context,
                "pledges": found["pledge"],
                "followups": found["followup"],
                "waiting": waiting,
                "add_pledge_url": add_url(programme, "pledge"),
                "add_followup_url": add_url(programme, "followup"),
                "today": residents_today(),
            }


def waiting_occasions(programme: Any, followups: list[Any]) -> list[Any]:
    """Return the planned follow-ups that nobody has begun to write, earliest first."""
    begun = {each.occasion_id for each in followups}
    planned = [each for each in programme.planned_followups.all() if each.pk]
    waiting = [each for each in planned if each.pk not in begun]
    return sorted(waiting, key=lambda each: each.due_on)


def add_url(programme: Any, model_name: str) -> str:
    """Return where a pledge or a follow-up is added to a programme."""
    return reverse("wagtailadmin_pages:add", args=["pledges", model_name, programme.pk])


class LinesPanel(InlinePanel):
    """A line for every activity: they are there already, in their order.

    None can be added or moved, and only one that is not expected can be taken out.
    """

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "pledges/admin/lines.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.form is None:
                return
            for child in self.children:
                child.standing = self._standing_of(child.instance)

        def _standing_of(self, line: Any) -> standing.Standing | None:
            if not line.activity_id:
                return None
            return self.standings.get(str(line.activity.translation_key))

        @cached_property
        def standings(self) -> dict[str, standing.Standing]:
            """Return how the activities of the programme stand, by key."""
            programme = self.form.parent_page
            ledger = standing.read(programme.translation_key)
            return {each.key: each for each in ledger.standings}

        def js_opts(self) -> dict[str, Any]:
            return {**super().js_opts(), "canOrder": False}


def activities_of_pledge(found: QuerySet, form: Any) -> QuerySet:
    """Narrow what may replace an activity to the other ones of its pledge."""
    activity = form.instance
    return found.filter(pledge_id=activity.pledge_id or 0).exclude(pk=activity.pk)


def parties_of_programme(found: QuerySet, form: Any) -> QuerySet:
    """Narrow partners to those who make the promises of the programme above."""
    parties = form.parent_page.specific.parties.all()
    return found.filter(pk__in=[each.pk for each in parties])

"""Forms of the staff: what they begin with, and what they refuse where it was typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django import forms
from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.models import Page

from cms.core.building import number
from cms.gate import rules as gate_rules
from pledges import planning, rules, standing


class FigureField(forms.DecimalField):
    """A number as people here write it: 1 234,5. A decimal point works as well."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.split())
            if "." not in value:
                value = value.replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Show what is stored without zeros at the end; leave what was typed alone."""
        if isinstance(value, Decimal):
            return number(value).replace(".", ",")
        return value


register_form_field_override(models.DecimalField, override={"form_class": FigureField})


def is_new(page: Any) -> bool:
    """Say whether a page is about to be created."""
    return page is not None and page.pk is None


class PromiseForm(WagtailAdminPageForm):
    """Begins with sensible values, and checks a text before it is sent to review.

    What the gate would refuse is shown at its field, and what was typed is kept.
    """

    def __init__(
        self, data: Any = None, files: Any = None, parent_page: Any = None,
        *args: Any, **kwargs: Any,
    ) -> None:  # fmt: skip
        page = kwargs.get("instance")
        if data is None and page is not None and parent_page is not None:
            parent = parent_page.specific
            if is_new(page):
                page.contact_block = parent.contact_block
                self.prefill(page, parent)
            else:
                self.refill(page, parent)
        super().__init__(data, files, parent_page, *args, **kwargs)

    def prefill(self, page: Any, parent: Any) -> None:
        """Give a new page its first values."""

    def refill(self, page: Any, parent: Any) -> None:
        """Bring a draft that is opened again up to date."""

    def losses(self) -> Iterator[tuple[str, str]]:
        """Yield formset and message for what may not be taken out of the page."""
        yield from ()

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        problems = [*self.losses()]
        for name, message in problems:
            self._refuse(name, message)
        if problems or self.is_deferred_validation:
            return not problems
        return self._is_fit()

    def _is_fit(self) -> bool:
        page = self.save(commit=False)
        with _placed(page, self.parent_page):
            issues = gate_rules.publication_issues(page)
        for issue in issues:
            self._refuse(issue.field, issue.message)
        return not issues

    def _refuse(self, path: str, message: str) -> None:
        """Show a message at a field, at the field of a row, or above them all.

        A path is ``goal``, ``activities``, or ``lines.<key of the activity>.reason``.
        """
        name, _dot, rest = path.partition(".")
        row = self.row(name, rest.partition(".")[0]) if rest else None
        if row is not None:
            row.add_error(rest.partition(".")[2] or None, message)
        elif name in self.formsets:
            self.formsets[name]._non_form_errors.append(message)
        else:
            self.add_error(name if name in self.fields else None, message)

    def row(self, name: str, key: str) -> Any:
        """Return the form of the row that a path names, if there is one."""
        return None

    def kept(self, name: str) -> list[Any]:
        """Return the rows of a formset that stay."""
        formset = self.formsets[name]
        gone = formset.deleted_forms
        return [row for row in formset.forms if row not in gone]


@contextmanager
def _placed(page: Any, parent: Any) -> Iterator[None]:
    """Lend a page that is not saved yet its place below ``parent``, for the rules."""
    if page.pk is not None:
        yield
        return
    parent = parent.specific
    before = page.path, page.depth, page.url_path, page.slug
    page.depth = parent.depth + 1
    page.path = page._get_path(parent.path, page.depth, parent.numchild + 1)
    page.set_url_path(parent)
    try:
        yield
    finally:
        page.path, page.depth, page.url_path, page.slug = before
        vars(page).pop("_cached_parent_obj", None)


class ProgrammeForm(PromiseForm):
    """A programme continues the one before it, and plans its follow-ups itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The period gives the title, and the title the address.
        for name in ("title", "slug"):
            self.fields[name].required = False

    def prefill(self, page: Any, parent: Any) -> None:
        before = type(page)._default_manager.child_of(parent).order_by("-period_end")
        previous = before.first()
        if previous is None:
            return
        page.period_start, page.period_end = planning.following_period(
            previous.period_start, previous.period_end
        )
        page.title = planning.programme_title(page.period_start, page.period_end)
        page.slug = planning.slug_of(page.title)
        page.predecessor = previous
        page.cadence = previous.cadence
        page.reminder_email = previous.reminder_email
        page.contact_block = previous.contact_block or page.contact_block
        page.parties = list(previous.parties.all())

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        start, end = cleaned.get("period_start"), cleaned.get("period_end")
        if not cleaned.get("title") and start and end:
            cleaned["title"] = planning.programme_title(start, end)
        if not cleaned.get("title"):
            self.add_error("title", _("Name the programme, or its period."))
        elif not cleaned.get("slug"):
            slug = planning.slug_of(cleaned["title"])
            cleaned["slug"] = self._free_slug(slug)
        return super().clean()

    def _free_slug(self, wanted: str) -> str:
        slug, copy = wanted, 2
        while not Page._slug_is_available(slug, self.parent_page, self.instance):
            slug, copy = f"{wanted}-{copy}", copy + 1
        return slug

    def losses(self) -> Iterator[tuple[str, str]]:
        """What somebody has begun to report on stays planned."""
        gone = [
            row.instance for row in self.formsets["planned_followups"].deleted_forms
            if row.instance.pk
        ]  # fmt: skip
        reports = apps.get_model("pledges", "FollowUp")._default_manager
        for report in reports.filter(occasion__in=gone).select_related("occasion"):
            text = _("'%(label)s' stays planned: there is the follow-up '%(title)s'.")
            names = {"label": report.occasion.label, "title": report.title}
            yield "planned_followups", text % names

    def save(self, commit: bool = True) -> Any:
        programme = super().save(commit=commit)
        if not self.is_deferred_validation and plan_followups(programme) and commit:
            programme.save()
        return programme

    def get_field_updates_for_resave(self) -> list[tuple[str, Any]]:
        """Tell the open form the names that were made for it."""
        updates = super().get_field_updates_for_resave()
        for name in ("title", "slug"):
            if not self.data.get(name):
                updates.append((name, getattr(self.instance, name)))
        return updates


def plan_followups(programme: Any) -> bool:
    """Plan the follow-ups by the cadence if none are planned; say whether it did.

    The rows are not saved.
    """
    if programme.planned_followups.all():
        return False
    occasions = planning.plan(
        programme.period_start, programme.period_end, programme.cadence
    )
    row = apps.get_model("pledges", "PlannedFollowUp")
    programme.planned_followups = [
        row(
            sort_order=order,
            label=each.label,
            period_start=each.period_start,
            period_end=each.period_end,
            due_on=each.due_on,
            is_final=each.is_final,
        )
        for order, each in enumerate(occasions)
    ]
    return bool(occasions)


class PledgeForm(PromiseForm):
    """A pledge is the next one of its programme."""

    def prefill(self, page: Any, parent: Any) -> None:
        others = type(page)._default_manager.child_of(parent)
        last = others.aggregate(last=models.Max("number"))["last"]
        page.number = (last or 0) + 1

    def losses(self) -> Iterator[tuple[str, str]]:
        """What a follow-up reports on, be it a draft, is replaced but never deleted."""
        gone = [
            row.instance for row in self.formsets["activities"].deleted_forms
            if row.instance.pk
        ]  # fmt: skip
        lines = apps.get_model("pledges", "FollowUpLine")._default_manager
        for activity in gone:
            if lines.filter(activity=activity).exists():
                text = _(
                    "'%(activity)s' is in a follow-up and cannot be removed. Say which "
                    "activity replaces it, or that it was cancelled."
                )
                yield "activities", text % {"activity": activity.title}


class FollowUpForm(PromiseForm):
    """A follow-up opens with a line for every activity that has to be reported on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = self.parent_page
        self.fields["occasion"].queryset = _occasions_of(programme)
        own = _activities_of(programme)
        for row in self.formsets["lines"].forms:
            row.fields["activity"].queryset = own

    def prefill(self, page: Any, parent: Any) -> None:
        used = type(page)._default_manager.child_of(parent).values("occasion")
        occasion = _occasions_of(parent).exclude(pk__in=used).first()
        if occasion is not None:
            page.occasion = occasion
            page.title = planning.followup_title(
                occasion.label, parent.period_start, parent.period_end
            )
            page.slug = planning.slug_of(page.title)
        self.refill(page, parent)

    def refill(self, page: Any, parent: Any) -> None:
        """Add a line for each expected activity that has none, at the end."""
        lines = list(page.lines.all())
        known = {each.activity_id for each in lines}
        row = apps.get_model("pledges", "FollowUpLine")
        for activity, told in _expected(parent):
            if activity.pk not in known:
                status = told.latest.status if told and told.latest else ""
                line = row(activity=activity, status_after=status)
                line.sort_order = len(lines)
                lines.append(line)
        page.lines = lines

    def row(self, name: str, key: str) -> Any:
        if name != "lines":
            return None
        rows = (row for row in self.kept("lines") if row.instance.activity_id)
        return next(
            (row for row in rows if str(row.instance.activity.translation_key) == key),
            None,
        )


def _occasions_of(programme: Any) -> models.QuerySet:
    rows = apps.get_model("pledges", "PlannedFollowUp")._default_manager
    return rows.filter(programme_id=programme.pk).order_by("due_on", "sort_order")


def _activities_of(programme: Any) -> models.QuerySet:
    """Return the activities of a programme's pledges, drafts of pledges too."""
    pledges = apps.get_model("pledges", "Pledge")._default_manager
    rows = apps.get_model("pledges", "PledgeActivity")._default_manager
    return rows.filter(pledge__in=pledges.child_of(programme))


def _expected(programme: Any) -> list[tuple[Any, standing.Standing | None]]:
    """Return the activities that must be reported on, in order, as they stand."""
    keys = rules.expected_activities(programme.translation_key)
    rows = {
        str(activity.translation_key): activity
        for activity in _activities_of(programme).filter(translation_key__in=keys)
    }
    ledger = standing.read(programme.translation_key)
    return [(rows[each.key], each) for each in ledger.standings if each.key in rows]

"""Everything that pledges are made of passes the same gate as an article does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from wagtail.fields import StreamField

from cms.engine.fields import SynchronizedField, TranslatableField
from cms.gate import actions
from cms.gate.errors import NotApproved, Refused
from cms.log.models import Head
from pledges import models
from tests.factories.pages import fresh, publish, submit
from tests.factories.people import person
from tests.factories.pledges import (
    followup_on,
    make_activity,
    make_dialogue,
    make_focus_area,
    make_focus_index,
    make_indicator,
    make_official,
    make_partner,
    make_place,
    make_pledge,
    make_programme,
    make_promises,
    make_survey,
    make_working_group,
)
from tests.factories.translations import approved, translate

pytestmark = pytest.mark.django_db

BLOCKS: dict[str, Callable[..., Any]] = {
    "dialogue": make_dialogue,
    "indicator": make_indicator,
    "person": make_official,
    "partner": make_partner,
    "place": make_place,
    "survey": make_survey,
    "working_group": make_working_group,
}
PAGES = ("programme", "pledge", "follow_up", "focus_area")


@pytest.fixture
def make(site):
    """Make a draft of the kind that is asked for."""

    def draft(kind):
        if kind in BLOCKS:
            return BLOCKS[kind]()
        if kind == "focus_area":
            return make_focus_area(publish(make_focus_index(site.home)))
        promises = make_promises(site.home)
        if kind == "programme":
            return make_programme(promises.index, parties=[promises.police])
        if kind == "follow_up":
            return followup_on(promises.programme, {})
        activity = make_activity("Gå rundor", promises.police)
        return make_pledge(promises.programme, activities=[activity])

    return draft


def heads(obj):
    return Head.objects.public().filter(key=obj.translation_key)


@pytest.mark.parametrize("kind", [*BLOCKS, *PAGES])
def test_public_is_what_somebody_else_approved(make, kind):
    obj = make(kind)
    assert not heads(obj).exists()

    revision = submit(obj)
    with pytest.raises(Refused), transaction.atomic():
        actions.approve(obj, by=person("editor"), revision_id=revision.pk)
    with pytest.raises(NotApproved), transaction.atomic():
        revision.publish()
    assert not heads(obj).exists()

    actions.approve(obj, by=person("approver"), revision_id=revision.pk)

    assert heads(obj).get().type == obj.kind.type_name


@pytest.mark.parametrize("kind", [*BLOCKS, *PAGES])
def test_no_code_makes_it_live_past_the_gate(make, kind):
    obj = make(kind)
    obj.live = True

    with pytest.raises(NotApproved), transaction.atomic():
        obj.save()

    assert not fresh(obj).live


@pytest.mark.parametrize("kind", [*BLOCKS, *PAGES])
def test_a_translation_passes_the_gate_too(make, kind):
    obj = publish(make(kind))

    waiting = translate(obj, "fi", approve=False)
    assert not heads(obj).filter(locale="fi").exists()
    approved(waiting)

    assert heads(obj).filter(locale="fi").exists()


@pytest.mark.parametrize("kind", [*BLOCKS, *PAGES])
def test_a_draft_can_be_looked_at_as_readers_would_see_it(make, kind, rf):
    draft = make(kind).get_latest_revision_as_object()
    request = rf.get("/")
    request.user = person("editor")

    answer = draft.serve_preview(request, "")

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("kind", BLOCKS)
def test_translators_do_not_touch_swedish(make, client, kind):
    obj = publish(make(kind))
    client.force_login(person("translator_fi"))
    name = type(obj)._meta.model_name

    answer = client.get(f"/admin/snippets/pledges/{name}/edit/{obj.pk}/")

    assert answer.status_code in {302, 403}


MODELS = [getattr(models, name) for name in models.__all__]
#: Kept by Wagtail, by the tree or by the relation itself.
NOT_CONTENT = {
    "id", "locale", "translation_key", "sort_order", "live", "has_unpublished_changes",
    "first_published_at", "last_published_at", "live_revision", "go_live_at",
    "expire_at", "expired", "locked", "locked_at", "locked_by", "latest_revision",
    "page_ptr", "imported_updated_at", "programme", "pledge", "followup",
}  # fmt: skip


@pytest.mark.parametrize(
    "model",
    [m for m in MODELS if hasattr(m, "translatable_fields")],
    ids=lambda model: model.__name__,
)
def test_every_field_is_translated_or_the_same_everywhere(model):
    """A field that nobody has thought of would be copied, or not, by chance."""
    own = {
        field.name
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
    }
    declared = {field.field_name: field for field in model.translatable_fields}

    assert own - NOT_CONTENT <= set(declared)
    for name in own & set(declared):
        field = model._meta.get_field(name)
        kinds = (TranslatableField, SynchronizedField)
        assert isinstance(declared[name], kinds)
        if isinstance(declared[name], TranslatableField):
            assert field.get_internal_type() in {"CharField", "TextField"} or (
                isinstance(field, StreamField)
            )

"""Readers keep the bytes that were approved, whatever happens in the library."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, ReferenceIndex

from cms.gate.errors import Conflict
from cms.log import files
from cms.log.models import Publication
from tests.factories.files import make_file, make_image, png
from tests.factories.pages import fresh, publish, schedule, submit
from tests.factories.people import person
from tests.factories.translations import translate

KINDS = {"image": "wagtailimages", "document": "wagtaildocs"}

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves files open that it writes sizes into.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Nothing stays open after the test."""
    yield
    gc.collect()


@pytest.fixture(params=KINDS)
def kind(request) -> str:
    return request.param


def make(kind: str) -> Any:
    return make_image("Torget") if kind == "image" else make_file(title="Planen")


def using(kind: str, file: Any) -> dict[str, Any]:
    """Three ways in which a page uses a file: a field, a block, a link in a text."""
    if kind == "image":
        block = {"image": file, "alt": "Torget", "decorative": False, "caption": ""}
        return {"hero_image": file, "hero_alt": "Torget", "body": [("image", block)]}
    link = f'<p><a linktype="document" id="{file.pk}">Planen</a></p>'
    return {"sign_video": file, "body": [("paragraph", link)]}


@pytest.fixture
def public(site, kind, django_capture_on_commit_callbacks) -> tuple[Any, Any]:
    """A file, and a public page that shows it."""
    file = make(kind)
    with django_capture_on_commit_callbacks(execute=True):
        page = publish(site.article(title="Torgets sida", **using(kind, file)))
    return file, page


def addresses(page: Any) -> list[str]:
    row = Publication.objects.filter(key=page.translation_key, locale="sv").latest("id")
    return sorted(set(files.named_in(row.document)))


def new_bytes(kind: str, name: str = "nytt") -> SimpleUploadedFile:
    if kind == "image":
        return SimpleUploadedFile(
            f"{name}.png", png(1600, colour="#aa2200"), "image/png"
        )
    return SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.7 nytt %%EOF", "application/pdf")


def replace(client, kind: str, file: Any) -> Any:
    facts = {"title": file.title, "credit": "Eva", "language": "sv", "tags": ""}
    return client.post(
        reverse(f"{KINDS[kind]}:edit", args=[file.pk]),
        {**facts, "file": new_bytes(kind), "collection": file.collection_id},
    )


def test_replaced_file_is_a_draft_and_readers_keep_the_old(public, kind, client):
    file, page = public
    before = addresses(page)
    client.force_login(person("admin"))
    edit = reverse(f"{KINDS[kind]}:edit", args=[file.pk])
    assert "Torgets sida" in client.get(edit).content.decode()

    answer = replace(client, kind, file)

    assert answer.status_code == 302
    page = fresh(page)
    assert page.has_unpublished_changes
    assert page.latest_revision.user == person("admin")
    drafted = set(files.named_in(page.get_latest_revision_as_object().document()))
    assert drafted.isdisjoint(before)
    assert addresses(page) == before
    client.logout()
    assert all(client.get(each).status_code == 200 for each in before)
    assert all(client.get(each).status_code == 404 for each in drafted)
    publish(page)
    assert set(addresses(page)) == drafted
    assert all(client.get(each).status_code == 200 for each in [*before, *drafted])


def delete_single(client, kind, file):
    return client.post(reverse(f"{KINDS[kind]}:delete", args=[file.pk]))


def delete_in_bulk(client, kind, file):
    model = get_image_model() if kind == "image" else get_document_model()
    address = reverse(
        "wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, "delete"]
    )  # fmt: skip
    return client.post(f"{address}?id={file.pk}&id={make(kind).pk}")


def delete_what_was_just_uploaded(client, kind, file):
    part = "image" if kind == "image" else "document"
    return client.post(
        reverse(f"{KINDS[kind]}:delete_multiple", args=[file.pk]),
        headers={"x-requested-with": "XMLHttpRequest", "accept": "application/json"},
        data={part: file.pk},
    )


@pytest.mark.parametrize(
    "door", [delete_single, delete_in_bulk, delete_what_was_just_uploaded]
)
def test_public_file_is_deleted_at_no_door(public, kind, client, door):
    file, page = public
    client.force_login(person("admin"))

    answer = door(client, kind, file)

    assert answer.status_code == 409
    assert "Torgets sida" in answer.content.decode()
    assert type(file).objects.filter(pk=file.pk).exists()
    assert set(files.named_in(fresh(page).document())) == set(addresses(page))


def test_code_deletes_no_public_file_either(public, kind):
    file, _page = public
    for delete in (file.delete, type(file).objects.filter(pk=file.pk).delete):
        with pytest.raises(Conflict, match="Torgets sida"), transaction.atomic():
            delete()


def test_collection_is_not_deleted_over_the_head_of_its_files(public, kind, client):
    file, _page = public
    collection = Collection.get_first_root_node().add_child(name="Torg")
    type(file).objects.filter(pk=file.pk).update(collection=collection)
    client.force_login(person("admin"))

    client.post(reverse("wagtailadmin_collections:delete", args=[collection.pk]))

    assert type(file).objects.filter(pk=file.pk).exists()


def test_file_of_a_draft_is_deleted(site, kind, client):
    file = make(kind)
    site.article(**using(kind, file))
    client.force_login(person("admin"))

    assert delete_single(client, kind, file).status_code == 302
    assert not type(file).objects.filter(pk=file.pk).exists()


@pytest.mark.parametrize("state", ["in review", "approved for later"])
def test_what_somebody_reads_is_not_exchanged_under_their_eyes(
    site, kind, client, state
):
    file = make(kind)
    page = site.live_article(title="Torgets sida")
    if state == "in review":
        submit(page, **using(kind, file))
    else:
        schedule(page, at=timezone.now() + timedelta(days=1), **using(kind, file))
    name = file.file.name
    client.force_login(person("admin"))

    answer = replace(client, kind, file)

    assert answer.status_code == 200
    assert "Torgets sida" in answer.context["form"].errors["file"][0]
    assert type(file).objects.get(pk=file.pk).file.name == name
    file.file = ContentFile(new_bytes(kind).read(), "annan.pdf")
    with pytest.raises(Conflict, match="Torgets sida"):
        file.save()


def test_every_language_that_shows_the_file_gets_a_draft(
    site, client, django_capture_on_commit_callbacks
):
    file = make("image")
    with django_capture_on_commit_callbacks(execute=True):
        page = publish(site.article(**using("image", file)))
        finnish = translate(page, "fi")
    assert ReferenceIndex.get_references_to(file).exists()
    client.force_login(person("admin"))

    replace(client, "image", file)

    assert fresh(page).has_unpublished_changes
    assert fresh(finnish).has_unpublished_changes

"""Who may do what with images and files, by the forms and as each role.

The table stands in `docs/workflow.md` too.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupCollectionPermission

from cms.desk import setup
from tests.factories.files import make_file, make_image
from tests.factories.people import person

ROLES = {
    "editor": "add",
    "approver": "choose",
    "translator_fi": "choose",
    "reviewer_fi": "choose",
}
KINDS = {"image": "wagtailimages", "document": "wagtaildocs"}
OPEN = {"choose": {"chooser"}, "add": {"chooser", "library", "add"}}

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


def upload(kind: str) -> Any:
    if kind == "image":
        return get_test_image_file(filename="bro.png").file
    return SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan %%EOF", "application/pdf")


def model_of(kind: str) -> Any:
    return get_image_model() if kind == "image" else get_document_model()


def send(client, kind: str) -> Any:
    file = upload(kind)
    if kind == "image":
        file.seek(0)
        file = SimpleUploadedFile("bro.png", file.read(), "image/png")
    facts = {"title": "Bron", "file": file, "credit": "Eva", "language": "sv"}
    return client.post(
        reverse(f"{KINDS[kind]}:add"),
        {**facts, "collection": Collection.get_first_root_node().pk, "tags": ""},
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("username", ROLES)
def test_each_role_passes_the_doors_that_its_work_needs(client, site, username, kind):
    client.force_login(person(username))
    app = KINDS[kind]
    screens = {"library": "index", "add": "add"}
    opened = {
        name
        for name, screen in screens.items()
        if client.get(reverse(f"{app}:{screen}")).status_code == 200
    }
    chooser = client.get(reverse(f"{app}_chooser:choose"))
    opened |= {"chooser"} if chooser.status_code == 200 else set()

    assert opened == OPEN[ROLES[username]]


@pytest.mark.parametrize("kind", KINDS)
def test_chooser_offers_what_somebody_else_brought_in(client, site, kind):
    made = make_image("Torget") if kind == "image" else make_file(title="Torget")
    client.force_login(person("editor"))

    shown = client.get(reverse(f"{KINDS[kind]}_chooser:choose"))

    assert made.title in shown.json()["html"]


@pytest.mark.parametrize("kind", KINDS)
def test_editor_brings_one_in_and_mends_it(client, site, kind):
    client.force_login(person("editor"))

    sent = send(client, kind)

    assert sent.status_code == 302
    made = model_of(kind).objects.get(title="Bron")
    edit = reverse(f"{KINDS[kind]}:edit", args=[made.pk])
    assert client.get(edit).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("username", [n for n, may in ROLES.items() if may != "add"])
def test_nobody_else_brings_one_in(client, site, username, kind):
    client.force_login(person(username))

    assert send(client, kind).status_code in {302, 403}
    assert not model_of(kind).objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_editor_changes_nothing_that_somebody_else_brought_in(client, site, kind):
    made = make_image("Torget") if kind == "image" else make_file(title="Torget")
    client.force_login(person("editor"))
    address = reverse(f"{KINDS[kind]}:delete", args=[made.pk])

    client.post(address)

    assert model_of(kind).objects.filter(pk=made.pk).exists()


def test_permission_that_is_never_asked_for_is_an_error(site):
    editors = Group.objects.get(name=setup.EDITORS)

    with pytest.raises(Permission.DoesNotExist):
        setup._allow_media(editors, ("paint",))


def test_every_permission_of_a_collection_is_one_that_is_asked_for(site):
    granted = GroupCollectionPermission.objects.values_list(
        "permission__content_type__app_label", "permission__codename"
    )

    assert {app for app, _name in granted} == {"wagtailimages", "wagtaildocs"}

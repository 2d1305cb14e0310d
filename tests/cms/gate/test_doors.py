"""Every door that Wagtail and its engine open, tried by every role."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from cms.log.models import Head
from tests import matrix
from tests.cms.gate.scene import Scene
from tests.cms.gate.state import State, state_of, what_happened
from tests.factories.people import person
from tests.matrix import REFUSED, ROLES, WITHDRAWN, Door

REFUSALS = {302, 400, 403, 404, 405, 409, 422}

CASES = [
    pytest.param(about, door, role, id=f"{about}, {door.name}, {role}")
    for about, doors in (
        ("page", matrix.PAGE_DOORS),
        ("translation", matrix.TRANSLATION_DOORS),
        ("translation", matrix.ENGINE_DOORS),
        ("waiting", matrix.REVIEW_DOORS),
        ("block", matrix.BLOCK_DOORS),
        ("waiting_block", matrix.BLOCK_REVIEW_DOORS),
    )
    for door in doors
    for role in ROLES
]


@pytest.fixture(scope="module")
def before(scene_of_the_module: Scene, django_db_blocker: Any) -> State:
    """What every test of this module starts from."""
    with django_db_blocker.unblock():
        return state_of(*scene_of_the_module.public_paths)


def send(client: Client, door: Door, scene: Scene, about: str, role: str) -> Any:
    if role != "anonymous":
        client.force_login(person(role))
    knock = door.knock(scene, getattr(scene, about))
    return getattr(client, knock.method)(knock.path, knock.data)


def says_no(response: Any) -> bool:
    """A status that refuses, or Wagtail's form once more with the reason on it."""
    if response.status_code != 200:
        return response.status_code in REFUSALS
    reasons = (
        response.context["form"].errors,
        list(get_messages(response.wsgi_request)),
        response.context.get("pages_without_destination_access"),
    )
    return any(reasons)


@pytest.mark.parametrize(("about", "door", "role"), CASES)
def test_door(scene, before, client, about, door, role):
    response = send(client, door, scene, about, role)

    outcome = what_happened(before, state_of(*scene.public_paths))
    assert outcome == door.opens.get(role, REFUSED)
    assert outcome != REFUSED or says_no(response)


WITHDRAWING = [
    pytest.param(about, door, id=f"{about}, {door.name}")
    for about, doors in (("page", matrix.PAGE_DOORS), ("block", matrix.BLOCK_DOORS))
    for door in doors
    if WITHDRAWN in door.opens.values()
]


@pytest.mark.parametrize(("about", "door"), WITHDRAWING)
def test_swedish_is_never_withdrawn_alone(scene, client, about, door):
    send(client, door, scene, about, "admin")

    key = getattr(scene, about).translation_key
    assert not Head.objects.public().filter(key=key).exists()


MOVING = [door for door in matrix.PAGE_DOORS if matrix.MOVED in door.opens.values()]


@pytest.mark.parametrize("door", MOVING, ids=lambda door: door.name)
def test_translations_move_along(scene, client, door):
    send(client, door, scene, "page", "admin")

    paths = Head.objects.filter(key=scene.page.translation_key).values_list("path")
    assert {path for (path,) in paths} == {
        "/arkiv/ny-lampa/",
        "/fi/arkiv/fi-ny-lampa/",
    }


SECRET_PAGES = ["edit", "history", "view_draft", "usage", "edit/preview", "copy"]


@pytest.mark.parametrize("view", SECRET_PAGES)
@pytest.mark.parametrize("role", ["anonymous", "translator_fi", "translator_ar"])
def test_drafts_are_shown_in_their_own_language_only(scene, client, role, view):
    if role != "anonymous":
        client.force_login(person(role))

    answers = [
        client.get(f"/admin/pages/{page.pk}/{view}/")
        for page in (scene.page, scene.waiting)
    ]

    assert [b"HEMLIG" in answer.content for answer in answers] == [False, False]


@pytest.mark.parametrize("role", ["anonymous", "translator_fi", "translator_ar"])
@pytest.mark.parametrize(
    "path",
    [
        "/admin/api/main/pages/",
        "/admin/api/main/pages/{page}/",
        "/admin/pages/search/?q=plan",
        "/admin/snippets/core/contactblock/",
        "/admin/snippets/choose/core/contactblock/results/",
        "/admin/snippets/core/contactblock/edit/{block}/",
        "/admin/snippets/core/contactblock/history/{block}/",
        "/admin/snippets/core/contactblock/copy/{block}/",
    ],
)
def test_lists_of_the_admin_show_ones_own_language_only(scene, client, role, path):
    if role != "anonymous":
        client.force_login(person(role))

    for page, block in (
        (scene.page, scene.block),
        (scene.waiting, scene.waiting_block),
    ):
        answer = client.get(path.format(page=page.pk, block=block.pk))
        assert b"HEMLIG" not in answer.content


@pytest.mark.parametrize("path", ["/api/v2/pages/", "/api/v3/pages/", "/api/pages/"])
def test_wagtails_own_api_is_not_mounted(scene, client, path):
    assert client.get(path).status_code == 404

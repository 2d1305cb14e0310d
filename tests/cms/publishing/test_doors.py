"""Every door that Wagtail opens, tried by every role (translation.md, Doors)."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from cms.publication.models import Publication
from tests import matrix
from tests.cms.publishing.scene import Scene, build_scene
from tests.cms.publishing.state import state_of, what_happened
from tests.factories.people import person
from tests.factories.site import Municipality
from tests.matrix import REFUSED, ROLES, Door

REFUSALS = {302, 400, 403, 404, 405, 409, 422}

CASES = [
    pytest.param(about, door, role, id=f"{about}, {door.name}, {role}")
    for about, doors in {
        "page": matrix.PAGE_DOORS,
        "translation": matrix.TRANSLATION_DOORS,
        "waiting": matrix.REVIEW_DOORS,
        "block": matrix.BLOCK_DOORS,
        "waiting_block": matrix.BLOCK_REVIEW_DOORS,
    }.items()
    for door in doors
    for role in ROLES
]


@pytest.fixture(scope="module")
def scene_of_the_module(site_of_the_module: Municipality, django_db_blocker: Any):
    with django_db_blocker.unblock():
        return build_scene(site_of_the_module)


@pytest.fixture
def scene(scene_of_the_module: Scene, db: None) -> Scene:
    return scene_of_the_module.reloaded()


def look(scene: Scene):
    paths = [obj.public_path() for obj in (scene.page, scene.translation)]
    return state_of(*paths, "/hemlig-plan/", "/nyheter/hemlig-plan/", "/so/nyheter/")


def send(client: Client, door: Door, scene: Scene, about: str, role: str):
    if role != "anonymous":
        client.force_login(person(role))
    knock = door.knock(scene, getattr(scene, about))
    return getattr(client, knock.method)(knock.path, knock.data)


def says_no(response: Any) -> bool:
    """A status that refuses, or Wagtail's form once more with the reason on it."""
    if response.status_code != 200:
        return response.status_code in REFUSALS
    form = response.context["form"]
    return bool(form.errors or list(get_messages(response.wsgi_request)))


@pytest.mark.parametrize(("about", "door", "role"), CASES)
def test_door(scene, client, about, door, role):
    before = look(scene)

    response = send(client, door, scene, about, role)

    outcome = what_happened(before, look(scene))
    assert outcome == door.opens.get(role, REFUSED)
    assert outcome != REFUSED or says_no(response)
    assert "publish" not in Publication.objects.filter(
        id__gt=before.log[-1][0]
    ).values_list("action", flat=True)

"""Nobody is shown titles beyond their language and rights, at any address of the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.test import Client
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from cms.core.models import ContactBlock, ContentImage, MediaFile, SharedBlock
from cms.desk.setup import APPROVERS, EDITORS
from cms.gate.snippets import GatedSnippetViewSet
from tests.cms.gate.canaries import Canary, addresses, may_see, plant, seen_in
from tests.factories.people import make_person, person
from tests.stages.stage import stage

pytestmark = [
    # A page of Wagtail's raises on purpose, and it leaves files open.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
#: The swede writes and approves: all screens of either are theirs.
ROLES = ["translator_ar", "swede", "guest"]


@stage
def canaries_of_the_module(site_of_the_module: Any) -> list[Canary]:
    """Texts in Swedish and Finnish, and somebody who may do no more than log in."""
    guests = Group.objects.create(name="guests")
    guests.permissions.add(Permission.objects.get(codename="access_admin"))
    make_person("guest", "guests")
    make_person("swede", EDITORS, APPROVERS)
    return plant(["sv", "fi"])


def what_is_seen(client: Client, objects: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield each address that shows a canary, with the canary."""
    for address in addresses():
        if address.names:
            for path in (path for obj in objects for path in address.about(obj)):
                yield from _canaries_in(path, client.get(path), client)
        elif address.is_about_one_of(objects):
            for path in address.alone(objects):
                answer = client.get(path)
                yield from _canaries_in(path, answer, client)
                if answer.status_code != 200:
                    break


def _canaries_in(path: str, answer: Any, client: Client) -> Iterator[tuple[str, str]]:
    """Look at the answer, or at what is said after a redirect."""
    content = b"".join(answer) if answer.streaming else answer.content
    if answer.status_code == 302:
        said = get_messages(answer.wsgi_request)
        content += " ".join(str(each) for each in said).encode()
        client.cookies.pop("messages", None)
    for word in sorted(seen_in(content)):
        yield path, word


def one_of_a_kind(canaries: list[Canary]) -> list[Any]:
    """A page, a block and the files: what has screens of its own.

    The screens of all blocks are of one class (see below).
    """
    found: dict[Any, Any] = {}
    for obj in (each.obj for each in canaries):
        if isinstance(obj, Page):
            found.setdefault(Page, obj)
        elif isinstance(obj, ContactBlock | ContentImage | MediaFile):
            found.setdefault(type(obj), obj)
    return list(found.values())


@pytest.mark.parametrize("role", ROLES)
def test_nobody_sees_a_title_beyond_their_rights(
    site, canaries_of_the_module, client, role
):
    user = person(role)
    client.force_login(user)
    client.raise_request_exception = False
    hidden = [each for each in canaries_of_the_module if not may_see(user, each)]
    words = {each.word for each in hidden}

    seen = what_is_seen(client, one_of_a_kind(hidden))

    assert [each for each in seen if each[1] in words] == []


def test_whoever_may_sees_every_one(site, canaries_of_the_module, client):
    """So that the test above can fail: everything is shown somewhere."""
    client.force_login(person("admin"))
    client.raise_request_exception = False
    canaries = canaries_of_the_module

    unseen = {each.word for each in canaries if not isinstance(each.obj, SharedBlock)}

    for _path, word in what_is_seen(client, one_of_a_kind(canaries)):
        unseen.discard(word)
        if not unseen:
            return
    pytest.fail(f"Nobody is shown {unseen}.")


@pytest.mark.parametrize("model", get_snippet_models(), ids=lambda m: m._meta.label)
def test_screens_of_every_block_are_those_that_ask(model):
    assert isinstance(model.snippet_viewset, GatedSnippetViewSet)


def test_everybody_chooses_among_pages_of_their_own(site, client):
    client.force_login(person("editor"))
    for path in ("", f"{site.home.pk}/", f"{site.index.pk}/", "search/?q=nyheter"):
        answer = client.get(f"/admin/choose-page/{path}")
        assert answer.status_code == 200

    assert "Nyheter" in answer.content.decode()
    chosen = client.get(f"/admin/choose-page/chosen-multiple/?id={site.index.pk}")
    assert chosen.json()["result"][0]["id"] == site.index.pk

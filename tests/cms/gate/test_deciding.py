"""A review that nobody could end does not begin, and staff are told where nobody decides."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale

from cms.desk.setup import APPROVERS, add_language, reviewers_of
from cms.gate import deciding
from cms.gate.errors import NotAllowed
from cms.log.models import Head
from tests.cms.gate.scene import Scene
from tests.factories.pages import edit, fresh, make_contact, publish, submit
from tests.factories.people import make_person, person
from tests.factories.translations import translate


def leave(group: str) -> None:
    """Nobody is left in the group."""
    Group.objects.get(name=group).user_set.clear()


def delete(group: str) -> None:
    Group.objects.filter(name=group).delete()


def make_inactive(group: str) -> None:
    User.objects.filter(groups__name=group).update(is_active=False)


WAYS = [leave, delete, make_inactive]


@pytest.mark.parametrize("nobody_is_in", WAYS)
@pytest.mark.parametrize("make", ["page", "block"])
def test_review_that_nobody_could_end_is_refused(site, nobody_is_in, make):
    text = site.article() if make == "page" else make_contact()
    User.objects.filter(username="admin").update(first_name="Ada", last_name="Admin")
    nobody_is_in(APPROVERS)

    with pytest.raises(NotAllowed, match="Ada Admin"):
        submit(text)

    assert not fresh(text).workflow_in_progress


def test_translation_too(site, monkeypatch):
    monkeypatch.setattr("tests.factories.translations._reviewer", lambda target: None)
    article = site.live_article()
    delete(reviewers_of("fi"))

    with pytest.raises(NotAllowed):
        translate(article, "fi")


def test_only_reviewer_does_not_wait_for_themselves(site):
    person("approver2").delete()
    article = site.article()
    person("editor").groups.clear()
    edit(article, by=person("approver"))

    with pytest.raises(NotAllowed):
        submit(article, by=person("approver"))


@pytest.mark.parametrize("about", ["page", "block"])
def test_form_keeps_what_was_typed_and_says_whom_to_turn_to(scene, client, about):
    """The button in the editor, which knows nothing of the gate."""
    leave(APPROVERS)
    client.force_login(person("editor"))
    obj = getattr(scene, about)
    form, address = _form(scene, obj)

    answer = client.post(address, form | {"action-submit": "1"}, follow=True)

    assert "admin" in str([str(each) for each in answer.context["messages"]])
    assert not fresh(obj).workflow_in_progress
    latest = fresh(obj).get_latest_revision_as_object()
    assert "HEMLIGT i formuläret" in {getattr(latest, "title", ""), str(latest)}


def _form(scene: Scene, obj: Any) -> tuple[dict[str, str], str]:
    if obj == scene.page:
        return scene.edit_form(obj), reverse("wagtailadmin_pages:edit", args=[obj.pk])
    address = reverse("wagtailsnippets_core_contactblock:edit", args=[obj.pk])
    return scene.block_form(obj), address


# --- staff are told, and it is mended ---


@pytest.mark.parametrize("nobody_is_in", WAYS)
def test_language_without_reviewers_is_named_and_mended(site, client, nobody_is_in):
    waiting = translate(site.live_article(), "fi", approve=False)
    finnish = Locale.objects.get(language_code="fi").pk
    known = {each.locale.pk for each in deciding.orphaned()}

    nobody_is_in(reviewers_of("fi"))

    found = {each.locale.pk: each.waiting for each in deciding.orphaned()}
    assert (finnish in known, found[finnish]) == (False, 1)
    assert "gate.W001" in {
        each.id for each in deciding.somebody_decides(databases=["x"])
    }
    client.force_login(person("admin"))
    assert 'id="orphaned-section"' in client.get("/admin/").content.decode()
    call_command("add_language", "fi")
    make_person("new_reviewer", reviewers_of("fi"))
    assert finnish not in {each.locale.pk for each in deciding.orphaned()}
    publish_as(waiting, "new_reviewer")


def publish_as(text: Any, username: str) -> None:
    from cms.gate import actions  # noqa: PLC0415

    text = fresh(text)
    actions.approve(text, by=person(username), revision_id=text.latest_revision_id)
    assert Head.objects.public().filter(key=text.translation_key, locale="fi").exists()


DOORS = {
    "deletes the group": lambda group, user: (f"/admin/groups/delete/{group.pk}/", {}),
    "deletes the person": lambda group, user: (f"/admin/users/delete/{user.pk}/", {}),
    "makes them inactive": lambda group, user: (
        f"/admin/bulk/auth/user/set_active_state/?id={user.pk}&next=/admin/users/",
        {"mark_as_active": "False"},
    ),
    "gives them another role": lambda group, user: (
        f"/admin/users/edit/{user.pk}/",
        {"username": user.username, "email": user.email, "first_name": "R",
         "last_name": "T", "is_active": "on"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_whoever_takes_the_last_reviewer_away_is_told(site, client, door):
    translate(
        site.live_article(title="Ny"), "fi", {"title": "Uusi lamppu"}, approve=False
    )
    client.force_login(person("admin"))
    group = Group.objects.get(name=reviewers_of("fi"))

    address, data = DOORS[door](group, person("reviewer_fi"))
    answer = client.post(address, data, follow=True)

    assert "Uusi lamppu" in str([str(each) for each in answer.context["messages"]])


@pytest.mark.parametrize("username", ["editor", "translator_ar"])
def test_first_screen_names_ones_own_languages_only(site, client, username):
    leave(reviewers_of("fi"))
    client.force_login(person(username))

    assert 'id="orphaned-section"' not in client.get("/admin/").content.decode()


def test_language_is_added_as_often_as_one_likes(site):
    add_language("fi")

    add_language("fi")

    assert publish(site.article())

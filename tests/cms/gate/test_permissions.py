"""Who may do what, by role, asked of the actions and of the policies."""

from __future__ import annotations

import pytest
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.core.models import ContactBlock
from cms.gate import actions, permissions, rules
from cms.gate.errors import NotAllowed
from tests.factories.pages import fresh, make_index
from tests.factories.people import person
from tests.matrix import ROLES

PEOPLE = ROLES[1:]

#: What each role may do with a Swedish and with a Finnish text.
MAY = {
    "edit": {
        "page": {"editor", "approver", "admin"},
        "translation": {"translator_fi", "reviewer_fi", "admin"},
    },
    "unpublish": {
        "page": {"approver", "admin"},
        "translation": {"reviewer_fi", "admin"},
    },
    "delete": {
        "page": {"approver", "admin"},
        "translation": {"reviewer_fi", "admin"},
    },
}
CASES = [
    (verb, about, role)
    for verb, texts in MAY.items()
    for about in texts
    for role in PEOPLE
]


def allowed(attempt) -> bool:
    try:
        attempt()
    except NotAllowed:
        return False
    return True


@pytest.mark.parametrize(("verb", "about", "role"), CASES)
def test_right_on_a_page(scene, verb, about, role):
    page = getattr(scene, about)

    answer = allowed(lambda: permissions.require(page, verb, person(role)))

    assert answer == (role in MAY[verb][about])


@pytest.mark.parametrize(("verb", "about", "role"), CASES)
def test_right_on_a_block_follows_its_language(scene, verb, about, role):
    block = scene.block if about == "page" else scene.block_translation

    answer = allowed(lambda: permissions.require(block, verb, person(role)))

    assert answer == (role in MAY[verb][about])


@pytest.mark.parametrize("role", PEOPLE)
def test_nobody_publishes_in_wagtails_sense(scene, role):
    user = person(role)
    tester = scene.page.permissions_for_user(user)
    policy = policy_registry.get_by_type(ContactBlock)

    assert not tester.can_publish()
    assert not tester.can_publish_subpage()
    assert not tester.can_set_view_restrictions()
    assert not policy.user_has_permission(user, "publish")
    assert not policy.user_has_permission_for_instance(user, "publish", scene.block)


@pytest.mark.parametrize("role", PEOPLE)
def test_base_page_answers_as_what_it_is(scene, role):
    """Wagtail's views often hold a plain page."""
    plain = Page.objects.get(pk=scene.page.pk)

    assert not plain.permissions_for_user(person(role)).can_publish()


@pytest.mark.parametrize("role", PEOPLE)
def test_decision_form_is_for_reviewers_of_the_language(scene, role):
    user = person(role)

    expected = role in {"approver", "admin"}
    assert rules.may_decide(scene.waiting, user) == expected
    assert rules.may_decide(scene.waiting_block, user) == expected


@pytest.mark.parametrize("role", PEOPLE)
def test_take_back_is_for_the_submitter(scene, role):
    answer = allowed(lambda: actions.take_back(scene.waiting, by=person(role)))

    assert answer == (role in {"editor", "admin"})


@pytest.mark.parametrize("role", PEOPLE)
def test_submitting_is_for_those_who_may_edit(scene, role):
    answer = allowed(lambda: actions.submit_for_review(scene.page, by=person(role)))

    assert answer == (role in MAY["edit"]["page"])


@pytest.mark.parametrize("role", PEOPLE)
def test_order_among_siblings_is_changed_by_those_who_may(scene, role):
    answer = allowed(
        lambda: actions.move_page(
            scene.page, scene.page.get_parent(), pos="last-child", by=person(role)
        )
    )

    assert answer == (role in {"approver", "admin"})


def test_text_does_not_move_into_another_language(scene):
    target = scene.translation.get_parent()

    with pytest.raises(NotAllowed):
        actions.move_page(scene.page, target, pos="last-child", by=person("admin"))


def test_front_page_of_a_language_is_not_deleted(site):
    with pytest.raises(NotAllowed):
        actions.delete_page(site.home, by=person("admin"))


def test_text_under_review_is_not_deleted(scene):
    with pytest.raises(NotAllowed):
        actions.delete_page(scene.waiting, by=person("admin"))


@pytest.mark.parametrize("role", PEOPLE)
def test_only_swedish_pages_are_made_by_hand(scene, role):
    """The other trees hold what is translated into them."""
    parent = fresh(scene.translation.get_parent())

    assert not parent.permissions_for_user(person(role)).can_add_subpage()


@pytest.mark.parametrize("role", PEOPLE)
def test_inactive_person_may_nothing(scene, role):
    user = person(role)
    user.is_active = False

    tester = scene.page.permissions_for_user(user)
    assert not tester.can_edit()
    assert not tester.can_unpublish()
    assert not tester.can_delete()
    assert not rules.may_decide(scene.waiting, user)


def test_clock_may_everything_that_is_approved(site):
    page = make_index(site.home)

    assert allowed(lambda: permissions.require(page, "unpublish", None))

"""What the site cannot do without stays, at every door, and a refusal changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.core.models import EmergencyNumbers
from cms.gate import actions
from cms.gate.errors import NotFit, Refused
from cms.log.models import Head
from cms.reading.models import Language
from cms.reading.pages import Gone, Reading, read_path
from cms.site.context import ACCESSIBILITY_STATEMENT
from tests import matrix
from tests.cms.gate.state import state_of
from tests.factories.pages import (
    fresh,
    make_article,
    make_emergency,
    make_standard,
    publish,
    submit,
)
from tests.factories.people import person
from tests.factories.translations import translate
from tests.matrix import WITHDRAWN
from tests.stages.remembering import reloaded
from tests.stages.stage import stage

TOMORROW = timedelta(days=1)


@dataclass(frozen=True)
class Needed:
    """Everything that readers need at all times, and a page that has it below itself."""

    front_page: Page
    finnish_front_page: Page
    statement: Page
    above_the_statement: Page
    contact: Any
    numbers: EmergencyNumbers
    finnish_numbers: EmergencyNumbers


#: Why each stays, and what the refusal must name.
WHY = {
    "front_page": ("front_page", ""),
    "finnish_front_page": ("front_page", "finska"),
    "statement": ("accessibility_statement", "Redogörelse"),
    "above_the_statement": ("accessibility_statement", "Redogörelse"),
    "contact": ("in_use", "Hit vänder du dig"),
    "numbers": ("emergency_numbers", "Om våld"),
    "finnish_numbers": ("emergency_numbers", "Om våld"),
}
SWEDISH = ["front_page", "statement", "contact", "numbers"]


@stage
def needed_of_the_module(site_of_the_module) -> Needed:
    """Publish what the site needs."""
    site = site_of_the_module
    numbers = publish(make_emergency())
    site.live_article(title="Om våld", sensitivity="safety_critical")
    site.live_article(title="Hit vänder du dig", contact_block=site.contact)
    slug = ACCESSIBILITY_STATEMENT.strip("/")
    folder = publish(make_standard(site.home, title="Om webben", slug="om-webben"))
    statement = publish(make_standard(site.home, title="Redogörelse", slug=slug))
    actions.move_page(statement, folder, pos="last-child", by=person("admin"))
    return reloaded(
        Needed(
            site.home,
            translate(site.home, "fi"),
            statement,
            folder,
            site.contact,
            numbers,
            translate(numbers, "fi"),
        )
    )


@pytest.fixture
def needed(needed_of_the_module: Needed, site) -> Needed:
    return reloaded(needed_of_the_module)


def _sends(door: matrix.Door) -> Callable[[Any, Any], None]:
    def knock(obj: Any, client: Any) -> None:
        client.force_login(person("admin"))
        sent = door.knock(None, obj)
        data = dict(sent.data)
        if isinstance(obj, Page) and not obj.is_leaf():
            data["include_descendants"] = "on"
        answer = getattr(client, sent.method)(sent.path, data)
        # Whoever lacks the right is led away; everybody else is told.
        assert answer.status_code in {302, 400, 403, 409, 422}

    return knock


def _expire(obj: Any) -> None:
    type(obj)._base_manager.filter(pk=obj.pk).update(expire_at=timezone.now())
    with time_machine.travel(timezone.now() + TOMORROW):
        call_command("publish_scheduled")


def _withdraw(obj: Any) -> None:
    below = isinstance(obj, Page)
    actions.withdraw(obj, by=person("admin"), include_descendants=below)


CODE: dict[str, Callable[[Any], Any]] = {
    "the gate": _withdraw,
    "the clock": _expire,
    "delete()": lambda obj: obj.delete(),
    "queryset": lambda obj: type(obj)._default_manager.filter(pk=obj.pk).delete(),
}
#: A page that only some may read is not public.
OF_PAGES: dict[str, Callable[[Any], Any]] = {
    "made private": lambda page: _make_private(page),
    "moved to where only some may read": lambda page: actions.move_page(
        page, _private_folder(), pos="last-child", by=person("admin")
    ),
}
#: What is below the page stays.
TAKES_A_PAGE_ALONE = {"the clock", "API: unpublish"}


def doors_of(kind: str) -> dict[str, Callable[[Any, Any], None]]:
    """Return every door through which something has left the site (see `matrix`)."""
    doors = matrix.BLOCK_DOORS if kind == "block" else matrix.PAGE_DOORS
    leading_out = [door for door in doors if WITHDRAWN in door.opens.values()]
    code = CODE if kind == "block" else CODE | OF_PAGES
    return {door.name: _sends(door) for door in leading_out} | {
        name: lambda obj, client, act=act: _in_code(act, obj)
        for name, act in code.items()
    }


def _make_private(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def _private_folder() -> Page:
    home = Page.objects.get(depth=2, locale__language_code="sv")
    folder = make_standard(home)
    _make_private(folder)
    return folder


def _in_code(act: Callable[[Any], Any], obj: Any) -> None:
    with suppress(Refused, ProtectedError), transaction.atomic():
        act(obj)


CASES = [
    pytest.param(name, door, id=f"{name}, {door}")
    for name in WHY
    for door in doors_of("block" if "numbers" in name or name == "contact" else "page")
    if name != "above_the_statement" or door not in TAKES_A_PAGE_ALONE
]


def state(door: str = "") -> Any:
    """Everything; after the clock but for the history, where it says why it stayed."""
    found = state_of("/", "/fi/", ACCESSIBILITY_STATEMENT)
    if door == "the clock":
        found = replace(found, desk=[])
    numbers = EmergencyNumbers.objects.order_by("pk").values_list("pk", "live")
    return found, list(numbers)


@pytest.mark.parametrize(("name", "door"), CASES)
def test_what_readers_need_stays_as_it_was(needed, client, name, door):
    obj = getattr(needed, name)
    kind = "page" if isinstance(obj, Page) else "block"
    if door == "the clock":
        type(obj)._base_manager.filter(pk=obj.pk).update(expire_at=timezone.now())
    before = state(door)

    for _attempt in range(2):  # The second try is refused like the first.
        doors_of(kind)[door](fresh(obj), client)
        assert state(door) == before


@pytest.mark.parametrize("name", WHY)
def test_refusal_says_who_needs_it(needed, name):
    code, named = WHY[name]

    with pytest.raises(NotFit) as refusal:
        _withdraw(fresh(getattr(needed, name)))

    reasons = {issue.code: issue.message for issue in refusal.value.issues}
    assert named in reasons[code]


@pytest.mark.parametrize("name", SWEDISH)
def test_end_is_refused_when_it_is_submitted(needed, name):
    obj = getattr(needed, name)

    with pytest.raises(NotFit) as refusal:
        submit(obj, expire_at=timezone.now() + TOMORROW)

    assert [issue.field for issue in refusal.value.issues] == ["expire_at"]


# --- what is needed no more may go ---


def test_front_page_may_go_when_its_language_is_not_offered(needed):
    Language.objects.filter(tag="fi").update(visible=False)

    actions.withdraw(needed.finnish_front_page, by=person("admin"))

    assert not Head.objects.public().filter(path="/fi/").exists()


def test_statement_may_go_when_another_page_has_its_address(needed, site):
    """The old one was moved, and its address led there until now."""
    assert not isinstance(read_path(ACCESSIBILITY_STATEMENT), Reading | Gone)
    slug = ACCESSIBILITY_STATEMENT.strip("/")
    publish(make_standard(site.home, title="Ny redogörelse", slug=slug))

    actions.withdraw(needed.statement, by=person("approver"))

    assert read_path(ACCESSIBILITY_STATEMENT).title == "Ny redogörelse"


def test_other_pages_may_end(needed, site):
    submit(make_article(site.index), expire_at=timezone.now() + TOMORROW)

"""An editor proposes when a text is public; whoever approves sets the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cms.gate import actions, record, rules
from cms.gate.errors import NotFit
from tests.factories.pages import fresh, make_contact, publish, submit
from tests.factories.people import person
from tests.factories.translations import translate

DAY = timedelta(days=1)
_FORM = "%Y-%m-%dT%H:%M"


@pytest.fixture
def soon():
    return timezone.localtime().replace(second=0, microsecond=0) + 2 * DAY


@pytest.fixture
def as_approver(client):
    client.force_login(person("approver"))
    return client


def screen(obj: Any) -> str:
    kind = ContentType.objects.get_for_model(type(obj)).pk
    return reverse("review:text", args=[kind, obj.pk])


def decide(client: Any, obj: Any, **typed: Any) -> Any:
    """Send the form as it stands, with what the approver types."""
    form = client.get(screen(obj)).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data = {
        n: v.strftime(_FORM) if hasattr(v, "strftime") else v for n, v in data.items()
    }
    return client.post(
        screen(obj), {**data, "decision": "approve", **typed}, follow=True
    )


def facts_of(answer: Any) -> str:
    main = BeautifulSoup(answer.content, "html.parser").find(id="clock")
    return " ".join(main.get_text(" ", strip=True).split()) if main else ""


def test_proposed_times_are_shown_with_their_zone(site, as_approver, soon):
    article = site.article()
    submit(article, go_live_at=soon, expire_at=soon + DAY)

    shown = facts_of(as_approver.get(screen(article)))

    assert f"Publicera den {soon.day} " in shown or str(soon.day) in shown
    assert f"{soon:%H.%M}" in shown
    assert "Svensk tid" in shown


def test_approving_as_proposed_waits_and_says_when(site, as_approver, soon):
    article = site.article(title="Ny lampa")
    submit(article, go_live_at=soon, expire_at=soon + DAY)

    answer = decide(as_approver, article)

    (message,) = answer.context["messages"]
    assert "publiceras" in str(message)
    assert f"{soon:%H.%M}" in str(message)
    assert not record.is_public(article)
    with time_machine.travel(soon + timedelta(minutes=1)):
        call_command("publish_scheduled", verbosity=0)
        assert record.is_public(article)
    with time_machine.travel(soon + DAY + timedelta(minutes=1)):
        call_command("publish_scheduled", verbosity=0)
        assert not record.is_public(article)


def test_approver_refuses_the_clock(site, as_approver, soon):
    """The text is public at once and stays: nothing of the proposal is left."""
    article = site.article(title="Ny lampa")
    submit(article, go_live_at=soon, expire_at=soon + DAY)

    answer = decide(as_approver, article, go_live_at="", expire_at="")

    assert "är godkänd och publicerad" in str(next(iter(answer.context["messages"])))
    row = fresh(article)
    assert (row.go_live_at, row.expire_at, row.live) == (None, None, True)
    with time_machine.travel(soon + 5 * DAY):
        call_command("publish_scheduled", verbosity=0)
        assert record.is_public(article)


def test_approver_sets_a_clock_that_nobody_proposed(site, as_approver, soon):
    article = site.live_article()
    submit(article, ingress="Nytt.")

    decide(as_approver, article, expire_at=(soon + DAY).strftime(_FORM))

    assert fresh(article).expire_at == soon + DAY
    assert rules.decisions_about(article).first().expire_at == soon + DAY


def test_end_before_the_beginning_is_refused_and_everything_stays_typed(
    site, as_approver, soon
):
    article = site.article()
    submit(article, go_live_at=soon)

    answer = decide(
        as_approver, article, expire_at=(soon - DAY).strftime(_FORM), comment="Ja"
    )

    assert answer.status_code == 422
    assert "expire_at" in answer.context["form"].errors
    assert answer.context["form"]["comment"].value() == "Ja"


def test_end_that_stands_is_shown_beside_the_new_one(site, as_approver, soon):
    article = publish(site.article(), expire_at=soon)
    submit(article, expire_at=soon + 3 * DAY)

    shown = facts_of(as_approver.get(screen(article)))

    assert "Det som är publicerat nu tas bort" in shown
    assert (
        len({soon.day, (soon + 3 * DAY).day} & {int(n) for n in _numbers(shown)}) == 2
    )


def _numbers(text: str) -> list[str]:
    return [each for each in text.split() if each.isdigit()]


def test_translation_has_no_end_of_its_own(site, client):
    target = translate(site.live_article(), "fi", approve=False)
    client.force_login(person("reviewer_fi"))

    form = client.get(screen(target), follow=True).context["form"]

    assert "expire_at" not in form.fields


def test_what_cannot_go_gets_no_end_by_the_decision_either(site, as_approver, soon):
    submit(site.home, ingress="Nytt.")

    answer = decide(as_approver, site.home, expire_at=soon.strftime(_FORM))

    assert answer.status_code == 422
    assert not fresh(site.home).expire_at


def test_code_that_approves_keeps_the_end_that_was_read(site, soon):
    block = make_contact()
    submit(block, expire_at=soon)
    revision = rules.review_in_progress(block).revision_id

    actions.approve(block, by=person("approver"), revision_id=revision)

    assert fresh(block).expire_at == soon


def test_code_that_approves_cannot_end_what_must_stay(site, soon):
    submit(site.home, ingress="Nytt.")
    revision = rules.review_in_progress(site.home).revision_id

    with pytest.raises(NotFit):
        actions.approve(
            site.home, by=person("approver"), revision_id=revision, expire_at=soon
        )

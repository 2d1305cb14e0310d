"""Webhooks in the admin: what an administrator can do, and nobody else."""

from __future__ import annotations

import html

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext
from wagtail.models import ModelLogEntry

from cms.webhooks import actions
from cms.webhooks.models import Delivery, Endpoint
from tests.cms.log.entries import append

HOME = "/admin/webhooks/"
LIST = "/admin/webhook_deliveries/"


class StaffClient(Client):
    """A browser in which somebody is logged in."""

    user: User


@pytest.fixture
def admin(db):
    user = User.objects.create_superuser("admin")
    client = StaffClient()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def editor(db):
    """Somebody who works in the admin, without a right on webhooks."""
    user = User.objects.create_user("editor")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = StaffClient()
    client.force_login(user)
    client.user = user
    return client


def form(**changes):
    return {"name": "Appen", "url": "https://app.example/", "enabled": "on", **changes}


def text_of(answer) -> str:
    return html.unescape(answer.content.decode())


def test_the_secret_is_shown_once(admin, receiver):
    append()
    url = receiver.url
    made = admin.post(f"{HOME}new/", form(url=url, types=["articles.article"]))
    endpoint = Endpoint.objects.get()

    assert made.status_code == 200
    assert "no-store" in made["Cache-Control"]
    assert endpoint.secret in text_of(made)
    assert endpoint.created_by == admin.user
    assert (endpoint.types, endpoint.languages) == (["articles.article"], [])
    changed = form(url=url, name="Ny", languages=["fi"], actions=["publish"])
    assert admin.post(f"{HOME}edit/{endpoint.pk}/", changed).status_code == 302
    endpoint.refresh_from_db()
    assert (endpoint.name, endpoint.languages) == ("Ny", ["fi"])
    for path in (HOME, f"{HOME}edit/{endpoint.pk}/", f"{HOME}history/{endpoint.pk}/"):
        shown = admin.get(path)
        assert shown.status_code == 200
        assert endpoint.secret not in text_of(shown)
    assert endpoint.secret not in str(list(ModelLogEntry.objects.values()))


def test_two_secrets_sign_until_the_old_one_is_retired(admin, endpoint):
    old = endpoint.secret
    made = admin.post(f"{HOME}rotate/{endpoint.pk}/")
    endpoint.refresh_from_db()
    assert endpoint.keys == [endpoint.secret, old]
    assert endpoint.secret in text_of(made)
    assert old not in text_of(made)

    admin.post(f"{HOME}rotate/{endpoint.pk}/")
    assert Endpoint.objects.get().keys == endpoint.keys, "reloading makes no third one"
    assert gettext("Retire the old secret before you make a new one.") in _said(
        admin, endpoint
    )
    admin.post(f"{HOME}retire/{endpoint.pk}/")
    assert Endpoint.objects.get().keys == [endpoint.secret]
    done = ModelLogEntry.objects.values_list("action", flat=True)
    assert {"webhooks.rotate", "webhooks.retire"} <= set(done)


def _said(client, endpoint) -> str:
    return text_of(client.get(f"{HOME}edit/{endpoint.pk}/"))


@pytest.mark.parametrize(
    "url",
    ["http://app.example/", "https://a:b@app.example/", "https://127.0.0.1/", "app"],
)
def test_an_address_that_may_not_be_used_is_refused_and_kept_in_the_form(admin, url):
    answer = admin.post(f"{HOME}new/", form(url=url))
    assert answer.status_code == 200
    assert "url" in answer.context["form"].errors
    assert f'value="{url}"' in text_of(answer)
    assert not Endpoint.objects.exists()


def test_a_host_that_is_gone_can_still_be_switched_off(admin, endpoint, settings):
    """Only a new address is looked up."""
    settings.CMS_WEBHOOK_LOCAL_HOSTS = []
    changed = form(name=endpoint.name, url=endpoint.url)
    del changed["enabled"]
    assert admin.post(f"{HOME}edit/{endpoint.pk}/", changed).status_code == 302
    assert Endpoint.objects.get().enabled is False


def test_a_test_is_sent_at_once(admin, endpoint, receiver):
    admin.post(f"{HOME}test/{endpoint.pk}/")
    assert receiver.messages == []
    page = append()
    admin.post(f"{HOME}test/{endpoint.pk}/")
    assert receiver.told == [page.pk]
    assert receiver.messages[0].id.startswith("test_")
    receiver.answer = lambda message: 302
    admin.post(f"{HOME}test/{endpoint.pk}/")
    assert "(302)" in _said(admin, endpoint)


def test_what_was_given_up_is_seen_and_sent_again(admin, endpoint):
    pages = [append(path=f"/{number}/") for number in range(4)]
    other = Endpoint.objects.create(name="Skylten", url=endpoint.url)
    Delivery.objects.create(endpoint=other, publication=pages[0], key=pages[0].key)
    parked = {"state": "parked", "last_obstacle": "refused", "last_status": 503}
    Delivery.objects.update(**parked, attempts=30)
    Endpoint.objects.update(failures=9, rests_until="2100-01-01T00:00Z")

    everything = admin.get(LIST, {"state": "parked"})
    assert text_of(everything).count("(503)") == 5
    overview = admin.get(HOME)
    rows = {row.name: row for row in overview.context["object_list"]}
    assert (rows["Appen"].given_up, rows["Appen"].backlog) == (4, 0)
    mine = admin.get(LIST, {"endpoint": endpoint.pk})
    assert len(mine.context["object_list"]) == 4
    assert not admin.get(LIST, {"state": "delivered"}).context["object_list"]

    one = Delivery.objects.filter(endpoint=endpoint).first()
    admin.post(f"{LIST}resend/{one.pk}/")
    one.refresh_from_db()
    assert (one.state, one.attempts, one.first_attempt_at) == ("pending", 0, None)
    endpoint.refresh_from_db()
    assert (endpoint.failures, endpoint.rests_until) == (0, None)
    admin.post(f"{HOME}resend/{endpoint.pk}/")
    assert Delivery.objects.parked().get().endpoint == other
    assert admin.get(HOME).context["object_list"][0].backlog == 4


def test_lists_cost_the_same_whatever_their_length(admin, endpoint):
    def cost(path):
        with CaptureQueriesContext(connection) as queries:
            admin.get(path)
        return len(queries)

    append()
    cost(HOME)  # What a process asks once.
    before = cost(HOME), cost(LIST)
    for number in range(5):
        append(path=f"/{number}/")
    for number in range(3):
        Endpoint.objects.create(name=f"Skylt {number}", url=endpoint.url)
    append(path="/till-alla/")
    assert (cost(HOME), cost(LIST)) == before


def test_a_delivered_one_is_not_sent_again(admin, endpoint):
    append()
    Delivery.objects.update(state="delivered")
    admin.post(f"{LIST}resend/{Delivery.objects.get().pk}/")
    assert Delivery.objects.get().state == "delivered"


def test_an_endpoint_is_deleted_with_its_deliveries(admin, endpoint):
    append()
    assert admin.get(f"{HOME}delete/{endpoint.pk}/").status_code == 200
    admin.post(f"{HOME}delete/{endpoint.pk}/")
    assert not Endpoint.objects.exists()
    assert not Delivery.objects.exists()


def test_nobody_else_opens_a_door(editor, endpoint, receiver):
    append()
    Delivery.objects.update(state="parked")
    before = list(Endpoint.objects.values()), list(Delivery.objects.values())
    delivery = Delivery.objects.get()
    for path in (HOME, LIST, f"{HOME}new/", f"{HOME}edit/{endpoint.pk}/"):
        for client in (editor, Client()):
            assert client.get(path).status_code in {302, 403}
    for path in (
        f"{HOME}new/",
        f"{HOME}edit/{endpoint.pk}/",
        f"{HOME}delete/{endpoint.pk}/",
        f"{HOME}rotate/{endpoint.pk}/",
        f"{HOME}retire/{endpoint.pk}/",
        f"{HOME}test/{endpoint.pk}/",
        f"{HOME}resend/{endpoint.pk}/",
        f"{LIST}resend/{delivery.pk}/",
    ):
        for client in (editor, Client()):
            answer = client.post(path, form(url=receiver.url))
            assert answer.status_code in {302, 403}
            assert endpoint.secret not in text_of(answer)

    assert (list(Endpoint.objects.values()), list(Delivery.objects.values())) == before
    assert receiver.messages == []
    assert "webhooks" not in text_of(editor.get("/admin/"))


def test_a_button_is_no_link(admin, endpoint):
    for verb in ("rotate", "retire", "test", "resend"):
        assert admin.get(f"{HOME}{verb}/{endpoint.pk}/").status_code == 405


def test_actions_check_by_themselves(editor, endpoint):
    for call in (actions.rotate, actions.retire, actions.send_test):
        with pytest.raises(PermissionDenied):
            call(endpoint, by=editor.user)
    with pytest.raises(PermissionDenied):
        actions.resend(Delivery.objects.all(), by=editor.user)

"""What may be meant is said to whoever writes and whoever reviews, and forbids nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from cms.gate import record, rules
from tests.cms.gate.scene import Scene
from tests.factories.pages import (
    approve,
    fresh,
    make_article,
    make_contact,
    make_index,
    submit,
)
from tests.factories.people import person


def codes(obj: Any) -> list[str]:
    return [each.code for each in rules.publication_notices(obj)]


def link_to(page: Any) -> list[Any]:
    return [("paragraph", f'<p><a linktype="page" id="{page.pk}">Läs mer</a></p>')]


def screen_of(obj: Any, client: Any) -> str:
    kind = ContentType.objects.get_for_model(type(obj)).pk
    client.force_login(person("approver"))
    return client.get(reverse("review:text", args=[kind, obj.pk])).content.decode()


def test_nothing_is_said_of_a_page_that_is_in_order(site):
    public = site.live_article()
    page = site.article(body=link_to(public), contact_block=site.contact)

    assert codes(page) == []


def test_link_to_a_draft_is_named(site, client):
    page = site.article(body=link_to(site.article(title="Hemlig plan")))
    submit(page)

    assert codes(page) == ["not_public"]
    assert "”Hemlig plan” är inte publicerad" in screen_of(page, client)


def test_shared_block_that_is_a_draft_is_named(site):
    page = site.article(contact_block=make_contact(name="Ny kontakt"))

    (notice,) = rules.publication_notices(page)

    assert "Ny kontakt" in notice.message


@pytest.mark.parametrize("address", ["/finns-inte/", "http://testserver/borta/"])
def test_link_of_ours_that_leads_nowhere_is_named(site, settings, address):
    settings.CMS_PUBLIC_BASE_URL = "http://testserver"
    body = [("paragraph", f'<p><a href="{address}">Läs mer</a></p>')]

    assert codes(site.article(body=body)) == ["dead_link"]


@pytest.mark.parametrize(
    "address", ["/nyheter/", "https://polisen.example.org/x/", "mailto:a@example.org"]
)
def test_other_links_are_not(site, address):
    body = [("paragraph", f'<p><a href="{address}">Läs mer</a></p>')]

    assert codes(site.article(body=body)) == []


def test_link_to_a_deleted_page_is_named(site):
    gone = site.article()
    body = link_to(gone)
    gone.delete()

    assert codes(site.article(body=body)) == ["dead_link"]


def test_page_below_one_that_is_not_public_is_approved_with_a_word(site, client):
    above = make_index(site.home, title="Stängd lista", slug="stangd")
    page = make_article(above)
    submit(page)

    assert "Sidan ovanför, ”Stängd lista”, är inte publicerad" in screen_of(
        page, client
    )
    approve(page)
    assert record.is_public(page)


def test_new_address_is_said_with_what_becomes_of_the_old_one(site, client):
    page = site.live_article(slug="gammal")
    submit(page, slug="ny")

    shown = screen_of(page, client)

    assert "/nyheter/gammal/" in shown
    assert "/nyheter/ny/" in shown
    assert "leder dit från och med då" in shown


def test_whoever_submits_is_told_at_once(site, client):
    scene = Scene(*[None] * 7)
    page = site.article(title="Plan")
    client.force_login(person("editor"))
    draft = make_index(site.home, title="Stängd lista", slug="stangd")
    page.move(draft, pos="last-child")
    data = scene.edit_form(fresh(page)) | {"action-submit": "1"}

    answer = client.post(f"/admin/pages/{page.pk}/edit/", data, follow=True)

    said = [str(each) for each in answer.context["messages"]]
    assert any("Stängd lista" in each for each in said)
    assert rules.review_in_progress(fresh(page))


def test_quote_that_nobody_approved_is_said_when_it_is_submitted(site, client):
    """R-26: the reviewer cannot approve it, so the writer need not wait to hear so."""
    quote = {"text": "Bra!", "name": "Eva Exempel", "title": "", "organisation": ""}
    page = site.article(body=[("quote", {**quote, "approved": False})])
    client.force_login(person("editor"))
    body = streamfield([("quote", quote)])
    data = Scene(*[None] * 7).edit_form(page, body=body) | {"action-submit": "1"}

    answer = client.post(f"/admin/pages/{page.pk}/edit/", data, follow=True)

    assert "Eva Exempel har inte godkänt citatet" in answer.content.decode()

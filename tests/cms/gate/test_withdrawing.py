"""Taking a text off the site by the form: what goes along, and why, for readers."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from cms.log.models import Publication
from cms.site.context import ACCESSIBILITY_STATEMENT
from tests.factories.pages import make_contact, make_standard, publish
from tests.factories.people import person
from tests.factories.translations import translate

WHY = "Mötet är inställt <av> regn."


@pytest.fixture
def approver(site, client) -> Client:
    client.force_login(person("approver"))
    return client


def test_form_names_every_language_and_asks_why(site, approver):
    page = site.live_article()
    translate(page, "fi")

    shown = approver.get(f"/admin/pages/{page.pk}/unpublish/").content.decode()

    assert "<strong>Svenska, Suomi</strong>" in shown
    assert 'name="reason"' in shown


def test_reader_is_told_why_in_every_language(site, approver, client):
    page = site.live_article()
    finnish = translate(page, "fi")

    approver.post(f"/admin/pages/{page.pk}/unpublish/", {"reason": f" {WHY}\n"})

    swedish = client.get(page.public_path())
    assert swedish.status_code == 410
    assert "Mötet är inställt &lt;av&gt; regn." in swedish.content.decode()
    for path in (finnish.public_path(), f"/ar{page.public_path()}"):
        gone = client.get(path).content.decode()
        assert '<bdi lang="sv">Mötet är inställt' in gone
    body = client.get(f"/api/v1/pages/{page.translation_key}?lang=fi").json()
    assert (body["reason"], body["reason_lang"]) == (WHY, "sv")
    call_command("verify_log")


def test_reason_is_not_needed(site, approver, client):
    page = site.live_article()

    approver.post(f"/admin/pages/{page.pk}/unpublish/")

    assert client.get(page.public_path()).status_code == 410
    body = client.get(f"/api/v1/pages/{page.translation_key}").json()
    assert (body["reason"], body["reason_lang"]) == (None, None)


def test_reason_goes_when_the_text_is_public_again(site, approver, client):
    page = site.live_article()
    approver.post(f"/admin/pages/{page.pk}/unpublish/", {"reason": WHY})

    publish(page)

    assert "inställt" not in client.get(page.public_path()).content.decode()


@pytest.mark.parametrize("reason", ["x" * 301, "a\0b"])
def test_reason_that_cannot_be_told_is_refused(site, approver, client, reason):
    page = site.live_article()

    answer = approver.post(f"/admin/pages/{page.pk}/unpublish/", {"reason": reason})

    assert answer.status_code in {400, 422}
    assert client.get(page.public_path()).status_code == 200


def test_block_is_withdrawn_with_its_translations(site, approver):
    block = publish(make_contact(name="Bygglov"))
    translate(block, "fi")
    address = f"/admin/snippets/core/contactblock/unpublish/{block.pk}/"

    shown = approver.get(address).content.decode()
    approver.post(address, {"reason": WHY})

    assert "<strong>Svenska, Suomi</strong>" in shown
    rows = Publication.objects.filter(key=block.translation_key, action="withdraw")
    assert {row.locale for row in rows} == {"sv", "fi"}
    assert {row.document["withdrawal_reason"]["text"] for row in rows} == {WHY}


def test_form_says_beforehand_that_a_page_must_stay(site, client):
    client.force_login(person("admin"))

    shown = client.get(f"/admin/pages/{site.home.pk}/unpublish/").content.decode()

    assert "Varje sida leder till startsidan" in shown
    assert 'name="reason"' not in shown


def test_deleting_says_so_too(site, client):
    """What is followed up, is public or is needed: the reason is the same sentence."""
    slug = ACCESSIBILITY_STATEMENT.strip("/")
    statement = publish(make_standard(site.home, title="Redogörelse", slug=slug))
    client.force_login(person("admin"))

    shown = client.get(f"/admin/pages/{statement.pk}/delete/").content.decode()

    assert "Redogörelse" in shown
    assert "som lagen kräver" in shown
    assert "<form" not in shown[shown.index("som lagen kräver") :]


def test_deleting_a_block_says_so_too(site, client):
    site.live_article(title="Hit vänder du dig", contact_block=site.contact)
    client.force_login(person("admin"))
    address = f"/admin/snippets/core/contactblock/delete/{site.contact.pk}/"

    shown = client.get(address).content.decode()

    assert "används i: Hit vänder du dig" in shown
    assert "Ja, radera" not in shown

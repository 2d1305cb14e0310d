"""Drafts, shown to staff as readers would see them."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.factories.pages import edit
from tests.factories.people import PASSWORD
from tests.factories.translations import translate
from tests.strict_html import faults


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def page(site):
    return site.live_article(slug="bara-svenska")


@pytest.fixture
def editor(client, site):
    client.login(username="admin", password=PASSWORD)
    return client


def preview(client, page):
    return client.get(f"/admin/pages/{page.pk}/view_draft/")


def test_preview_shows_the_draft_to_staff_and_to_no_cache(page, editor):
    edit(page, title="Nytt utkast")
    response = preview(editor, page)

    html = soup(response)
    assert html.h1.text == "Nytt utkast"
    assert html.find(class_="ribbon--preview")
    control = response["Cache-Control"]
    assert "private" in control
    assert "no-store" in control
    assert "noindex" in response["X-Robots-Tag"]
    assert "public" not in control
    assert faults(response.content.decode()) == []


def test_preview_may_be_framed_by_the_admin_alone(page, editor):
    response = preview(editor, page)

    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_page_that_was_never_public_can_be_previewed(site, editor):
    response = preview(editor, site.article(title="Aldrig publik"))

    assert soup(response).h1.text == "Aldrig publik"


def test_translation_can_be_previewed(page, editor):
    target = translate(page, "fi", submit=False)
    response = preview(editor, target)

    assert response.status_code == 200
    assert soup(response).html["lang"] == "fi"


def test_contact_block_can_be_previewed_on_a_page(site):
    draft = edit(site.contact, visiting_street="Smedsgatan 23").as_object()
    response = draft.make_preview_request()

    html = soup(response)
    assert response.status_code == 200
    assert "Smedsgatan 23" in html.find(class_="contact").text
    assert "Odengatan" not in html.text
    assert "noindex" in response["X-Robots-Tag"]
    assert faults(response.content.decode()) == []


def test_nobody_else_gets_a_preview(page, client):
    response = preview(client, page)

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_preview_changes_nothing_for_readers(page, editor):
    before = editor.get("/nyheter/bara-svenska/").content
    edit(page, title="Nytt utkast")
    preview(editor, page)

    assert editor.get("/nyheter/bara-svenska/").content == before

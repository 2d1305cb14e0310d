"""The ways to a preview link: the editor, the desk, the review, and the links' screen."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cms.previews import addresses, links
from cms.previews.models import PreviewLink
from tests.factories.pages import submit
from tests.factories.people import person
from tests.factories.translations import start, translate, translation_of

BAD_ROLES = ("translator_fi", "reviewer_fi", "translator_ar")


@pytest.fixture
def as_(client):
    """Become somebody."""

    def become(name):
        client.force_login(person(name))
        return client

    return become


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def fields_of(html):
    return [field["value"] for field in html.select("input[readonly]")]


def test_address_is_shown_once_and_opens_the_draft(page, as_, client):
    editor = as_("editor")
    screen = addresses.list_url(page)
    response = editor.post(screen, {"days": "14", "note": "Anna <b>Polis</b>"})
    html = soup(response)

    page_address, json_address = fields_of(html)
    assert "no-store" in response["Cache-Control"]
    assert html.find(attrs={"data-copied": True})
    again = editor.get(screen)
    assert "utkast_" not in again.content.decode()
    assert "Anna <b>Polis</b>" in soup(again).select_one(".gate-table tbody").text

    client.logout()
    path = page_address.removeprefix("http://testserver")
    assert soup(client.get(path)).h1.text == "Som det blir"
    json_path = json_address.removeprefix("http://testserver")
    assert client.get(json_path).json()["title"] == "Som det blir"


def test_revoking_is_a_button_in_the_list(page, as_):
    link, secret = links.make(page, by=person("editor"))
    approver = as_("approver")
    button = soup(approver.get(addresses.list_url(page))).find(
        "form", action=reverse("previews:revoke", args=[link.pk])
    )

    assert button.find("button")
    response = approver.post(button["action"])
    assert response["Location"] == addresses.list_url(page)
    assert links.open_link(secret) is None
    assert not soup(approver.get(addresses.list_url(page))).select(".gate-table form")


@pytest.mark.parametrize("name", BAD_ROLES)
def test_others_are_refused_at_every_door(page, as_, name):
    link, _secret = links.make(page, by=person("editor"))
    stranger = as_(name)
    screen = addresses.list_url(page)
    answers = [
        stranger.get(screen),
        stranger.post(screen, {"days": "7"}),
        stranger.post(reverse("previews:revoke", args=[link.pk])),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert not [a for a in answers if "Som det blir" in a.content.decode()]
    assert [each.revoked_at for each in PreviewLink.objects.all()] == [None]


def test_nobody_comes_in_without_logging_in(page, client):
    link, _secret = links.make(page, by=person("editor"))
    for method, path in (
        ("get", addresses.list_url(page)),
        ("post", addresses.list_url(page)),
        ("post", reverse("previews:revoke", args=[link.pk])),
    ):
        response = getattr(client, method)(path)
        assert response["Location"].startswith("/admin/login/")
    assert PreviewLink.objects.count() == 1


@pytest.mark.parametrize(
    "data", [{"days": "365"}, {"days": "x"}, {}, {"days": "7", "note": "x" * 201}]
)
def test_nothing_typed_is_lost_and_nothing_is_made(page, as_, data):
    response = as_("editor").post(addresses.list_url(page), {"note": "Anna", **data})

    assert response.status_code == 422
    note = soup(response).find("input", attrs={"name": "note"})
    assert note["value"] == data.get("note", "Anna")
    assert not PreviewLink.objects.exists()


def test_text_without_a_draft_says_so(site, as_):
    response = as_("editor").post(
        addresses.list_url(site.live_article()), {"days": "7", "note": "Anna"}
    )

    assert response.status_code == 409
    assert soup(response).find("input", attrs={"name": "note"})["value"] == "Anna"


def test_what_is_no_text_of_ours_is_not_found(site, as_):
    editor = as_("editor")
    for content_type, pk in ((9_999, "1"), (1, "1"), (1, "x")):
        address = reverse("previews:links", args=[content_type, pk])
        assert editor.get(address).status_code == 404
    assert editor.post(reverse("previews:revoke", args=[9_999])).status_code == 404


def leads_to_links(response, obj):
    found = soup(response).find_all("a", href=addresses.list_url(obj))
    return [link for link in found if link.text.strip()]


def test_page_editor_and_its_preview_panel_lead_there(page, as_):
    response = as_("editor").get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    panel = soup(response).find(class_="w-preview")

    assert len(leads_to_links(response, page)) == 2
    assert panel.find("a", href=addresses.list_url(page))
    # The panel is still Wagtail's own, with its frame and its sizes.
    assert panel.find("iframe", id="w-preview-iframe")
    assert panel.find_all("input", attrs={"name": "preview-size"})


def test_new_page_has_no_links_yet(site, as_):
    response = as_("editor").get(
        reverse(
            "wagtailadmin_pages:add", args=["articles", "articlepage", site.index.pk]
        )
    )

    assert response.status_code == 200
    assert "preview-links" not in response.content.decode()


def test_editor_of_a_shared_block_leads_there(site, as_):
    address = reverse("wagtailsnippets_core_contactblock:edit", args=[site.contact.pk])

    assert leads_to_links(as_("editor").get(address), site.contact)


def test_review_screen_and_desk_lead_there(site, page, as_):
    submit(page)
    review = as_("approver").get(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), follow=True
    )
    assert leads_to_links(review, page)

    source = site.live_article()
    translation = start(source, "fi")
    target = translation.get_target_instance()
    desk = reverse("desk:translation", args=[translation.pk])
    assert leads_to_links(as_("translator_fi").get(desk), target)
    waiting = translate(site.live_article(), "fi", approve=False)
    read = reverse("desk:translation", args=[translation_of(waiting).pk])
    assert leads_to_links(as_("reviewer_fi").get(read), waiting)


def test_history_tells_who_made_and_who_revoked(page, as_):
    link, _secret = links.make(page, by=person("editor"))
    links.revoke(link, by=person("approver"))
    history = as_("admin").get(reverse("wagtailadmin_pages:history", args=[page.pk]))

    found = [(e.action, e.user.username) for e in history.context["object_list"][:2]]
    assert found == [
        ("cms_previews.revoke", "approver"),
        ("cms_previews.make", "editor"),
    ]


def test_list_costs_the_same_with_many_links(page, as_, django_assert_max_num_queries):
    for _number in range(6):
        links.make(page, by=person("editor"))
    editor = as_("editor")
    editor.get(addresses.list_url(page))
    with django_assert_max_num_queries(40):
        editor.get(addresses.list_url(page))

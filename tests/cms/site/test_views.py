"""What each public address answers."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.test import Client

from cms.publishing import actions
from cms.translation.models import Language
from cms.translation.notices import in_language
from tests.factories.pages import edit, make_standard, publish
from tests.factories.people import PASSWORD, person
from tests.factories.town import ARABIC_SLUG, publish_copies
from tests.factories.translations import translate
from tests.strict_html import faults

TAGS = ("sv", "fi", "ar", "so")
SWEDISH = (
    "/",
    "/nyheter/",
    "/service/",
    "/nyheter/nya-lampor/",
    "/nyheter/bara-svenska/",
    "/nyheter/nya-tider/",
    "/nyheter/nytt/",
)
EVERY_PAGE = [
    (f"/{tag}{path}" if tag != "sv" else path) for tag in TAGS for path in SWEDISH
]


@pytest.fixture
def get(client):
    """Get an address and follow what is a redirect."""
    return lambda path, **headers: client.get(path, follow=True, headers=headers)


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def notices(response):
    return [
        mark
        for notice in soup(response).find_all(class_="passport__notice")
        for mark in notice["class"]
        if mark.startswith("passport__notice--")
    ]


# --- addresses ---


@pytest.mark.parametrize(
    ("path", "served"),
    [
        ("/", "sv"),
        ("/nyheter/", "sv"),
        ("/nyheter/nya-lampor/", "sv"),
        ("/fi/palvelu/", "fi"),
        ("/fi/nyheter/uudet-lamput/", "fi"),
        (f"/ar/nyheter/{ARABIC_SLUG}/", "ar"),
        ("/fi/", "sv"),
        ("/fi/nyheter/bara-svenska/", "sv"),
        ("/so/nyheter/nya-lampor/", "sv"),
    ],
)
def test_page_is_there(town, client, path, served):
    response = client.get(path)

    assert response.status_code == 200
    assert response["Content-Language"] == served


@pytest.mark.parametrize("page", SWEDISH)
@pytest.mark.parametrize("tag", ["fi", "ar", "so"])
def test_swedish_path_answers_in_every_language(town, get, tag, page):
    """The translation if there is one, else Swedish in the chosen frame (R-05)."""
    response = get(f"/{tag}{page}")

    html = soup(response)
    assert response.status_code == 200
    assert response.request["PATH_INFO"].startswith(f"/{tag}/")
    assert html.html["lang"] == tag
    assert html.html["dir"] == ("rtl" if tag == "ar" else "ltr")
    fallback = response["Content-Language"] == "sv"
    assert fallback == ("passport__notice--not_translated" in notices(response))
    assert (html.main.get("lang") == "sv") == fallback


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/fi/nyheter/nya-lampor/", "/fi/nyheter/uudet-lamput/"),
        ("/ar/nyheter/nya-lampor/", f"/ar/nyheter/{ARABIC_SLUG}/"),
        ("/fi/service/", "/fi/palvelu/"),
        ("/FI/", "/fi/"),
        ("/Fi/nyheter/uudet-lamput/", "/fi/nyheter/uudet-lamput/"),
        ("/AR/nyheter/bara-svenska/", "/ar/nyheter/bara-svenska/"),
        ("/AR/nyheter/nya-lampor/", f"/ar/nyheter/{ARABIC_SLUG}/"),
        ("/sv/", "/"),
        ("/SV/nyheter/nya-lampor/", "/nyheter/nya-lampor/"),
        ("/nyheter", "/nyheter/"),
        ("/fi", "/fi/"),
        ("/FI", "/fi/"),
        ("/fi/nyheter/uudet-lamput", "/fi/nyheter/uudet-lamput/"),
        ("/fi/nyheter/nya-lampor", "/fi/nyheter/uudet-lamput/"),
        ("/so/nyheter/bara-svenska", "/so/nyheter/bara-svenska/"),
        ("/nyheter/gammalt/", "/nyheter/nytt/"),
        ("/nyheter/gammalt", "/nyheter/nytt/"),
        ("/fi/nyheter/gammalt/", "/fi/nyheter/vanha/"),
        ("/so/nyheter/gammalt/", "/so/nyheter/nytt/"),
        ("/sv/nyheter/gammalt/", "/nyheter/nytt/"),
    ],
)
def test_other_spelling_or_former_address_leads_there_in_one_step(
    town, client, asked, answered
):
    response = client.get(asked)

    assert response.status_code == 301
    assert response["Location"] == quote(answered)
    assert client.get(answered).status_code == 200


def test_redirect_keeps_the_question_and_is_not_kept_for_ever(town, client):
    """A permanent redirect that browsers never ask about again cannot be undone."""
    response = client.get("/nyheter?page=2&q=%C3%A5")

    assert response["Location"] == "/nyheter/?page=2&q=%C3%A5"
    assert response["Cache-Control"].startswith("public, max-age=0")


@pytest.mark.parametrize(
    "path",
    [
        "/finns-inte/",
        "/finns-inte",
        "/zz/",
        "/zz/nyheter/",
        "/uk/",
        "/uk/nyheter/nya-lampor/",
        "/UK",
        "/fa-AF/nyheter/",
        "/en/",
        "/sv/sv/nyheter/",
        "/fi/fi/",
        "/fi/ar/nyheter/",
        "/nyheter/nya-lampor/mer/",
        "/nyheter//nya-lampor/",
        "/nyheter/uudet-lamput/",
        "/ar/nyheter/uudet-lamput/",
        "/home/nyheter/",
        "/favicon.ico",
        "/media/finns-inte.png",
        "/documents/4711/finns-inte.pdf",
        "/index.php?id=1",
        "/.git/config",
    ],
)
def test_nothing_there_is_said_at_once(town, client, path):
    """Not by a redirect, and never to another website."""
    response = client.get(path)

    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")
    assert "no-cache" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["//example.org/", "//example.org", "//example.org//"])
def test_nobody_is_sent_to_another_website(town, client, path):
    response = client.get("/", PATH_INFO=path)

    assert response.status_code == 404
    assert "Location" not in response


@pytest.mark.parametrize("tag", TAGS)
def test_missing_page_is_regretted_in_the_readers_language(town, client, tag):
    prefix = "" if tag == "sv" else f"/{tag}"
    response = client.get(f"{prefix}/finns-inte/")

    html = soup(response)
    assert html.html["lang"] == tag
    assert html.find(class_="brand")["href"] == f"{prefix}/"
    headings = {soup(client.get(f"/{t}/x/")).h1.text for t in ("zz", "fi", "ar", "so")}
    assert len(headings) == 4
    assert faults(response.content.decode()) == []


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("slash", ["/", ""])
def test_withdrawn_page_is_gone_in_every_language(town, client, tag, slash):
    prefix = "" if tag == "sv" else f"/{tag}"
    response = client.get(f"{prefix}/nyheter/installt{slash}")

    html = soup(response)
    assert response.status_code == 410
    assert html.html["lang"] == tag
    assert "Inställt" not in response.content.decode()
    assert faults(response.content.decode()) == []


def test_withdrawn_translation_is_gone_at_its_own_address_too(town, client):
    assert client.get("/fi/nyheter/peruttu/").status_code == 410


def test_translation_alone_withdrawn_falls_back(town, client):
    article = town.site.live_article(slug="bara-fi")
    target = translate(article, "fi", {"slug": "vain-suomi"})
    actions.withdraw(target, by=person("reviewer_fi"))

    response = client.get("/fi/nyheter/vain-suomi/")

    assert (response.status_code, response["Location"]) == (301, "/fi/nyheter/bara-fi/")
    assert client.get("/fi/nyheter/bara-fi/")["Content-Language"] == "sv"


def test_page_that_moves_keeps_its_old_addresses(town, client):
    """Its translation and what lies below it too."""
    here, there = (make_standard(town.site.home, slug=s) for s in ("har", "dar"))
    here, there = publish(here), publish(there)
    page = publish(make_standard(here, slug="sida"))
    translate(page, "fi", {"slug": "sivu"})

    actions.move_page(page, there, pos="last-child", by=person("admin"))

    for asked, answered in (
        ("/har/sida/", "/dar/sida/"),
        ("/fi/har/sivu/", "/fi/dar/sivu/"),
        ("/fi/har/sida/", "/fi/dar/sivu/"),
        ("/so/har/sida/", "/so/dar/sida/"),
    ):
        assert client.get(asked)["Location"] == answered
        assert client.get(answered).status_code == 200


def test_slug_change_moves_what_lies_below(town, client):
    parent = publish(make_standard(town.site.home, slug="fore"))
    publish(make_standard(parent, slug="barn"))

    publish(parent, slug="efter")

    assert client.get("/fore/barn/")["Location"] == "/efter/barn/"
    assert client.get("/efter/barn/").status_code == 200


def test_former_address_that_another_page_takes_belongs_to_it(town, client):
    page = publish(town.site.article(slug="forst"))
    publish(page, slug="sedan")
    publish(town.site.article(slug="forst", title="Den nya"))

    assert soup(client.get("/nyheter/forst/")).h1.text == "Den nya"


def test_language_that_is_hidden_disappears_everywhere(town, client):
    """R-01."""
    Language.objects.filter(tag="so").update(visible=False)

    assert client.get("/so/").status_code == 404
    assert 'hreflang="so"' not in client.get("/").content.decode()


# --- what a page shows ---


def test_links_lead_to_the_readers_pages(town, get):
    html = soup(get("/fi/nyheter/uudet-lamput/"))

    paragraph = html.find(class_="text")
    service, other, _file = paragraph.find_all("a")
    assert (service["href"], service.get("hreflang")) == ("/fi/palvelu/", None)
    assert (other["href"], other["hreflang"]) == ("/fi/nyheter/bara-svenska/", "sv")
    assert "det inställda" in paragraph.text
    assert "cms:" not in str(html)


def test_list_of_links_drops_what_was_withdrawn(town, get):
    links = soup(get("/nyheter/nya-lampor/")).find(class_="links").find_all("a")

    assert [link.text for link in links] == [
        "Service", "Bara svenska", "Polisen", "Planen",
    ]  # fmt: skip


def test_link_disappears_when_its_target_is_withdrawn(town, client):
    actions.withdraw(town.plain, by=person("approver"))

    html = soup(client.get("/nyheter/nya-lampor/"))

    assert "/nyheter/bara-svenska/" not in [a["href"] for a in html.find_all("a")]
    assert "mer" in html.find(class_="text").text


@pytest.mark.parametrize(
    ("path", "entries"),
    [
        ("/", [("Nyheter", "/nyheter/", None), ("Service", "/service/", None)]),
        ("/fi/", [("Nyheter", "/fi/nyheter/", "sv"), ("Palvelu", "/fi/palvelu/", None)]),
        ("/ar/", [("Nyheter", "/ar/nyheter/", "sv"), ("Service", "/ar/service/", "sv")]),
    ],
)  # fmt: skip
def test_menu_has_the_readers_titles_or_marks_its_swedish(town, client, path, entries):
    links = soup(client.get(path)).find(class_="menu").find_all("a")

    assert [(a.text, a["href"], a.get("lang")) for a in links] == entries


def test_breadcrumbs_lead_up_in_the_readers_language(town, client):
    html = soup(client.get("/fi/nyheter/uudet-lamput/")).find(class_="breadcrumbs")

    assert [a["href"] for a in html.find_all("a")] == ["/fi/", "/fi/nyheter/"]


def test_changed_contact_block_shows_on_every_page_at_once(town, client):
    """R-09."""
    publish(town.contact, visiting_street="Smedsgatan 23")

    for path in ("/nyheter/nya-lampor/", "/so/nyheter/nya-lampor/"):
        assert "Smedsgatan 23" in client.get(path).content.decode()


@pytest.mark.parametrize(("tag", "lang"), [("fi", "fi"), ("so", "sv")])
def test_contact_block_is_translated_or_marked(town, get, tag, lang):
    block = soup(get(f"/{tag}/nyheter/nya-lampor/")).find(class_="contact")

    assert block.find(class_="contact__name").parent.get("lang", tag) == lang


def test_outdated_translation_says_so_and_current_does_not(town, client):
    assert "passport__notice--outdated" in notices(
        client.get("/fi/nyheter/uudet-ajat/")
    )
    assert notices(client.get("/fi/nyheter/uudet-lamput/")) == [
        "passport__notice--human"
    ]


def test_change_of_wording_needs_no_notice(town, client):
    assert notices(client.get("/fi/nyheter/vanha/")) == ["passport__notice--human"]


def test_critical_change_is_said_first(town, client):
    publish(town.lamps, ingress="Ring 112.", significance="critical")

    assert "passport__notice--critical" in notices(
        client.get("/fi/nyheter/uudet-lamput/")
    )


def test_notices_are_in_the_readers_language(town, get):
    for tag in ("fi", "ar", "so"):
        (expected,) = in_language(tag, ["not_translated"])
        text = soup(get(f"/{tag}/nyheter/bara-svenska/")).find(class_="passport").text
        assert " ".join(expected.text.split()) in " ".join(text.split())


def test_index_lists_every_article_and_marks_fallbacks(town, client):
    cards = soup(client.get("/fi/nyheter/")).find_all(class_="card")

    titles = {card.a.text: (card.a["href"], card.get("lang")) for card in cards}
    assert titles["Uudet lamput"] == ("/fi/nyheter/uudet-lamput/", None)
    assert titles["Bara svenska"] == ("/fi/nyheter/bara-svenska/", "sv")
    assert "Inställt" not in titles
    assert len(cards) == 4


def test_long_index_is_read_page_by_page(town, client):
    publish_copies(town.plain, 20)
    seen = []

    path = "/nyheter/"
    while path:
        html = soup(client.get(path))
        seen += [card.a["href"] for card in html.find_all(class_="card")]
        following = html.find("a", rel="next")
        path = following and following["href"]

    assert len(seen) == len(set(seen)) == 24
    assert seen[-1] == "/nyheter/nr-1/"
    second = soup(client.get("/so/nyheter/?page=2"))
    assert len(second.find_all(class_="card")) == 4
    assert second.find("a", rel="prev")["href"] == "/so/nyheter/"


@pytest.mark.parametrize(
    "number", ["0", "-1", "2", "x", "", "1.5", "٢", "²", "9" * 22, "1e3", "1&page=9"]
)
def test_page_of_a_list_that_is_not_there(town, client, number):
    assert client.get(f"/nyheter/?page={number}").status_code == 404


def test_article_has_no_second_page(town, client):
    assert client.get("/nyheter/nya-lampor/?page=2").status_code == 404
    assert client.get("/nyheter/nya-lampor/?page=1").status_code == 200


# --- the form of a page ---


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_page_is_strict_html(town, get, path):
    """One h1, no jumps, unique ids, nothing a browser has to mend."""
    assert faults(get(path).content.decode()) == []


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_link_of_ours_is_answered(town, get, path):
    """Files aside, and the statement that the town lacks."""
    html = soup(get(path))

    hrefs = {a["href"].split("#")[0] for a in html.find_all("a")}
    pages = {href for href in hrefs if href.startswith("/")}
    for href in pages:
        if not href.startswith("/documents/") and "tillganglighet" not in href:
            assert get(href).status_code == 200, href


@pytest.mark.parametrize("path", ["/", "/fi/nyheter/uudet-lamput/", "/x/", "/nyheter"])
def test_browser_may_do_nothing_but_show_the_page(town, client, path):
    response = client.get(path)

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"unsafe|\*|https?:", policy)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"]
    assert response["Permissions-Policy"]


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_page_runs_nothing_inline_and_loads_nothing_from_others(town, get, path):
    html = soup(get(path))

    assert not html.find_all("style")
    assert not html.find_all(style=True)
    loaded = [tag["src"] for tag in html.find_all(src=True)]
    loaded += [tag["href"] for tag in html.find_all("link", rel=["stylesheet", "icon"])]
    assert all(
        address.startswith(("/static/", "/media/", "/documents/")) for address in loaded
    )
    assert all(not tag.text.strip() for tag in html.find_all("script"))


@pytest.mark.parametrize(
    "path", ["/", "/fi/nyheter/uudet-lamput/", "/nyheter/", "/x/", "/nyheter/installt/"]
)
def test_nothing_but_the_address_changes_a_page(town, client, path):
    """T21: neither language, cookies, host names of proxies nor odd parameters."""
    plain = client.get(path)
    client.cookies["django_language"] = "ar"
    client.cookies["sessionid"] = "x"

    for headers in (
        {"Accept-Language": "ar"},
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
        {"X-Forwarded-For": "1.2.3.4", "Authorization": "Bearer x"},
        {"Accept": "application/json"},
    ):
        other = client.get(path, headers=headers)
        assert (other.status_code, other.content) == (plain.status_code, plain.content)
    assert client.get(f"{path}?utm_source=x&lang=ar").content == plain.content


@pytest.mark.parametrize("path", [*SWEDISH, "/fi/", "/x/", "/nyheter", "/robots.txt"])
def test_public_answer_sets_no_cookie_and_varies_by_none(town, client, path):
    client.force_login(person("admin"))
    response = client.get(path)

    assert not response.cookies
    assert "Set-Cookie" not in response
    vary = response.get("Vary", "").lower()
    assert "cookie" not in vary
    assert "accept-language" not in vary


def test_page_may_be_kept_by_caches_for_a_short_while(town, client):
    assert client.get("/")["Cache-Control"].startswith("public, max-age=0,")


@pytest.mark.parametrize(
    "path", ["/", "/x/", "/nyheter", "/nyheter/installt/", "/livez"]
)
def test_head_is_get_without_a_body(town, client, path):
    get, head = client.get(path), client.head(path)

    assert head.status_code == get.status_code
    assert head.content == b""
    assert head.headers == get.headers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("path", ["/", "/x/", "/livez", "/robots.txt"])
def test_public_pages_are_only_read(town, path, method):
    """405 also for a form that has no token of ours."""
    response = getattr(Client(enforce_csrf_checks=True), method)(path)

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_canonical_address_is_encoded(town, client):
    html = soup(client.get(f"/ar/nyheter/{ARABIC_SLUG}/"))

    expected = f"http://testserver{quote(f'/ar/nyheter/{ARABIC_SLUG}/')}"
    assert html.find("link", rel="canonical")["href"] == expected


def test_hreflang_joins_translations_only(town, client):
    """R-06."""
    html = soup(client.get("/nyheter/nya-lampor/"))

    tags = [link["hreflang"] for link in html.find_all("link", rel="alternate")]
    assert tags == ["sv", "fi", "ar", "x-default"]


def test_first_publication_is_shown_beside_the_update(town, client):
    """R-38."""
    with time_machine.travel("2018-02-02 09:00+01:00", tick=False):
        page = town.site.live_article(slug="datum")
    with time_machine.travel("2018-03-05 10:00+01:00", tick=False):
        publish(page, ingress="Nytt.")

    foot = soup(client.get("/nyheter/datum/")).find(class_="page-foot__dates").text

    assert "2018-03-05 10.00" in foot
    assert "2018-02-02" in foot or "2 februari 2018" in foot


# --- when something is wrong ---


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("away"), 503), (KeyError("bug"), 500)]
)
def test_fault_of_ours_is_a_page_that_needs_no_database(
    town, monkeypatch, error, status
):
    def fail(*args):
        raise error

    monkeypatch.setattr("cms.site.views.read_path", fail)
    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == status
    assert "away" not in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert faults(response.content.decode()) == []


def test_unknown_host_is_refused_with_a_page(town):
    response = Client(headers={"host": "evil.example"}).get("/admin/login/")

    assert response.status_code == 400
    assert "evil" not in response.content.decode()


def test_site_without_a_front_page_has_nothing_to_show(town, client):
    actions.withdraw(town.site.home, by=person("approver"))

    assert client.get("/").status_code == 410
    assert client.get("/fi/x/").status_code == 404
    assert client.get("/nyheter/").status_code == 200


# --- previews ---


@pytest.fixture
def editor(client, town):
    client.login(username="admin", password=PASSWORD)
    return client


def preview(client, page):
    return client.get(f"/admin/pages/{page.pk}/view_draft/")


def test_preview_shows_the_draft_to_staff_and_to_no_cache(town, editor):
    edit(town.plain, title="Nytt utkast")
    response = preview(editor, town.plain)

    html = soup(response)
    assert html.h1.text == "Nytt utkast"
    assert html.find(class_="ribbon--preview")
    control = response["Cache-Control"]
    assert "private" in control
    assert "no-store" in control
    assert "noindex" in response["X-Robots-Tag"]
    assert "public" not in control
    assert faults(response.content.decode()) == []


def test_preview_may_be_framed_by_the_admin_alone(town, editor):
    response = preview(editor, town.plain)

    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_page_that_was_never_public_can_be_previewed(town, editor):
    response = preview(editor, town.site.article(title="Aldrig publik"))

    assert soup(response).h1.text == "Aldrig publik"


def test_translation_can_be_previewed(town, editor):
    target = translate(town.plain, "fi", submit=False)
    response = preview(editor, target)

    assert response.status_code == 200
    assert soup(response).html["lang"] == "fi"


def test_contact_block_can_be_previewed_on_a_page(town):
    draft = edit(town.contact, visiting_street="Smedsgatan 23").as_object()
    response = draft.make_preview_request()

    html = soup(response)
    assert response.status_code == 200
    assert "Smedsgatan 23" in html.find(class_="contact").text
    assert "Odengatan" not in html.text
    assert "noindex" in response["X-Robots-Tag"]
    assert faults(response.content.decode()) == []


def test_nobody_else_gets_a_preview(town, client):
    response = preview(client, town.plain)

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_preview_changes_nothing_for_readers(town, editor):
    before = editor.get("/nyheter/bara-svenska/").content
    edit(town.plain, title="Nytt utkast")
    preview(editor, town.plain)

    assert editor.get("/nyheter/bara-svenska/").content == before

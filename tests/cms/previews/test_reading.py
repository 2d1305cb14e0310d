"""What somebody with a link gets, as a page and as JSON, and everybody else (T19, T20)."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from cms.previews import links
from cms.previews.models import PreviewLink
from cms.settings.parts.log_output import LineFormatter, log_to_stdout
from tests.factories.pages import approve, edit, fresh, submit
from tests.factories.people import person
from tests.factories.translations import fill, start, translate, translation_of
from tests.strict_html import faults

PRIVATE = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, noarchive",
    "Referrer-Policy": "no-referrer",
}
BANNER = ".ribbon--preview"


def html_path(secret):
    return f"/forhandsvisning/{secret}/"


def json_path(secret):
    return f"/api/v1/preview/{secret}"


@pytest.fixture
def secret(page):
    _link, secret = links.make(page, by=person("editor"))
    return secret


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def assert_private(response):
    assert {name: response[name] for name in PRIVATE} == PRIVATE
    assert "ETag" not in response
    assert "Last-Modified" not in response
    assert not response.cookies


def assert_nothing(client, secret):
    """The answer of any unknown address, to the byte but for what it was asked."""
    unknown = client.get("/finns-inte/")
    response = client.get(html_path(secret))
    assert (response.status_code, response.content) == (404, unknown.content)
    assert_private(response)
    unknown = client.get("/api/v1/nonsense")
    response = client.get(json_path(secret))
    assert (response.status_code, response.content) == (404, unknown.content)
    assert response["Content-Type"] == unknown["Content-Type"]
    assert_private(response)


def test_draft_is_shown_with_a_banner_and_kept_by_nobody(client, page, secret):
    for path in (html_path(secret), html_path(secret).rstrip("/")):
        response = client.get(path)
        html = soup(response)
        assert html.h1.text == "Som det blir"
        assert html.select_one(f"{BANNER} time")
        assert_private(response)
        policy = response["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert faults(response.content.decode()) == []
    assert secret not in response.content.decode()
    assert not html.select(f"a[href*='{links.PREFIX}'], form[action*='rapportera']")
    assert soup(client.get(page.public_path())).h1.text == "Som det är"


def test_json_is_a_page_that_says_it_is_a_draft(client, page, secret):
    response = client.get(json_path(secret), headers={"Origin": "https://x.example"})
    body = response.json()
    public = client.get(f"/api/v1/pages/{page.translation_key}").json()

    assert body["title"] == "Som det blir"
    assert set(body) == {*public, "draft"}
    assert body["draft"]["revision"] == page.latest_revision_id
    assert body["draft"]["expires_at"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert_private(response)
    assert secret not in response.content.decode()


def test_nobody_asks_whether_it_has_changed(client, secret):
    for path in (html_path(secret), json_path(secret)):
        for method in (client.get, client.head):
            response = method(path, headers={"If-None-Match": "*"})
            assert response.status_code == 200
            assert_private(response)


def test_whoever_is_logged_in_gets_the_same(client, secret):
    plain = client.get(html_path(secret)).content
    client.force_login(person("admin"))

    assert client.get(html_path(secret)).content == plain


def test_everything_else_is_any_unknown_address(client, page, secret):
    changed = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    for wrong in (changed, secret[:-1], "x", f"{secret}x", secret.upper()):
        assert_nothing(client, wrong)
    for path in (f"/fi{html_path(secret)}", f"/ar{html_path(secret)}"):
        assert client.get(path).status_code == 404
    other = client.get(f"{json_path(secret)}?lang=fi")
    assert other.status_code == 422
    assert_private(other)
    for client_method in (client.post, client.put, client.delete):
        assert client_method(json_path(secret)).status_code == 405
        assert client_method(html_path(secret)).status_code == 405

    link = PreviewLink.objects.get()
    rows = PreviewLink.objects.filter(pk=link.pk)
    rows.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert_nothing(client, secret)
    rows.update(expires_at=timezone.now() + timedelta(days=1))
    assert client.get(html_path(secret)).status_code == 200
    links.revoke(link, by=person("editor"))
    assert_nothing(client, secret)


def test_published_text_is_no_draft_any_more(client, page, secret):
    submit(page)
    approve(page)

    assert_nothing(client, secret)


def test_translation_says_it_is_a_draft_in_its_own_language(client, site):
    translation = start(site.live_article(title="Nya lampor"), "ar")
    fill(translation, {"title": "مصابيح جديدة"})
    target = translation.get_target_instance().specific
    _link, secret = links.make(target, by=person("translator_ar"))
    html = soup(client.get(html_path(secret)))

    assert (html.html["lang"], html.html["dir"]) == ("ar", "rtl")
    assert html.h1.text == "مصابيح جديدة"
    assert html.select_one(BANNER)
    assert client.get(json_path(secret)).json()["translation"]["served"] == "ar"


def test_page_that_readers_do_not_have_at_all_is_shown(client, site):
    draft = site.article(title="Aldrig publik")
    edit(draft)
    _link, secret = links.make(fresh(draft), by=person("editor"))

    assert soup(client.get(html_path(secret))).h1.text == "Aldrig publik"
    assert client.get(json_path(secret)).json()["path"] == draft.public_path()


def test_shared_block_is_shown_as_a_page_and_is_no_json(client, site):
    edit(site.contact, visiting_street="Smedsgatan 23")
    _link, secret = links.make(fresh(site.contact), by=person("editor"))

    assert "Smedsgatan 23" in soup(client.get(html_path(secret))).text
    unknown = client.get("/api/v1/nonsense")
    assert client.get(json_path(secret)).content == unknown.content


def test_panel_of_the_editor_still_previews_what_is_typed(page, client):
    """Wagtail's own session-bound preview; a link shows only what was saved."""
    client.force_login(person("editor"))
    response = client.get(f"/admin/pages/{page.pk}/view_draft/")

    assert soup(response).h1.text == "Som det blir"
    assert_private_but_framed(response)


def assert_private_but_framed(response):
    assert "no-store" in response["Cache-Control"]
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


# --- logs (T52) ---


@pytest.fixture
def lines():
    """What our handler writes of everything that any logger says."""
    written = []

    class Keep(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    handler = Keep()
    setting = log_to_stdout("INFO")["formatters"]["line"]
    handler.setFormatter(LineFormatter(fmt=setting["fmt"]))
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def test_secret_is_in_no_log_line(page, secret, lines, monkeypatch):
    client = Client(raise_request_exception=False)
    for path in (html_path(secret), json_path(secret), f"/fi{html_path(secret)}"):
        client.get(path)
        client.post(path)
        client.get(path.replace("utkast_", "utkastX"))
    with monkeypatch.context() as patch:
        patch.setattr("cms.previews.links._note_use", _fail_with(secret))
        assert client.get(html_path(secret)).status_code == 500
    request = f'"GET {html_path(secret)} HTTP/1.1" 200 17'
    for name in ("django.server", "granian.access", "anything"):
        logging.getLogger(name).warning(request)
        logging.getLogger(name).warning('"GET %s HTTP/1.1" %s', json_path(secret), 200)
    logging.getLogger("x").warning("/admin/password_reset/confirm/MQ/%s/", "set-hemlig")

    text = "\n".join(lines)
    assert "Not Found: /forhandsvisning/…" in text
    assert "Traceback" in text
    assert secret.removeprefix(links.PREFIX) not in text
    assert "hemlig" not in text
    assert len(lines) >= 15


def _fail_with(secret):
    def fail(link):
        raise KeyError(f"no luck with {secret}")

    return fail


def test_nothing_begins_a_line_of_its_own(lines):
    logging.getLogger("x").warning(
        "Not Found: /a\r\n2026 INFO forged\u2028%s", "\x1b[2J"
    )

    (line,) = lines
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line


def test_every_logger_that_names_addresses_writes_through_the_formatter():
    setting = log_to_stdout("INFO")
    for name in ("django", "django.server", "granian.access"):
        assert setting["loggers"][name]["handlers"] == []
        assert setting["loggers"][name]["propagate"]
    assert {h["formatter"] for h in setting["handlers"].values()} == {"line"}


def test_public_translation_has_links_to_its_next_text(client, site):
    target = translate(site.live_article(title="Lampor"), "fi", {"title": "Vanha"})
    fill(translation_of(target), {"title": "Uusi"})
    _link, secret = links.make(target, by=person("translator_fi"))

    assert soup(client.get(html_path(secret))).h1.text == "Uusi"

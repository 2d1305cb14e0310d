"""What readers tell us without script: nothing typed is lost, nothing of them is kept."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from cms.feedback.models import ErrorReport, TranslationWish
from cms.feedback.plain_text import plain
from tests.factories.pages import edit, make_emergency, publish
from tests.strict_html import faults

TEXT = "Lamporna är 23, inte 32."


@pytest.fixture(scope="module")
def keys(town_of_the_module: Any, django_db_blocker: Any) -> dict[str, Any]:
    with django_db_blocker.unblock():
        town = town_of_the_module
        publish(make_emergency())
        secret = town.site.live_article(slug="stod", sensitivity="safety_critical")
        draft = town.site.article()
        return {
            "lamps": town.lamps.translation_key,
            "plain": town.plain.translation_key,
            "gone": town.withdrawn.translation_key,
            "secret": secret.translation_key,
            "draft": draft.translation_key,
        }


@pytest.fixture
def browser(db):
    """A browser that checks tokens as in production, and has no cookie."""
    return Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def later(monkeypatch):
    """Time passes between reading and sending."""

    def wait(seconds):
        now = timezone.now().timestamp() + seconds
        monkeypatch.setattr("django.core.signing.time.time", lambda: now)

    return wait


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def report_path(key, prefix=""):
    return f"{prefix}/rapportera/{key}/"


def fields(html):
    """The form as a browser would send it back."""
    form = html.select_one("main form")
    data = {
        f["name"]: f.get("value", "") for f in form.select("input:not([type=radio])")
    }
    chosen = form.select_one("input[type=radio][checked]")
    area = form.find("textarea")
    return {**data, "kind": chosen["value"], "text": area.text.removeprefix("\n")}


def opened(browser, path, later):
    data = fields(soup(browser.get(path)))
    later(60)
    return data


# --- an error ---


def test_every_page_leads_to_its_form_and_to_mail(keys, browser):
    for path, form in (
        ("/nyheter/nya-lampor/", report_path(keys["lamps"])),
        ("/fi/nyheter/uudet-lamput/", report_path(keys["lamps"], "/fi")),
        ("/so/nyheter/bara-svenska/", report_path(keys["plain"], "/so")),
    ):
        foot = soup(browser.get(path)).find(class_="page-foot")
        address = foot.find("a", href=lambda href, form=form: href.startswith(form))
        assert "version=" in address["href"]
        assert foot.find("a", href=lambda href: href.startswith("mailto:"))
        assert browser.get(address["href"]).status_code == 200


def test_report_is_taken_with_version_and_language(keys, browser, later):
    path = report_path(keys["lamps"], "/fi")
    link = soup(browser.get("/fi/nyheter/uudet-lamput/")).find(
        "a", href=lambda href: href.startswith(path) and "kind=translation" in href
    )
    data = opened(browser, link["href"], later)
    assert data["kind"] == "translation"
    response = browser.post(path, {**data, "text": TEXT, "contact": "anna@example.org"})
    report = ErrorReport.objects.get()

    assert response.status_code == 302
    assert response["Location"] == f"{path}tack/?number={report.pk}"
    assert not response.cookies
    assert (report.text, report.locale, report.kind) == (TEXT, "fi", "translation")
    assert report.publication == int(data["version"])
    thanks = browser.get(response["Location"])
    assert str(report.pk) in soup(thanks).main.text
    assert faults(thanks.content.decode()) == []


def test_form_is_kept_by_nobody_and_asks_for_no_cookie(keys, browser):
    for prefix in ("", "/fi", "/ar", "/so"):
        response = browser.get(report_path(keys["lamps"], prefix))
        html = soup(response)
        assert response["Cache-Control"] == "private, no-store"
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies
        assert faults(response.content.decode()) == []
        assert html.html["lang"] == (prefix.strip("/") or "sv")
        for field in html.select("textarea, input[type=text]"):
            assert html.find("label", attrs={"for": field["id"]})
    others = html.select(".language-switch a")
    assert {a["href"] for a in others} >= {report_path(keys["lamps"], "/fi")}


@pytest.mark.parametrize("prefix", ["/fi", "/ar", "/so"])
@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"kind": "", "text": ""},
        {"kind": "nonsense", "text": "x" * 5_001, "contact": "x" * 201},
        {"text": TEXT, "stamp": ""},
    ],
)
def test_form_and_its_answers_have_no_word_of_another_language(
    keys, browser, sent, prefix
):
    def said(prefix):
        path = report_path(keys["plain"], prefix)
        html = soup(browser.post(path, sent) if sent else browser.get(path))
        parts = html.select("main form, .form-problems")
        for area in html.find_all("textarea"):
            area.clear()
        return {words for part in parts for words in part.stripped_strings}

    assert len(said(prefix)) >= 10
    assert said(prefix) & said("") == set()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"text": ""}, 422),
        ({"text": "x" * 5_001}, 422),
        ({"text": "\x00\u200b"}, 422),
        ({"kind": "nonsense"}, 422),
        ({"contact": "x" * 201}, 422),
        ({"stamp": ""}, 422),
        ({"stamp": "form:forged:forged"}, 422),
    ],
)
def test_what_cannot_be_taken_is_said_and_everything_stays(
    keys, browser, later, change, status
):
    path = report_path(keys["plain"])
    sent = {"text": TEXT, "contact": "anna@example.org", **change}
    response = browser.post(path, {**opened(browser, path, later), **sent})
    html = soup(response)

    assert response.status_code == status
    assert html.find(role="alert").find("li").text.strip()
    assert html.find("textarea").text.strip() == plain(sent["text"])
    assert html.find("input", attrs={"name": "contact"})["value"] == sent["contact"]
    assert faults(response.content.decode()) == []
    assert not ErrorReport.objects.exists()


def test_five_thousand_characters_fit_with_a_browsers_line_ends(keys, browser, later):
    path = report_path(keys["plain"])
    text = "rad\r\n" * 1_250
    response = browser.post(path, {**opened(browser, path, later), "text": text})

    assert response.status_code == 302


def test_faster_than_anybody_writes_is_asked_once_more(keys, browser, later):
    path = report_path(keys["plain"])
    data = fields(soup(browser.get(path)))
    again = browser.post(path, {**data, "text": TEXT})
    assert again.status_code == 422
    later(5)

    assert browser.post(path, fields(soup(again))).status_code == 302
    assert ErrorReport.objects.get().text == TEXT


def test_machine_that_fills_in_everything_is_thanked_and_forgotten(
    keys, browser, later
):
    path = report_path(keys["plain"])
    data = opened(browser, path, later)
    response = browser.post(
        path, {**data, "text": TEXT, "website": "https://x.example"}
    )
    form = soup(browser.get(path)).select_one("main form")

    assert response["Location"] == f"{path}tack/"
    assert not ErrorReport.objects.exists()
    bait = form.find("input", attrs={"name": "website"})
    assert bait["tabindex"] == "-1"
    assert bait.find_parent(attrs={"aria-hidden": "true"})


def test_sixth_in_a_minute_waits_and_loses_nothing(keys, browser, later):
    path = report_path(keys["plain"])
    data = opened(browser, path, later)
    for number in range(5):
        browser.post(path, {**data, "text": f"Fel {number}"})
    response = browser.post(path, {**data, "text": TEXT})

    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 60
    assert soup(response).find("textarea").text.strip() == TEXT
    assert ErrorReport.objects.count() == 5


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
    ],
)
def test_form_of_another_site_counts_for_nothing(keys, browser, later, headers):
    path = report_path(keys["plain"])
    data = opened(browser, path, later)
    other = Client(enforce_csrf_checks=True)
    response = other.post(path, {**data, "text": TEXT}, headers=headers)
    wish = other.post(f"/so/onskemal/{keys['plain']}/", headers=headers)

    assert (response.status_code, wish.status_code) == (403, 403)
    assert soup(response).find("textarea").text.strip() == TEXT
    assert not ErrorReport.objects.exists()
    assert not TranslationWish.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://testserver"}])
def test_older_browser_is_heard_too(keys, browser, later, headers):
    path = report_path(keys["plain"])
    data = opened(browser, path, later)
    older = Client(enforce_csrf_checks=True)

    assert older.post(path, {**data, "text": TEXT}, headers=headers).status_code == 302


def test_database_that_is_away_loses_nothing(keys, browser, later, monkeypatch):
    path = report_path(keys["plain"], "/fi")
    data = opened(browser, path, later)

    def away(*args, **kwargs):
        raise OperationalError("away")

    monkeypatch.setattr("cms.site.feedback.Library", away)
    response = browser.post(path, {**data, "text": TEXT})
    html = soup(response)

    assert response.status_code == 503
    assert html.html["lang"] == "fi"
    assert html.find("textarea").text.strip() == TEXT
    assert html.select_one("main a[href^='mailto:']")


def test_too_much_is_not_even_read(keys, browser):
    for kind in (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ):
        path = report_path(keys["plain"])
        response = browser.generic("POST", path, b"x" * 100_001, content_type=kind)
        assert response.status_code == 413


@pytest.mark.parametrize("which", ["secret", "draft", "gone"])
def test_what_has_no_form_is_any_unknown_address(keys, browser, which):
    unknown = browser.get("/finns-inte/")
    for path in (
        report_path(keys[which]),
        f"{report_path(keys[which])}tack/",
        f"/so/onskemal/{keys[which]}/",
        f"/so/onskemal/{keys[which]}/tack/",
    ):
        assert browser.get(path).status_code == 404
        assert browser.post(path).status_code in {404, 405}
    assert browser.get(report_path(keys[which])).content == unknown.content


@pytest.mark.parametrize("tag", ["sv", "FI", "xx", "uk"])
def test_language_is_spelled_as_in_addresses_and_offered(keys, browser, tag):
    assert browser.get(report_path(keys["lamps"], f"/{tag}")).status_code == 404
    assert browser.get(f"/{tag}/onskemal/{keys['plain']}/").status_code == 404


def test_safety_critical_page_and_preview_have_no_forms(keys, browser, town):
    html = soup(browser.get("/so/nyheter/stod/"))
    assert html.find("a", href=lambda href: href.startswith("mailto:"))
    assert not html.select("form[action*=onskemal], a[href*=rapportera]")

    admin = Client()
    admin.force_login(town.site.people.admin)
    edit(town.plain, title="Utkast")
    preview = soup(admin.get(f"/admin/pages/{town.plain.pk}/view_draft/"))
    assert not preview.select("a[href*=rapportera]")


# --- a wish ---


def test_page_that_falls_back_asks_whether_it_is_wanted(keys, browser):
    page = soup(browser.get("/so/nyheter/bara-svenska/"))
    form = page.find("form", action=f"/so/onskemal/{keys['plain']}/")
    assert form["method"] == "post"
    assert not form.find("input")
    assert form.button.text.strip()

    response = browser.post(form["action"])
    assert response["Location"] == f"{form['action']}tack/"
    assert not response.cookies
    wish = TranslationWish.objects.get()
    assert (wish.key, wish.locale, wish.count) == (keys["plain"], "so", 1)
    thanks = browser.get(response["Location"])
    assert faults(thanks.content.decode()) == []
    assert thanks["Cache-Control"] == "private, no-store"
    assert (
        soup(thanks).select_one("main a.button")["href"] == "/so/nyheter/bara-svenska/"
    )


def test_page_that_is_there_asks_nothing(keys, browser):
    for path in ("/nyheter/nya-lampor/", "/fi/nyheter/uudet-lamput/"):
        assert not soup(browser.get(path)).select("form[action*=onskemal]")
    assert browser.post(f"/fi/onskemal/{keys['lamps']}/").status_code == 404
    assert not TranslationWish.objects.exists()


def test_sixth_wish_in_a_minute_waits(keys, browser):
    path = f"/so/onskemal/{keys['plain']}/"
    assert browser.get(path).status_code == 200
    for _number in range(5):
        assert browser.post(path).status_code == 302
    response = browser.post(path)

    assert (response.status_code, TranslationWish.objects.get().count) == (429, 1)
    assert response["Retry-After"]
    assert faults(response.content.decode()) == []

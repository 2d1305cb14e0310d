"""The Translate button on somebody else's website, which trusts nobody."""

from __future__ import annotations

import gzip
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from tests.stages.stage import stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from tests.factories.site import Municipality

MOST_BYTES = 4096
OPEN = {"Access-Control-Allow-Origin": "*", "Content-Type": "application/json"}
PAGE = """<!doctype html><html lang="{lang}" dir="{dir}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Turism</title>
<script type="module" src="{cms}/static/translate.js"></script></head>
<body><main><h1>Turism</h1>{elements}<p><a href="/x">Efter</a></p></main></body></html>"""
ELEMENT = """<page-translate data-url="{url}">
<a href="{cms}/fi/nyheter/lamput/" lang="fi">Suomeksi</a></page-translate>"""
POLICY = "default-src 'none'; script-src {cms}; connect-src {cms}; form-action 'none'"


class Foreign:
    """A website of its own, at another origin: one page and its policy."""

    def __init__(self, cms: str) -> None:
        self.cms = cms
        self.policy = POLICY.format(cms=cms)
        self.lang, self.dir = "sv", "ltr"
        self.urls = [f"{cms}/nyheter/lampor/"]
        handler = type("Handler", (_Handler,), {"website": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/turism/?namn=Eva"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def html(self) -> str:
        elements = (ELEMENT.format(url=url, cms=self.cms) for url in self.urls)
        return PAGE.format(
            cms=self.cms, lang=self.lang, dir=self.dir, elements="".join(elements)
        )


class _Handler(BaseHTTPRequestHandler):
    website: ClassVar[Foreign]

    def do_GET(self) -> None:
        body = self.website.html().encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", self.website.policy)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@stage
def lamps_of_the_module(site_of_the_module: Municipality) -> None:
    """A page of ours in Swedish and Finnish."""
    from tests.factories.translations import translate  # noqa: PLC0415

    page = site_of_the_module.live_article(title="Lampor", slug="lampor")
    translate(page, "fi", {"title": "Lamput", "slug": "lamput"})


@pytest.fixture
def foreign(
    lamps_of_the_module: None, site: Municipality, live_server: Any, monkeypatch: Any
) -> Iterator[Foreign]:
    """The website, beside our page."""
    from django.contrib.staticfiles.handlers import (  # noqa: PLC0415
        StaticFilesHandler,
    )

    # Files come through WhiteNoise, as in production, and not past all middleware.
    monkeypatch.setattr(StaticFilesHandler, "_should_handle", lambda *_args: False)
    website = Foreign(live_server.url)
    yield website
    website.server.shutdown()
    website.server.server_close()


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the page complained of: errors, refused scripts and styles."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "console",
        lambda message: (
            said.append(message.text)
            if message.type in {"error", "warning"}
            and not message.text.startswith("Failed to load resource")
            else None
        ),
    )
    return said


def button(page: Page) -> Any:
    return page.locator("page-translate button").first


def entries(page: Page) -> Any:
    return page.locator("page-translate").first.locator("nav a")


def asked(page: Page) -> list[str]:
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    return urls


def test_button_works_by_mouse_and_keyboard_under_a_strict_policy(
    foreign: Foreign,
    page: Page,
    complaints: list[str],
    axe: Callable[[Page], list[dict[str, Any]]],
):
    foreign.urls *= 2
    urls = asked(page)
    page.goto(foreign.url)
    expect(page.locator("page-translate button")).to_have_count(2)
    assert_asked_once_for_nothing_private(foreign, urls)

    button(page).focus()
    page.keyboard.press("Enter")
    expect(button(page)).to_have_attribute("aria-expanded", "true")
    assert_languages_are_named(foreign, page)
    # axe itself is a script that the policy would refuse.
    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
    assert axe(page) == []

    page.keyboard.press("Tab")
    expect(entries(page).first).to_be_focused()
    page.keyboard.press("Escape")
    assert_closed(page)
    expect(button(page)).to_be_focused()
    button(page).click()
    page.get_by_role("heading").click()
    assert_closed(page)
    button(page).click()
    page.get_by_role("link", name="Efter").focus()
    assert_closed(page)

    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    hosts = {url.split("/")[2] for url in urls}
    assert hosts == {foreign.cms.split("/")[2], foreign.url.split("/")[2]}
    button(page).click()
    entries(page).nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lamput")
    assert_data_are_no_script(page)
    assert complaints == []


def assert_asked_once_for_nothing_private(foreign: Foreign, urls: list[str]) -> None:
    (question,) = (url for url in urls if "/api/" in url)
    assert question.startswith(f"{foreign.cms}/api/v1/translate?url=")
    assert "Eva" not in question


def assert_closed(page: Page) -> None:
    expect(button(page)).to_have_attribute("aria-expanded", "false")
    expect(entries(page).first).to_be_hidden()


def assert_languages_are_named(foreign: Foreign, page: Page) -> None:
    """In their own words and direction, with what is there in the reader's words."""
    expect(page.get_by_role("button", name="Översätt Translate").first).to_be_visible()
    expect(page.get_by_text("Suomeksi").first).to_be_hidden()
    expect(page.get_by_role("navigation", name="Välj språk")).to_be_visible()
    swedish, finnish, arabic = (entries(page).nth(number) for number in range(3))
    expect(swedish).to_have_attribute("aria-current", "true")
    expect(finnish).to_have_attribute("href", f"{foreign.cms}/fi/nyheter/lamput/")
    expect(finnish).to_contain_text("granskad översättning")
    expect(finnish.locator("span[lang=fi][dir=ltr]")).to_have_text("Suomi")
    expect(arabic.locator("span[lang=ar][dir=rtl]")).to_have_text("العربية")
    expect(arabic).to_contain_text("inte översatt")
    styles = "nav => [getComputedStyle(nav).position, getComputedStyle(nav).overflowY]"
    drawn = page.locator("page-translate nav").first.evaluate(styles)
    assert drawn == ["absolute", "auto"]


def assert_data_are_no_script(page: Page) -> None:
    """Our own policy allows no script in a page, and has nothing to say of data."""
    text = page.locator("script[type='application/ld+json']").text_content()
    assert json.loads(text or "")["@graph"][0]["headline"] == "Lamput"


def test_button_fits_a_page_from_the_right_and_a_small_screen(
    foreign: Foreign, page: Page, complaints: list[str]
):
    """The words are in the language of the address, here the Arabic one."""
    foreign.lang, foreign.dir = "ar", "rtl"
    foreign.urls = ["/ar/nyheter/lampor/"]
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(foreign.url)
    button(page).click()

    assert button(page).get_attribute("dir") == "rtl"
    assert "Translate" in button(page).inner_text()
    assert "Översätt" not in button(page).inner_text()
    for each in (button(page), page.locator("page-translate nav")):
        box = each.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert complaints == []
    assert_anybody_may_load_the_file(foreign, page)


def assert_anybody_may_load_the_file(foreign: Foreign, page: Page) -> None:
    found = finders.find("translate.js")
    assert found
    assert len(gzip.compress(Path(found).read_bytes())) < MOST_BYTES
    headers = page.request.get(f"{foreign.cms}/static/translate.js").headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["content-type"].startswith("text/javascript")
    assert "cross-origin-resource-policy" not in headers


def assert_links_are_left(page: Page) -> None:
    expect(page.get_by_role("link", name="Suomeksi")).to_be_visible()
    expect(page.locator("page-translate button")).to_have_count(0)


def test_without_an_answer_the_links_stay_and_nothing_breaks(
    foreign: Foreign, page: Page, complaints: list[str]
):
    """API down, slow, or knowing nothing of the page; scripts blocked."""
    api = f"{foreign.cms}/api/**"
    foreign.urls = ["/finns/inte/"]
    with page.expect_response(api) as unknown:
        page.goto(foreign.url)
    assert unknown.value.status == 404
    assert_links_are_left(page)

    foreign.urls = ["/nyheter/lampor/"]
    for answer in (
        lambda route: route.abort(),
        lambda route: route.fulfill(status=200, body="<html>", headers=OPEN),
        lambda route: route.fulfill(status=200, body='{"label": 1}', headers=OPEN),
        lambda route: None,
    ):
        page.route(api, answer)
        with page.expect_request(api):
            page.goto(foreign.url)
        page.evaluate("new Promise((done) => setTimeout(done, 100))")
        assert_links_are_left(page)
        page.unroute(api)
    assert complaints == []

    foreign.policy = "default-src 'none'"
    urls = asked(page)
    page.goto(foreign.url)
    assert_links_are_left(page)
    assert not [url for url in urls if "/api/" in url]
    page.get_by_role("link", name="Suomeksi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lamput")

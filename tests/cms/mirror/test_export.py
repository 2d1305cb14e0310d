"""The mirror holds what the site answers, and each run what has changed since."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from unittest.mock import patch

import brotli
import pytest
from django.core.management import CommandError, call_command

from cms.gate import actions
from cms.mirror import affected
from cms.mirror.asking import Response, Site
from cms.mirror.state import load
from cms.reading import listing
from cms.reading.models import Language
from tests.cms.mirror.serving import PROGRAM, Mirror, served
from tests.factories.pages import make_emergency, make_standard, publish
from tests.factories.people import person
from tests.factories.translations import translate

pytestmark = pytest.mark.django_db


def export(root: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("export_static", str(root), *options, stdout=out)
    return out.getvalue()


def tree(root: Path) -> dict[str, bytes]:
    """The pages and tables of a mirror by name."""
    current = (root / "current").resolve()
    files = (path for path in current.rglob("*") if path.is_file())
    return {
        str(path.relative_to(current)): path.read_bytes().replace(
            str(current).encode(), b""
        )
        for path in files
        if "static" not in path.parts and path.name != "state.json"
    }


def differences(mirror: Mirror, live: Response, spellings: Iterable[str]) -> Iterator:
    """Yield what a mirror answers otherwise than the site."""
    for spelling in spellings:
        answer, body = mirror.get(spelling)
        there = {name: answer.headers[name] for name, _value in live.headers}
        facts = (answer.status, answer.headers["Location"] or "")
        if facts != (live.status, live.location) or there != dict(live.headers):
            yield spelling, facts, there
        if live.status != 301 and body != live.body:
            yield spelling, "body"
        if live.status == 200 and answer.headers["Content-Type"] != live.content_type:
            yield spelling, answer.headers["Content-Type"]


@pytest.mark.skipif(PROGRAM is None, reason="nginx is not installed")
def test_nginx_answers_as_the_site_does(town, tmp_path, monkeypatch):
    offer_only("sv", "fi", "ar")
    monkeypatch.setattr(listing, "PAGE_SIZE", 3)
    monkeypatch.setitem(listing.page_of.__kwdefaults__, "limit", 3)
    publish(make_emergency())
    publish(make_standard(town.site.home, title="Skydd", sensitivity="safety_critical"))
    export(tmp_path / "mirror")
    site, current = Site(), (tmp_path / "mirror" / "current").resolve()
    state = load(current)
    searches = {"/sok/", "/fi/search/", "/ar/search/"}
    urls = state.answers.keys() - searches
    different: list = []

    with served(current, tmp_path) as mirror:
        # Every page; of the answers of the API, of which many are alike, a third.
        for url in [*(u for u in urls if "?" not in u), *sorted(urls)[::3]]:
            spellings = (url, *state.answers[url].asked_as)
            different += differences(mirror, site.get(url), spellings)
        statuses = {
            address: mirror.get(address)[0].status
            for address in (
                "/nej/", "/fi/nej/", "/nyheter/?page=2", "/nyheter/?page=99",
                "/nyheter/?page=x", "/nyheter/?utm=1", "/nyheter/index.html",
                "/sok/?q=lampor", "/api/v1/pages?cursor=x", "/api/v1/pages?nej=1",
                "/admin/", "/livez", "/%00", "/static/site/base.css",
                "/.mirror/404/sv.html", "/http.conf", "/../http.conf",
            )
        }  # fmt: skip
        _finnish, body = mirror.get("/fi/nej/")
        searching, away = mirror.get("/fi/search/?q=lamput")
        packed, packed_body = mirror.get("/", **{"Accept-Encoding": "gzip"})
        allowed, _body = mirror.get("/api/v1/pages", method="OPTIONS")
        posted, _body = mirror.get("/", method="POST")

    assert different == []
    assert {state.answers[url].status for url in urls} == {200, 301, 410}
    assert statuses == {
        "/nej/": 404, "/fi/nej/": 404, "/nyheter/?page=2": 200, "/nyheter/?page=99": 404,
        "/nyheter/?page=x": 404, "/nyheter/?utm=1": 200, "/nyheter/index.html": 404,
        "/sok/?q=lampor": 200, "/api/v1/pages?cursor=x": 503, "/api/v1/pages?nej=1": 503,
        "/admin/": 503, "/livez": 200, "/%00": 400, "/static/site/base.css": 200,
        "/.mirror/404/sv.html": 404, "/http.conf": 404, "/../http.conf": 400,
    }  # fmt: skip
    assert body == site.get("/fi/nej/").body
    live = site.get("/fi/search/?q=lamput")
    other = {name for name, value in live.headers if searching.headers[name] != value}
    assert other == {"Cache-Control"}
    assert b'name="q"' not in away
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed_body) == site.get("/").body
    assert (allowed.status, posted.status) == (204, 405)
    assert allowed.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def offer_only(*tags: str) -> None:
    """Hide languages: every address costs time in each of them."""
    Language.objects.exclude(tag__in=tags).update(visible=False)


def dies(*args):
    raise KeyboardInterrupt


def test_a_later_run_gives_what_a_full_run_gives(site, tmp_path, monkeypatch):
    offer_only("sv", "fi")
    lamps, plain = site.live_article(), site.live_article(title="Orörd")
    service, other = site.live_article(), site.live_article()
    mirror = tmp_path / "mirror"
    export(mirror)
    first, held = (mirror / "current").resolve(), tree(mirror)
    untouched = f"files/nyheter/{other.slug}/index.html"
    publish(lamps, title="Andra lampor")
    translate(plain, "fi", {"title": "Vain"})
    actions.withdraw(service, by=person("approver"))

    # A run that is killed, and one to which an address answers with an error.
    with monkeypatch.context() as changed:
        changed.setattr("cms.mirror.export.files.media", dies)
        with pytest.raises(KeyboardInterrupt):
            export(mirror)
    with monkeypatch.context() as changed:
        changed.setattr("cms.site.feeds._newest", lambda *args: 1 / 0)
        with pytest.raises(CommandError, match="500"):
            export(mirror)
    assert ((mirror / "current").resolve(), tree(mirror)) == (first, held)

    with patch.object(Site, "get", autospec=True, side_effect=Site.get) as get:
        export(mirror)
    asked = {call.args[1] for call in get.call_args_list}
    second = (mirror / "current").resolve()
    export(tmp_path / "fresh", "--full")

    assert tree(mirror) == tree(tmp_path / "fresh")
    assert first.exists()
    assert not list((mirror / "trees").glob("*.new"))
    assert (second / untouched).samefile(first / untouched)
    assert {f"/nyheter/{lamps.slug}/", "/nyheter/", "/"} <= asked
    assert f"/nyheter/{other.slug}/" not in asked
    body = (second / f"files/nyheter/{lamps.slug}/index.html").read_bytes()
    assert b"Andra lampor" in body
    packed = (second / f"files/nyheter/{lamps.slug}/index.html.br").read_bytes()
    assert brotli.decompress(packed) == body


def test_what_every_page_shows_makes_every_page_new(site, tmp_path):
    before = affected.surroundings()
    site.live_article()
    assert affected.surroundings() == before

    publish(make_standard(site.home, title="I menyn", show_in_menus=True))

    assert affected.surroundings() != before
    assert (affected.keys_since(0) or set()) >= {site.home.translation_key}

"""The mirror holds what the site answers, and each run what has changed since."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import brotli
import pytest
from django.core.management import CommandError, call_command

from cms.mirror import affected
from cms.mirror.asking import Site
from cms.mirror.state import load
from cms.publishing import actions
from tests.cms.mirror.serving import PROGRAM, served
from tests.factories.pages import make_emergency, make_standard, publish
from tests.factories.people import person
from tests.factories.town import publish_copies
from tests.factories.translations import translate

pytestmark = pytest.mark.django_db

#: Headers that nginx makes by itself, or that name one copy.
OWN = {"ETag", "Content-Length", "Vary", "Date", "Last-Modified", "Server"}


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


@pytest.mark.skipif(PROGRAM is None, reason="nginx is not installed")
def test_nginx_answers_as_the_site_does(town, tmp_path):
    publish(make_emergency())
    publish(make_standard(town.site.home, title="Skydd", sensitivity="safety_critical"))
    publish_copies(town.plain, 25)
    export(tmp_path / "mirror")
    site, current = Site(), (tmp_path / "mirror" / "current").resolve()
    state = load(current)
    searches = {"/sok/", "/fi/search/", "/ar/search/", "/so/search/"}
    copies = [url for url in state.answers if "/nr-" in url]
    urls = (state.answers.keys() - searches - set(copies)) | set(copies[:5])
    different = []

    with served(current, tmp_path) as mirror:
        for url in urls:
            live = site.get(url)
            for spelling in (url, *state.answers[url].asked_as):
                answer, body = mirror.get(spelling)
                there = {name: answer.headers[name] for name, _value in live.headers}
                facts = (answer.status, answer.headers["Location"] or "")
                if facts != (live.status, live.location) or there != dict(live.headers):
                    different.append((spelling, facts, there))
                if live.status != 301 and body != live.body:
                    different.append((spelling, "body"))
                if live.status == 200:
                    kind = answer.headers["Content-Type"]
                    assert kind == live.content_type, spelling
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
        finnish, body = mirror.get("/fi/nej/")
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
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed_body) == site.get("/").body
    assert (allowed.status, posted.status) == (204, 405)
    assert allowed.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_a_later_run_gives_what_a_full_run_gives(town, tmp_path):
    mirror = tmp_path / "mirror"
    export(mirror)
    before = (mirror / "current").resolve()

    publish(town.lamps, title="Andra lampor")
    translate(town.plain, "fi", {"title": "Vain"})
    actions.withdraw(town.service, by=person("approver"))
    said = export(mirror)
    after = (mirror / "current").resolve()
    export(tmp_path / "fresh", "--full")

    assert tree(mirror) == tree(tmp_path / "fresh")
    assert before != after
    assert "as before" in said
    assert before.exists()
    body = (after / "files/nyheter/nya-lampor/index.html").read_bytes()
    assert b"Andra lampor" in body
    packed = (after / "files/nyheter/nya-lampor/index.html.br").read_bytes()
    assert brotli.decompress(packed) == body


def test_a_run_asks_only_for_what_may_have_changed(site, tmp_path, monkeypatch):
    lamps, other = site.live_article(), site.live_article(title="Orörd")
    export(tmp_path)
    old = (tmp_path / "current/files" / other.url_path[6:] / "index.html").stat()
    asked = []
    get = Site.get
    monkeypatch.setattr(
        Site, "get", lambda self, url: asked.append(url) or get(self, url)
    )

    publish(lamps, title="Ändrad")
    export(tmp_path)

    new = (tmp_path / "current/files" / other.url_path[6:] / "index.html").stat()
    assert (new.st_ino, new.st_mtime) == (old.st_ino, old.st_mtime)
    assert f"/nyheter/{lamps.slug}/" in asked
    assert "/nyheter/" in asked
    assert f"/nyheter/{other.slug}/" not in asked


def test_what_every_page_shows_makes_every_page_new(site, tmp_path):
    before = affected.surroundings()
    site.live_article()
    assert affected.surroundings() == before

    publish(make_standard(site.home, title="I menyn", show_in_menus=True))

    assert affected.surroundings() != before
    assert affected.keys_since(0) >= {site.home.translation_key}


def test_a_run_that_dies_leaves_the_mirror_as_it_was(site, tmp_path, monkeypatch):
    site.live_article()
    export(tmp_path)
    before, held = (tmp_path / "current").resolve(), tree(tmp_path)
    publish(site.home, title="Ny förstasida")

    def dies(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("cms.mirror.export.files.media", dies)
    with pytest.raises(KeyboardInterrupt):
        export(tmp_path)
    assert (tmp_path / "current").resolve() == before
    assert tree(tmp_path) == held
    monkeypatch.undo()

    export(tmp_path)

    assert "Ny förstasida".encode() in tree(tmp_path)["files/index.html"]
    assert not list((tmp_path / "trees").glob("*.new"))


def test_an_address_that_fails_stops_the_run(site, tmp_path, monkeypatch):
    export(tmp_path)
    before = (tmp_path / "current").resolve()
    monkeypatch.setattr("cms.site.feeds._newest", lambda *args: 1 / 0)

    with pytest.raises(CommandError, match=r"/feeds/sv/\w+.atom answered 500"):
        export(tmp_path, "--full")

    assert (tmp_path / "current").resolve() == before

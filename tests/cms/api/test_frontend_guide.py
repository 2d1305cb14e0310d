"""The guide for those who build a front end: every command and program in it runs."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from django.conf import settings

from cms.previews import links
from tests.factories.pages import edit, fresh, make_emergency, make_standard, publish
from tests.factories.people import person
from tests.factories.pledges import (
    make_focus_area,
    make_focus_index,
    make_indicator,
    make_place,
    make_promises,
)
from tests.factories.town import every_block
from tests.factories.translations import translate

GUIDE = (Path(settings.BASE_DIR) / "docs" / "frontend.md").read_text(encoding="utf-8")
ADDRESS = "http://localhost:8000"


@pytest.fixture
def article(committed_site):
    """A page with every type of block, one about safety, and one withdrawn."""
    site = committed_site
    promises = make_promises(site.home)
    area = publish(make_focus_area(publish(make_focus_index(site.home)), "Trygghet"))
    indicator, place = publish(make_indicator()), make_place("Gångtunneln")
    place.geometry = {"type": "Point", "coordinates": [16.77, 60.61]}
    place.publish_on_map, place.precision = True, "street"
    place.save()
    body = [
        *every_block(site.index, site.home, site.index),
        ("pledge_card", {"pledge": promises.pledge}),
        ("focus_area_card", {"focus_area": area}),
        ("chart", {"indicators": [indicator]}),
        ("places", {"heading": "Platserna", "places": [publish(place)]}),
    ]
    page = site.live_article(title="Nya lampor", slug="nya-lampor", body=body)
    translate(page, "fi", {"title": "Uudet lamput", "slug": "uudet-lamput"})
    publish(make_emergency())
    facts = {"title": "Våld hemma", "slug": "vald", "sensitivity": "safety_critical"}
    publish(make_standard(site.home, **facts))
    return page


def test_documented_client_copies_the_site(article, live_server, tmp_path):
    """From a process of its own, twice: the second run has nothing left to ask for."""
    program, copy = Path(settings.BASE_DIR) / "docs" / "mirror.py", tmp_path / "copy"
    command = [sys.executable, str(program), f"{live_server.url}/", str(copy)]
    for _run in range(2):
        subprocess.run(command, check=True, timeout=60)

    with sqlite3.connect(copy) as found:
        bodies = dict(
            found.execute(
                "SELECT lang, body FROM answer WHERE key = ?",
                (str(article.translation_key),),
            )
        )
        wanted = found.execute("SELECT count(*) FROM wanted").fetchone()
    assert json.loads(bodies["fi"])["title"] == "Uudet lamput"
    assert json.loads(bodies["sv"])["title"] == "Nya lampor"
    assert wanted == (0,)


def test_guide_holds(article, live_server, tmp_path):
    """Once, because a server needs a database of its own."""
    for command in re.findall(r"^curl .*$", GUIDE, re.MULTILINE):
        _runs_and_answers(command.replace(ADDRESS, live_server.url))
    for name, text in re.findall(
        r"Save as `(\w+\.py)`.*?```python\n(.*?)```", GUIDE, re.S
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    environment = {**os.environ, "CMS": live_server.url, "PORT": str(_free_port())}

    first, second = (_feed(tmp_path, environment) for _turn in range(2))
    assert "publish fi articles.article /fi/nyheter/uudet-lamput/" in first
    assert second == ""

    server = subprocess.Popen(
        [sys.executable, "frontend.py"], cwd=tmp_path, env=environment,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _try_front_end(f"http://127.0.0.1:{environment['PORT']}", article)
    finally:
        server.terminate()
        server.wait(timeout=10)


def _runs_and_answers(command):
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    ran = subprocess.run(
        shlex.split(command), capture_output=True, check=True, timeout=30
    )
    answer = json.loads(ran.stdout)
    assert "errors" not in answer, command


def _feed(folder, environment):
    ran = subprocess.run(
        [sys.executable, "feed.py"], cwd=folder, env=environment, check=True,
        capture_output=True, timeout=30, text=True,
    )  # fmt: skip
    return ran.stdout


def _try_front_end(base, article):
    listing = _get(f"{base}/fi/nyheter/")[1]
    assert 'href="/fi/nyheter/uudet-lamput/" lang="fi"' in listing

    _headers, page = _get(f"{base}/fi/nyheter/uudet-lamput/")
    assert page.startswith('<!doctype html><html lang="fi" dir="ltr">')
    for shown in (
        "<h3>", "<ol>", "<blockquote>", "<aside>", '<section class="warning">',
        "https://polisen.se/", "<figure><img", "<video", "<table><caption>", "PDF",
        "Mer ljus där det känns mörkt", "Trygghet", "Trygg ute sent", "Gångtunneln",
        'lang="ar" dir="rtl">العربية', "Kääntäjän kääntämä",
    ):  # fmt: skip
        assert shown in page

    headers, safety = _get(f"{base}/ar/vald/")
    assert "<title>Våld hemma" not in safety
    assert headers["Cache-Control"] == "no-store"
    assert safety.index('href="tel:112"') < safety.index('<main lang="sv" dir="ltr">')

    assert "/fi/nyheter/uudet-lamput/" in _get(f"{base}/fi/?q=lamput")[1]
    assert _get(f"{base}/x/", 404)[1]
    assert "Utkast om lampor" in _get(f"{base}/preview/{_token(article)}")[1]
    assert _get(f"{base}/preview/nonsense", 404)


def _token(article):
    edit(article, title="Utkast om lampor")
    _link, secret = links.make(fresh(article), by=person("editor"))
    return secret


def _get(url, status=200):
    """Ask until the server is there."""
    for _attempt in range(100):
        try:
            answer = requests.get(url, timeout=20)
        except requests.ConnectionError:
            time.sleep(0.1)
            continue
        assert answer.status_code == status, url
        return answer.headers, answer.text
    raise AssertionError(url)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

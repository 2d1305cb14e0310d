"""Only what is the same for everybody is kept, and never without bound."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import override_settings

from cms.delivery import version, watch
from cms.delivery.addresses import key_of
from cms.delivery.board import board
from cms.delivery.entries import KeptAnswer, best_encoding
from cms.delivery.store import Store
from tests.cms.delivery.machine import Machine
from tests.factories.pages import make_emergency, make_standard, publish


def kept() -> list[Path]:
    """The files of this machine."""
    return list(board().folder.glob("build-*/*/*/*"))


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("/nyheter/", "/nyheter/"),
        ("/nyheter/?page=2", "/nyheter/?page=2"),
        ("/nyheter/?utm_source=brev&page=2", "/nyheter/?page=2"),
        ("/nyheter/?fbclid=1", "/nyheter/"),
        ("/api/v1/pages?lang=fi", "/api/v1/pages?lang=fi"),
        (
            "/api/v1/pages?type=home.home&l%61ng=FI",
            "/api/v1/pages?lang=fi&type=home.home",
        ),
        ("/api/v1/search?q=lampa", None),
        ("/api/v1/pages/7f6c3a0e-5b1f-4a53-9e41-1c1f2d3b4a5e?publication=9", None),
        ("/sok/?q=lampa", None),
        ("/nyheter/?page=" + "9" * 400, None),
        ("/admin/", None),
        ("/media/files/x/x.pdf", None),
    ],
)
def test_a_key_says_what_the_answer_depends_on(address, key):
    path, _mark, query = address.partition("?")
    assert key_of({"PATH_INFO": path, "QUERY_STRING": query}) == key


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/finns-inte/", 404),
        ("/nyheter", 301),
        ("/api/v1/pages?okand=1", 422),
        ("/nyheter/?page=99", 404),
        ("/nyheter/?page=01", 200),
        ("/nyheter/?focus=vad-som-helst", 200),
        ("/?page=1&phase=x", 200),
    ],
)
def test_what_anybody_could_make_up_is_not_kept(site, machine, address, status):
    assert machine.get(address).status == status
    assert kept() == []


def test_nothing_is_kept_for_a_host_that_is_not_ours(site, machine):
    assert machine.get("/", host="angripare.example").status == 400
    assert kept() == []


def test_cookies_and_languages_of_a_browser_change_nothing(site, machine, another):
    plain = machine.get("/").body
    personal = {"cookie": "sessionid=1; django_language=ar", "accept_language": "ar"}
    assert machine.get("/", **personal).body == plain
    for path in kept():
        path.unlink()
    assert another().get("/", **personal).body == plain
    assert another().get("/").body == plain


def test_a_safety_critical_page_is_ready_and_leaves_no_trace(
    site, machine, django_assert_num_queries
):
    publish(make_emergency())
    page = publish(make_standard(site.home, sensitivity="safety_critical"))
    machine.get(page.public_path())
    with django_assert_num_queries(0):
        answer = machine.get(page.public_path())
    assert answer.status == 200
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "etag" not in answer.headers


@pytest.fixture
def no_database() -> Any:
    """A database that refuses every question."""

    def refuse(*args: Any) -> Any:
        raise OperationalError("the server closed the connection")

    return lambda: connection.execute_wrapper(refuse)


def test_without_a_database_readers_get_what_there_is(site, machine, no_database):
    warm = machine.get("/nyheter/").text
    with no_database():
        assert machine.get("/nyheter/").text == warm
        board().confirm(time.time() - 60)
        answer = machine.get("/nyheter/")
        assert (answer.status, answer.text) == (200, warm)
        assert answer.is_marked_stale
        assert int(answer.headers["age"]) >= 60
    board().confirm(time.time())
    assert not machine.get("/nyheter/").is_marked_stale


def test_a_process_that_starts_without_a_database_has_yesterdays_answers(
    site, machine, another, no_database
):
    expected = machine.get("/nyheter/").text
    board().replace(board().version(), version.pack(999_999, "ff" * 32, 0))
    with no_database():
        answer = another().get("/nyheter/")
    assert (answer.status, answer.text) == (200, expected)
    assert answer.is_marked_stale


@pytest.mark.parametrize(
    ("path", "language", "direction"),
    [("/nyheter/", "sv", "ltr"), ("/ar/nyheter/", "ar", "rtl")],
)
def test_what_is_cold_without_a_database_is_an_apology_in_the_readers_language(
    site, machine, no_database, path, language, direction
):
    with no_database():
        answer = machine.get(path)
    assert answer.status == 503
    assert f'<html lang="{language}" dir="{direction}">' in answer.text
    assert answer.headers["retry-after"]
    assert answer.headers["cache-control"] == "no-store"
    assert "112" in answer.text


def test_the_api_apologises_in_its_own_format(site, machine, no_database):
    with no_database():
        answer = machine.get("/api/v1/pages")
    assert answer.status == 503
    assert answer.headers["content-type"] == "application/problem+json"


def slow_application(release: threading.Event, asked: list[str]) -> Any:
    def application(environ: Any, start_response: Any) -> Any:
        asked.append(environ["PATH_INFO"])
        release.wait(5)
        headers = [("Content-Type", "text/plain"), ("Cache-Control", "public")]
        start_response("200 OK", headers)
        return [b"done"]

    return application


@pytest.fixture
def fixed_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads of a test have no database."""
    monkeypatch.setattr(version, "latest", lambda using=None: version.NOTHING)


def test_many_who_ask_at_once_cause_one_rendering(root, fixed_version):
    release = threading.Event()
    asked: list[str] = []
    answers: list[int] = []
    machine = Machine(slow_application(release, asked))
    threads = [
        threading.Thread(target=lambda: answers.append(machine.get("/x/").status))
        for _each in range(8)
    ]
    for thread in threads:
        thread.start()
    while not asked:
        time.sleep(0.01)
    release.set()
    for thread in threads:
        thread.join()
    assert answers == [200] * 8
    assert asked == ["/x/"]


def test_when_all_places_are_taken_what_is_ready_is_still_answered(root, fixed_version):
    with override_settings(CMS_DELIVERY_SLOTS=2):
        release = threading.Event()
        asked: list[str] = []
        machine = Machine(slow_application(release, asked))
        release.set()
        assert machine.get("/ready/").status == 200
        release.clear()
        stuck = [
            threading.Thread(target=machine.get, args=(f"/{number}/",))
            for number in range(2)
        ]
        for thread in stuck:
            thread.start()
        while len(asked) < 3:
            time.sleep(0.01)
        assert machine.get("/livez").body == b"ok\n"
        assert machine.get("/ready/").body == b"done"
        assert machine.get("/other/").status == 503
        assert machine.get("/admin/").status == 503
        release.set()
        for thread in stuck:
            thread.join()
        assert machine.get("/other/").status == 200


def entry(number: int, size: int = 1000) -> KeptAnswer:
    return KeptAnswer(bytes(24), 1e12, float(number), "200 OK", [], b"x" * size)


def test_memory_and_files_are_bounded_and_keep_what_is_used(tmp_path):
    store = Store(tmp_path, "b", memory_bytes=30_000, file_bytes=20_000)
    store.put("/busy/", entry(0))
    for number in range(100):
        store.in_memory("/busy/").used = True
        store.put(f"/{number}/", entry(number))
    held = [n for n in range(100) if store.in_memory(f"/{n}/")]
    assert 5 < len(held) < 30
    assert store.in_memory("/busy/")
    store.tidy()
    files = [path.stat().st_size for path in tmp_path.glob("build-b/*/*/*")]
    assert 10_000 < sum(files) <= 20_000


def test_what_anybody_can_ask_for_crowds_nothing_out(tmp_path):
    """Pages are kept, in memory and in files, whatever lists somebody makes up."""
    store = Store(tmp_path, "b", memory_bytes=100_000, file_bytes=40_000)
    pages = [f"/{n}/" for n in range(10)] + ["/api/v1/pages?lang=fi"]
    for number, page in enumerate(pages):
        store.put(page, entry(number))
    for number in range(200):
        store.put(f"/api/v1/pages?lang=fi&limit={number}", entry(number))
    store.tidy()

    assert all(store.in_memory(page) for page in pages)
    again = Store(tmp_path, "b", memory_bytes=100_000, file_bytes=40_000)
    assert all(again.get(page, bytes(24), time.time()) for page in pages)


def test_files_that_are_used_stay_longest(tmp_path):
    store = Store(tmp_path, "b", memory_bytes=1, file_bytes=20_000)
    for number in range(30):
        store.put(f"/{number}/", entry(number))
        (file,) = tmp_path.glob(f"build-b/*/*/{name_of(number)}")
        os.utime(file, (number, number))
    store.get("/0/", bytes(24), time.time())
    store.tidy()

    left = [n for n in range(30) if store.get(f"/{n}/", bytes(24), time.time())]
    assert 0 in left
    assert 1 not in left


def name_of(number: int) -> str:
    return hashlib.sha256(f"/{number}/".encode()).hexdigest()[1:40]


def test_a_broken_file_is_no_answer(tmp_path):
    store = Store(tmp_path, "b", memory_bytes=1, file_bytes=1_000_000)
    store.put("/a/", entry(1))
    (path,) = tmp_path.glob("build-b/*/*/*")
    path.write_bytes(path.read_bytes()[:-1])
    fresh = Store(tmp_path, "b", memory_bytes=1, file_bytes=1_000_000)
    assert fresh.get("/a/", bytes(24), time.time()) is None


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0", "gzip"),
        ("BR", "br"),
        ("br;q=0", ""),
        ("identity", ""),
        ("", ""),
    ],
)
def test_the_reader_says_which_encodings_there_may_be(header, encoding):
    assert best_encoding(header) == encoding


@pytest.fixture
def watcher(root: Path) -> watch.Watcher:
    return watch.Watcher()


def test_the_watcher_learns_what_others_published(site, watcher):
    board().replace(board().version(), version.NOTHING)
    watcher.compare("default")
    assert board().version() == version.latest() != version.NOTHING


def test_a_database_that_was_put_back_is_believed_after_a_while(
    site, watcher, monkeypatch
):
    """A replica may be a moment behind; its older answer must not undo a newer one."""
    ahead = version.pack(10**9, "ab" * 32, 0)
    board().replace(board().version(), ahead)
    now = time.time()
    for later, expected in [(0, ahead), (9, ahead), (11, version.latest())]:
        monkeypatch.setattr(watch.time, "time", lambda later=later: now + later)
        watcher.compare("default")
        assert board().version() == expected


def test_a_log_that_grew_anew_after_a_restore_is_another(site, watcher):
    restored = version.latest()
    number = int.from_bytes(restored[:8], "little")
    board().replace(board().version(), version.pack(number, "cd" * 32, 0))
    watcher.compare("default")
    assert board().version() == restored

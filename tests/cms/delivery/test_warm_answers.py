"""What is warm is answered without Django, and is what Django would have answered."""

from __future__ import annotations

import time
from typing import Any

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler

from cms.delivery.board import board
from cms.delivery.models import Epoch
from cms.gate import actions
from cms.gate.record import head_of
from cms.reading.models import Language
from tests.cms.delivery.machine import Machine
from tests.factories.pages import fresh, publish


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    """Let what happens inside be committed, as far as the product can tell."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_warm_page_needs_no_query(site, machine, django_assert_num_queries):
    cold = machine.get("/nyheter/")
    with django_assert_num_queries(0):
        warm = machine.get("/nyheter/")
    assert cold.status == warm.status == 200
    assert warm.text == cold.text
    assert "<h1" in warm.text


@pytest.mark.parametrize("address", ["/", "/fi/nyheter/", "/api/v1/pages?lang=ar"])
@pytest.mark.parametrize("encoding", ["br", "gzip, deflate", "br;q=0, gzip", ""])
def test_every_reader_gets_the_same_text(site, machine, client, address, encoding):
    answer = machine.get(address, accept_encoding=encoding)
    again = machine.get(address, accept_encoding=encoding)
    assert answer.text == again.text == client.get(address).content.decode()
    expected = {"br": "br", "": None}.get(encoding, "gzip")
    assert again.headers.get("content-encoding") == expected
    assert again.headers["vary"] == "Accept-Encoding"
    assert int(again.headers["content-length"]) == len(again.body)


def test_who_has_the_bytes_is_told_so(site, machine):
    tag = machine.get("/", accept_encoding="br").headers["etag"]
    answer = machine.get("/", if_none_match=f'"other", {tag}')
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"].removeprefix("W/") == tag.removeprefix("W/")
    assert machine.get("/", if_none_match='"other"').status == 200


def test_head_has_the_headers_and_no_body(site, machine):
    cold, warm = machine.get("/", method="HEAD"), machine.get("/", method="HEAD")
    assert cold.body == warm.body == b""
    assert cold.headers["content-length"] == warm.headers["content-length"]
    assert len(machine.get("/").body) == int(cold.headers["content-length"])


def test_a_publication_is_seen_in_the_next_request(site, machine, another, commits):
    article = site.live_article(title="Gamla lampor")
    other = another()
    path = article.public_path()
    assert "Gamla lampor" in machine.get(path).text
    assert "Gamla lampor" in other.get(path).text
    article = fresh(article)
    article.title = "Nya lampor"
    with commits():
        publish(article)
    assert "Nya lampor" in machine.get(path).text
    assert "Nya lampor" in other.get(path).text


def test_whoever_was_told_of_an_entry_never_gets_what_was_before(site, machine):
    """This machine has not heard of it yet, and a cache would have the old answer too."""
    article = site.live_article(title="Gamla lampor")
    address = f"/api/v1/pages/{article.translation_key}?lang=fi"
    old = machine.get(address)
    article = fresh(article)
    article.title = "Nya lampor"
    publish(article)
    number = head_of(article).publication_id

    assert machine.get(address).text == old.text
    assert "Nya lampor" in machine.get(f"{address}&publication={number}").text


def test_what_is_not_committed_is_not_announced(site, machine, commits):
    before = board().version()
    article = site.live_article(title="Aldrig")
    assert board().version() == before
    with commits():
        publish(fresh(article))
    assert board().version() != before


def test_what_is_withdrawn_is_gone(site, machine, commits):
    article = site.live_article(title="Tillfälligt")
    path = article.public_path()
    assert machine.get(path).status == 200
    with commits():
        actions.withdraw(fresh(article), by=site.people.approver)
    assert machine.get(path).status == 410
    assert machine.get(path).status == 410


def test_a_language_that_is_hidden_leaves_the_pages(site, machine, commits):
    assert "/so/" in machine.get("/").text
    language = Language.objects.get(tag="so")
    language.visible = False
    with commits():
        language.save()
    assert "/so/" not in machine.get("/").text
    assert Epoch.objects.get().number >= 1


def test_a_page_is_made_anew_when_the_day_ends(site, root):
    rendered: list[str] = []
    django = WSGIHandler()

    def counting(environ: Any, start_response: Any) -> Any:
        rendered.append(environ["PATH_INFO"])
        return django(environ, start_response)

    machine = Machine(counting)
    # 22:30 UTC is 23:30 in Sweden, in winter.
    with time_machine.travel("2027-01-15T22:30:00Z", tick=False) as clock:
        board().confirm(time.time())
        for _each in range(2):
            machine.get("/")
        assert rendered == ["/"]
        clock.shift(29 * 60)
        machine.get("/")
        assert rendered == ["/"]
        clock.shift(2 * 60)
        machine.get("/")
        assert rendered == ["/", "/"]


def test_another_build_makes_its_own_answers(site, root):
    old, new = Machine(build="old"), Machine(build="new")
    old.get("/")
    assert list(board().folder.glob("build-old/*/*"))
    assert not list(board().folder.glob("build-new/*/*"))
    new.get("/")
    assert list(board().folder.glob("build-new/*/*"))


def test_the_answer_of_one_process_serves_the_next(
    site, machine, another, django_assert_num_queries
):
    expected = machine.get("/nyheter/").text
    with django_assert_num_queries(0):
        assert another().get("/nyheter/").text == expected

"""Staff's requests never break, and whoever has no rights changes nothing.

Every address of the admin with what its forms ask, each parameter in turn missing,
repeated, of the wrong kind, huge, or naming what is gone. The suite tries a part of
them; ``BROKEN_REQUESTS=all`` tries some 17,000 and takes half an hour.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from zlib import crc32

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation

from tests.cms.gate.canaries import Canary, addresses
from tests.cms.gate.mutations import Request, requests_of
from tests.cms.gate.state import state_of
from tests.cms.gate.test_canaries import canaries_of_the_module, one_of_a_kind
from tests.factories.people import person

__all__ = ["canaries_of_the_module"]

#: One address in so many, and of what it is asked one question in so many.
ADDRESSES, QUESTIONS = (1, 1) if os.environ.get("BROKEN_REQUESTS") else (6, 8)


def is_in_sample(what: object, share: int) -> bool:
    """The same part each time, wherever it stands."""
    return crc32(str(what).encode()) % share == 0


def as_they_stand(client: Client, canaries: list[Canary]) -> list[Request]:
    """What the pages of the admin ask when nobody does anything odd."""
    objects = one_of_a_kind([each for each in canaries if each.obj is not None])
    found: dict[Any, Request] = {}
    for address in addresses():
        if not is_in_sample(address.pattern, ADDRESSES):
            continue
        paths = (
            [path for obj in objects for path in address.about(obj)]
            if address.names
            else address.alone(objects)
        )
        for path in paths:
            with undone():
                for request in requests_of(client, path):
                    names = tuple(name for name, _value in request.parameters)
                    found[request.address, request.method, names] = request
    return list(found.values())


class undone(transaction.Atomic):  # noqa: N801 - it is used as `atomic` is
    """Whatever is done inside has not been done."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *args: Any) -> None:
        transaction.set_rollback(True)
        super().__exit__(*args)


@pytest.fixture
def asked(site: Any, canaries_of_the_module: Any, client: Client) -> list[Request]:
    client.force_login(person("admin"))
    client.raise_request_exception = False
    return as_they_stand(client, canaries_of_the_module)


def mutations(asked: list[Request]) -> Iterator[Request]:
    for request in asked:
        yield request
        yield from (m for m in request.mutated() if is_in_sample(m, QUESTIONS))


@pytest.mark.filterwarnings("ignore")
def test_no_request_of_an_administrator_breaks(asked, client, caplog):
    broken = {}
    for request in mutations(asked):
        with undone():
            answer = request.sent_by(client)
            if answer.status_code >= 500:
                broken[str(request)] = repr(answer.exc_info[1])

    assert broken == {}


@pytest.mark.filterwarnings("ignore")
def test_no_request_of_a_guest_breaks_or_changes_anything(asked):
    guest = Client(raise_request_exception=False)
    guest.force_login(person("guest"))
    before = state_of("/", "/nyheter/")
    statuses = {str(each): each.sent_by(guest).status_code for each in mutations(asked)}

    assert {at: status for at, status in statuses.items() if status >= 500} == {}
    assert state_of("/", "/nyheter/") == before


@pytest.mark.parametrize(
    ("path", "data", "said"),
    [
        ("edit/", {"title": "Utan text"}, "”body-count” saknas"),
        ("copy/", {"new_parent_page": "x"}, "kan inte användas"),
        ("copy/", {"new_parent_page": "99999999"}, "finns inte längre"),
    ],
)
def test_refusal_is_a_sentence_and_whoever_runs_the_site_sees_why(
    site, client, caplog, path, data, said
):
    """A view may be at fault all the same: its traceback is in the log."""
    client.force_login(person("admin"))
    answer = client.post(f"/admin/pages/{site.index.pk}/{path}", data)

    assert answer.status_code in {400, 404}
    assert said in answer.content.decode()
    assert "Ingenting ändrades" in answer.content.decode()
    (logged,) = (each for each in caplog.records if each.name == "cms.gate.unreadable")
    assert logged.exc_info


def test_search_that_the_library_cannot_narrow_down_says_so(site, client):
    client.force_login(person("admin"))
    answer = client.get("/admin/documents/?q=x&usage_count_min=1")

    assert answer.status_code == 400
    assert "kan inte begränsas" in answer.content.decode()


def test_root_of_the_tree_is_no_page_that_can_be_chosen(site, client):
    client.force_login(person("admin"))

    assert client.get("/admin/choose-page/chosen-multiple/?id=1").status_code == 404


def test_rows_that_are_counted_and_do_not_come_are_said(site, client):
    client.force_login(person("admin"))
    (form,) = (
        each
        for each in requests_of(client, "/admin/workflows/add/")
        if each.method == "POST"
        and "workflow_tasks-TOTAL_FORMS" in dict(each.parameters)
    )
    counted = replace(
        form,
        parameters=tuple(
            (name, "1" if name == "workflow_tasks-TOTAL_FORMS" else value)
            for name, value in form.parameters
        ),
    )

    assert counted.sent_by(client).status_code in {200, 400}


def test_fault_of_ours_is_still_one(site, client, monkeypatch):
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise ValueError("ours")

    monkeypatch.setattr("cms.gate.reviews.waiting_for", broken)
    client.force_login(person("admin"))
    with translation.override("sv"), pytest.raises(ValueError, match="ours"):
        client.get("/admin/review/")

"""After a publication, what it cannot have changed is not made anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

from cms.delivery.board import board
from cms.gate import actions
from cms.log.models import Head
from tests.cms.delivery.machine import Machine
from tests.factories.pages import fresh, make_standard, publish
from tests.factories.translations import translate


class Counting:
    """The product, and which addresses it was asked to render."""

    def __init__(self) -> None:
        self.rendered: list[str] = []
        self._django = WSGIHandler()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self.rendered.append(environ["PATH_INFO"])
        return self._django(environ, start_response)


@pytest.fixture
def django() -> Counting:
    return Counting()


@pytest.fixture
def machine(root: Any, django: Counting) -> Machine:
    return Machine(django)


@pytest.fixture
def again(
    machine: Machine, django: Counting, django_capture_on_commit_callbacks: Any
) -> Any:
    """Do something, then ask for addresses again: which of them were made anew?"""

    def ask(*addresses: str, after: Any) -> list[str]:
        for address in addresses:
            machine.get(address)
        with django_capture_on_commit_callbacks(execute=True):
            after()
        django.rendered.clear()
        for address in addresses:
            assert machine.get(address).status == 200
        return list(django.rendered)

    return ask


def change(page: Any, **facts: Any) -> Any:
    """Publish a page with other facts."""
    page = fresh(page)
    for name, value in facts.items():
        setattr(page, name, value)
    return publish(page)


def key_address(page: Any) -> str:
    return f"/api/v1/pages/{page.translation_key}"


def test_another_wording_changes_only_the_pages_that_show_it(site, again):
    one, other = site.live_article(title="Ett"), site.live_article(title="Två")
    shown = [one.public_path(), other.public_path(), "/nyheter/", key_address(other)]
    made = again(*shown, after=lambda: change(one, title="Nytt"))
    assert made == [one.public_path(), "/nyheter/"]


def test_a_menu_title_and_a_shared_block_change_every_page_that_has_them(site, again):
    page = site.live_article(contact_block=site.contact)
    plain = site.live_article()
    paths = [page.public_path(), plain.public_path()]
    assert again(*paths, after=lambda: change(site.index, title="Aktuellt")) == paths
    changed = again(*paths, after=lambda: change(site.contact, name="Växeln"))
    assert changed == [page.public_path()]


def test_what_appears_moves_or_goes_changes_everything(site, again):
    page = site.live_article()
    draft = make_standard(site.home, show_in_menus=True)
    path = page.public_path()
    assert again(path, after=lambda: publish(draft)) == [path]
    shown = [path]
    assert again(path, after=lambda: change(draft, show_in_menus=False)) == shown
    assert again(path, after=lambda: translate(draft, "fi", {})) == shown
    withdraw = lambda: actions.withdraw(fresh(draft), by=site.people.approver)  # noqa: E731
    assert again(path, after=withdraw) == shown


def test_pages_that_count_or_look_backwards_are_made_anew(site, again):
    article = site.live_article()
    address = "/api/v1/languages"
    made = again(address, after=lambda: change(article, title="Annat"))
    assert made == [address]


def test_another_log_is_not_compared_with(site, machine, django):
    path = site.live_article().public_path()
    machine.get(path)
    for entry in board().folder.glob("build-*/*/*/*"):
        text = entry.read_bytes()
        version = board().version().hex().encode()
        assert version in text
        entry.write_bytes(text.replace(version, b"01" + version[2:16] + b"ab" * 16))
    django.rendered.clear()
    Machine(django).get(path)
    assert django.rendered == [path]


def test_what_stands_is_what_would_be_made(site, again, machine, client):
    """Whatever is published, each address shows what Django shows."""
    linked = site.live_article(title="Länkad")
    link = f'<p><a linktype="page" id="{linked.pk}">läs mer</a></p>'
    page = site.live_article(
        title="Länkande", body=[("paragraph", link)], contact_block=site.contact
    )
    translate(page, "fi", {"Länkande": "Linkki"})
    steps = [
        lambda: change(linked, title="Länkad på nytt"),
        lambda: change(page, title="Länkande också"),
        lambda: change(site.contact, name="Kontaktcenter"),
        lambda: change(site.home, title="Sandviken"),
        lambda: change(linked, slug="ny-adress"),
        lambda: translate(linked, "ar", {}),
        lambda: actions.withdraw(fresh(linked), by=site.people.approver),
    ]
    addresses = [
        *Head.objects.pages().filter(is_public=True).values_list("path", flat=True),
        f"/ar{page.public_path()}",
        key_address(page),
        f"{key_address(page)}?lang=fi",
        "/api/v1/site?lang=fi",
    ]
    for step in steps:
        again("/", after=step)
        for address in addresses:
            kept, made = machine.get(address), client.get(address)
            assert kept.status == made.status_code, address
            assert kept.text == made.content.decode(), address

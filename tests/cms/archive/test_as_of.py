"""Any public address at any moment, for the archivist and nobody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from cms.archive import looking
from cms.archive.timeline import compared, timeline
from cms.gate import actions
from cms.gate.errors import NotAllowed
from cms.log.models import Head, Publication
from tests.factories.pages import edit, fresh, publish
from tests.factories.pledges import make_report
from tests.factories.translations import translate

pytestmark = pytest.mark.django_db

NEWS = "/nyheter/lampor/"
DRAFT = "Hemligt utkast"


def at(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=UTC)


def seen(client, *paths):
    """Status, address and bytes of what readers get now, without the admin's cookies."""
    return {
        path: (r.status_code, r.get("Location"), r.content)
        for path in paths
        if (r := client.get(path))
    }


def _told(site, promises):
    """What readers got on some days: [(moment, {path: answer})].

    The article is published, translated, changed, moved and withdrawn, the contact
    block moves house, a pledge is changed and reported on, and time passes.
    """
    pledge = Head.objects.get(key=promises.pledge.translation_key, locale="sv").path
    paths = ("/", "/nyheter/", NEWS, "/fi/", f"/fi{NEWS}", "/fi/nyheter/valot/", pledge,
             f"/fi{pledge}", "/loften/", "/finns-inte/", f"{pledge}andringar/")  # fmt: skip
    story = []

    def chapter(moment):
        with time_machine.travel(moment, tick=False):
            story.append((moment, seen(Client(), *paths)))

    with time_machine.travel(at(1, 10), tick=False):
        article = site.live_article(
            title="Fler lampor", slug="lampor", contact_block=site.contact
        )
    chapter(at(1, 10))
    with time_machine.travel(at(2, 1), tick=False):
        translate(article, "fi", {"Fler lampor": "Lisää valoja", "slug": "valot"})
        publish(site.contact, visiting_street="Smedsgatan 23")
        publish(site.index, title="Aktuellt")
    chapter(at(2, 2))
    with time_machine.travel(at(3, 1), tick=False):
        draft = fresh(promises.pledge).get_latest_revision_as_object()
        rows = list(draft.activities.all())
        rows[0].target_value = Decimal(9)
        publish(promises.pledge, activities=rows)
        make_report(promises, "Tertial 1 2026")
        publish(article, title="Ännu fler lampor")
    chapter(at(3, 2))
    with time_machine.travel(at(4, 1), tick=False):
        actions.withdraw(fresh(article), by=site.people.approver)
        edit(site.home, title=DRAFT, ingress=DRAFT)
    chapter(at(4, 2))
    return story


@pytest.fixture(scope="module")
def chapters_of_the_module(
    site_of_the_module, promises_of_the_module, django_db_blocker
):
    with django_db_blocker.unblock():
        site, promises = site_of_the_module, promises_of_the_module
        return _told(site.reloaded(), promises.reloaded())


@pytest.fixture
def chapters(chapters_of_the_module, site):
    with time_machine.travel(at(5, 1), tick=False):
        yield chapters_of_the_module


def test_every_page_is_byte_for_byte_what_readers_got(chapters, archivist):
    differing = [
        (moment, path)
        for moment, answers in chapters
        for path, (status, location, content) in answers.items()
        if (r := looking.look(path, "", moment, by=archivist))
        and (r.status_code, r.get("Location"), r.content) != (status, location, content)
    ]

    assert differing == []
    first, second, third, last = (answers for _moment, answers in chapters)
    assert first[NEWS][0] == third[NEWS][0] == 200
    assert last[NEWS][0] == 410
    assert b"Odengatan 37" in first[NEWS][2]
    assert b"Smedsgatan 23" in second[NEWS][2]
    assert second["/fi/nyheter/valot/"][0] == 200
    assert second[f"/fi{NEWS}"][:2] == (301, "/fi/nyheter/valot/")


def test_screens_are_for_archivists(chapters, site, archivist, client):
    moment, _answers = chapters[2]
    stamp = looking.stamp(moment)
    rows = list(Publication.objects.filter(path=NEWS).values_list("pk", flat=True))
    doors = [
        ("get", "/admin/archive/", {}),
        ("get", "/admin/archive/", {"address": NEWS, "day": "2027-03-02", "clock": "12.00"}),
        ("get", f"/admin/archive/at/{stamp}/", {}),
        ("get", f"/admin/archive/at/{stamp}{NEWS}", {}),
        ("get", "/admin/archive/compare/", {"first": rows[0], "second": rows[1]}),
        ("post", "/admin/archive/export/", {"path": NEWS}),
        ("post", "/admin/archive/export/", {"first_day": "2027-01-01", "last_day": "2027-01-31"}),
    ]  # fmt: skip
    for method, path, data in doors:
        client.logout()
        anonymous = getattr(client, method)(path, data)
        assert anonymous.status_code == 302
        assert "/login/" in anonymous["Location"]
        client.force_login(site.people.approver)
        assert getattr(client, method)(path, data).status_code == 403
        client.force_login(archivist)
        allowed = getattr(client, method)(path, data)
        assert (allowed.status_code, path) == (200, path)
        assert b"".join(allowed)
    for call in (
        lambda: looking.look(NEWS, "", moment, by=site.people.editor),
        lambda: looking.path_in_language(NEWS, "fi", moment, by=site.people.editor),
        lambda: timeline(NEWS, moment, by=site.people.editor),
        lambda: compared(rows[0], rows[1], by=site.people.editor),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_view_says_what_it_is_and_stays_in_its_moment(chapters, archivist, client):
    moment, _answers = chapters[1]
    client.force_login(archivist)
    start = f"/admin/archive/at/{looking.stamp(moment)}"

    response = client.get(f"{start}{NEWS}")

    assert response.status_code == 200
    assert {"private", "no-store"} <= set(re.split(r",\s*", response["Cache-Control"]))
    assert "noindex" in response["X-Robots-Tag"]
    assert "ETag" not in response
    assert "connect-src 'none'" in response["Content-Security-Policy"]
    html = BeautifulSoup(response.content, "html.parser")
    banner = html.find(class_="archive-banner")
    assert "2 februari 2027" in banner.get_text()
    assert html.body.find(True) is banner
    targets = {tag.get("href") or tag.get("action") for tag in html(["a", "form"])} - {
        None
    }
    inside = {t for t in targets if t.startswith("/") and not t.startswith("/admin/")}
    assert inside == set()
    assert f"{start}/nyheter/" in targets
    assert client.get(f"{start}/fi{NEWS}")["Location"] == f"{start}/fi/nyheter/valot/"
    assert client.get(f"{start}/finns-inte/").status_code == 404
    assert client.post(f"{start}{NEWS}").status_code == 405


def test_drafts_and_the_future_are_not_in_the_archive(chapters, archivist, client):
    client.force_login(archivist)
    now = looking.look("/", "", at(4, 30), by=archivist)
    assert DRAFT not in now.content.decode()
    for stamp in ("20990101T000000.000000Z", "20270101", "x"):
        assert client.get(f"/admin/archive/at/{stamp}/").status_code == 404


def test_screen_tells_what_happened_to_the_page(chapters, archivist, client):
    client.force_login(archivist)
    found = client.get(
        "/admin/archive/",
        {"address": f"{settings.CMS_PUBLIC_BASE_URL}{NEWS}?x=1", "day": "2027-03-02",
         "clock": "13:00:00.000000", "language": ""},
    )  # fmt: skip
    assert found.context["form"].errors == {}
    rows = found.context["rows"]
    assert [row.action for row, _address in rows] == ["withdraw", "publish", "publish"]
    assert found.context["timeline"].then == rows[1][0]
    text = found.content.decode()
    assert rows[1][0].actor == "approver"
    assert "approver" in text
    assert "Ännu fler lampor" in text
    for _row, address in rows:
        assert client.get(address).status_code in {200, 410}

    finnish = client.get(
        "/admin/archive/",
        {"address": NEWS, "day": "2027-02-02", "clock": "13.00", "language": "fi"},
    )
    assert finnish.context["path"] == "/fi/nyheter/valot/"

    both = {"first": rows[2][0].pk, "second": rows[1][0].pk}
    comparison = client.get("/admin/archive/compare/", both).content.decode()
    assert "Ännu" in comparison


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"address": "https://example.org/"}, "address"),
        ({"address": "/a\x00/"}, "address"),
        ({"day": "2099-01-01"}, "day"),
        ({"day": "0001-01-01"}, "day"),
        ({"day": "i går"}, "day"),
        ({"clock": "25.00"}, "clock"),
        ({"language": "xx"}, "language"),
    ],
)
def test_what_makes_no_sense_is_said_and_kept(archivist, client, asked, field):
    client.force_login(archivist)
    given = {"address": "/", "day": "2018-02-02", "clock": "16.00", **asked}

    response = client.get("/admin/archive/", given)

    if "\x00" in given["address"]:
        assert response.status_code == 400
        return
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert given[field].encode() in response.content or field == "language"


def test_addresses_where_nothing_ever_was(site, archivist, client):
    client.force_login(archivist)
    response = client.get(
        "/admin/archive/", {"address": "/x/", "day": "2018-02-02", "clock": "16.00"}
    )
    assert response.context["timeline"] is None
    missing = client.get("/admin/archive/compare/", {"first": "1", "second": "x"})
    assert missing.status_code == 302
    unlike = Publication.objects.values_list("pk", flat=True)[:2]
    both = dict(zip(("first", "second"), unlike, strict=True))
    assert client.get("/admin/archive/compare/", both).status_code == 404

"""An event goes the whole way: written, reviewed, translated, published, read.

Each step is somebody's own, by the forms that they have.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.archive import looking
from cms.desk import workbench
from cms.engine import localize
from cms.mirror.export import export as export_static
from cms.mirror.state import load
from tests.example_app.models import EventPage
from tests.factories.files import make_file
from tests.factories.pages import fresh, publish
from tests.factories.people import person
from tests.factories.pledges import make_place
from tests.factories.translations import start, translate
from tests.pledges.editor import Editor, Form
from tests.typescript import faults

TITLE = "Öppet hus på biblioteket"
FINNISH = {
    TITLE: "Kirjaston avoimet ovet",
    "Kom och se hur biblioteket blir.": "Tule katsomaan uutta kirjastoa.",
    "Under dagen": "Päivän aikana",
    "Dörrarna öppnas": "Ovet avataan",
}
ARABIC = {
    TITLE: "يوم مفتوح في المكتبة",
    "Kom och se hur biblioteket blir.": "تعال وشاهد المكتبة الجديدة.",
    "Under dagen": "خلال اليوم",
    "Dörrarna öppnas": "تفتح الأبواب",
}

pytestmark = pytest.mark.django_db


def as_(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


@pytest.fixture
def place(site):
    place = publish(make_place("Biblioteket"))
    translate(place, "fi")
    return place


@pytest.fixture
def film(site):
    return make_file("biblioteket.mp4")


def written(form: Form, **facts: Any) -> Form:
    """The event, as the editor types it."""
    points = [{"time": "10:00", "what": "Dörrarna öppnas"}]
    timetable = {
        "heading": "Under dagen",
        "points": streamfield([("item", each) for each in points]),
    }
    form.fields |= nested_form_data({"body": streamfield([("timetable", timetable)])})
    return form.fill(
        title=TITLE, slug="oppet-hus", ingress="Kom och se hur biblioteket blir.",
        starts_on="2026-08-22", **facts,
    )  # fmt: skip


def review_of(obj: Any) -> str:
    kind = ContentType.objects.get_for_model(type(obj))
    return reverse("review:text", args=[kind.pk, obj.pk])


def approve(obj: Any, address: str, username: str) -> str:
    """Read the screen, press the button; return what was read."""
    client = as_(username)
    read = client.get(address)
    assert read.status_code == 200
    facts = {"revision": fresh(obj).latest_revision_id, "significance": "content"}
    decided = client.post(address, {"decision": "approve", **facts})
    assert decided["Location"] == reverse("review:list")
    return BeautifulSoup(read.content, "html.parser").find("main").get_text(" ")


def translated(event: EventPage, tag: str, texts: dict[str, str]) -> EventPage:
    """Translate at the desk, by its form without a script, and let it be reviewed."""
    translation = start(event, tag)
    address = reverse("desk:translation", args=[translation.pk])
    client = as_(f"translator_{tag}")
    shown = BeautifulSoup(client.get(address).content, "html.parser")
    hidden = shown.find(id="desk-form").find_all("input", type="hidden")
    fields = {field["name"]: field["value"] for field in hidden}
    segments = workbench.open_workbench(translation).segments
    assert {each.source for each in segments if each.required} == set(texts)
    for each in segments:
        fields[f"text-{each.id}"] = texts.get(each.source, "")
    assert client.post(address, {**fields, "submit": "1"}).status_code == 302
    target = localize.target_of(translation)
    approve(target, address, f"reviewer_{tag}")
    return fresh(target)


@pytest.fixture
def event(site, place, film) -> EventPage:
    """Written by the editor and published by the approver."""
    form = Editor(Client(), person("editor")).add(site.home, "eventpage", "events")
    written(form, place=str(place.pk), film=str(film.pk)).submit()
    event = EventPage.objects.get(title=TITLE)
    read = approve(event, review_of(event), "approver")
    for said in ("När", "2026-08-22", "Biblioteket", "Dörrarna öppnas", "10:00"):
        assert said in read, said
    return fresh(event)


def page(address: str) -> Any:
    response = Client().get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def answer(address: str) -> Any:
    response = Client().get(address)
    assert response.status_code == 200, (address, response.content)
    return response.json()


def test_rule_of_the_app_keeps_it_from_being_published(site, film):
    form = Editor(Client(), person("editor")).add(site.home, "eventpage", "events")
    written(form, film=str(film.pk)).submit()
    event = EventPage.objects.get(title=TITLE)
    client, address = as_("approver"), review_of(event)

    shown = client.get(address).content.decode()
    facts = {"revision": event.latest_revision_id, "significance": "content"}
    decided = client.post(address, {"decision": "approve", **facts})

    assert "Välj en plats" in shown
    assert "Välj en plats" in decided.content.decode()
    assert Client().get("/oppet-hus/").status_code == 404


def test_read_in_swedish_finnish_and_arabic(event, film):
    finnish = translated(event, "fi", FINNISH)
    arabic = translated(event, "ar", ARABIC)

    for target, texts, day in (
        (event, {text: text for text in FINNISH}, "22 augusti 2026"),
        (finnish, FINNISH, "22. elokuuta 2026"),
        (arabic, ARABIC, "2026"),
    ):
        read = page(target.public_path())
        shown = read.find("main").get_text(" ")
        assert read.h1.get_text() == texts[TITLE]
        assert {text for text in texts.values() if text not in shown} == set()
        assert day in read.select_one(".event").get_text()
        assert "10:00" in read.select_one(".timetable").get_text()
        assert read.select_one("video source")["src"] == film.public_address
    assert "fi: Biblioteket" in page(finnish.public_path()).get_text()
    place = page(arabic.public_path()).find("dd", lang="sv")
    assert (place.get_text(), place["dir"]) == ("Biblioteket", "ltr")


def test_date_that_moves_is_moved_in_every_language_at_once(event):
    finnish = translated(event, "fi", FINNISH)

    editor = Editor(Client(), person("editor"))
    written(editor.edit(event)).fill(starts_on="2026-08-29").submit()
    approve(event, review_of(event), "approver")

    assert "29. elokuuta 2026" in page(finnish.public_path()).get_text()
    assert answer(f"/api/v1/pages/{event.translation_key}?lang=fi")["starts_on"] == (
        "2026-08-29"
    )


def test_found_by_its_words(event):
    finnish = translated(event, "fi", FINNISH)

    for words in ("avoimet ovet", "Päivän aikana"):
        hits = answer(f"/api/v1/search?lang=fi&q={quote(words)}")["items"]
        assert [hit["path"] for hit in hits] == [finnish.public_path()], words


def test_api_has_it_by_the_names_of_its_kind(event, place, film):
    translated(event, "fi", FINNISH)

    found = answer(f"/api/v1/pages/{event.translation_key}?lang=fi")

    assert found["type"] == "events.event"
    assert found["starts_on"] == "2026-08-22"
    assert found["place"] == str(place.translation_key)
    assert found["film"] == film.public_address
    (timetable,) = found["body"]
    assert timetable["points"][0]["what"] == "Ovet avataan"
    (listed,) = answer("/api/v1/pages?type=events.event&lang=fi")["items"]
    assert listed["title"] == FINNISH[TITLE]
    (own,) = answer("/api/v1/events?lang=fi")
    assert (own["title"], own["starts_on"]) == (FINNISH[TITLE], "2026-08-22")


def test_machines_are_told(event):
    read = page(event.public_path())
    (described,) = read.find_all("script", type="application/ld+json")
    graph = json.loads(described.string)["@graph"]

    assert graph[0]["@type"] == "Event"
    assert graph[0]["startDate"] == "2026-08-22"
    assert TITLE in Client().get("/feeds/sv/events.atom").content.decode()
    types = {each["type"] for each in answer("/api/v1/changes?since=0")["items"]}
    assert "events.event" in types


def test_typescript_knows_it_by_name(event, tmp_path):
    program = """
import type { components } from "./api";
type Page = components["schemas"]["Page"];
type Block = components["schemas"]["Block"];
export const day = (page: Page): string | null =>
  page.type === "events.event" ? page.starts_on : null;
export const times = (block: Block): string[] =>
  block.type === "timetable" ? block.points.map((point) => point.time) : [];
"""

    assert faults(answer("/api/v1/openapi.json"), program, tmp_path) == ""


def test_its_migrations_are_whole(db):
    call_command("makemigrations", "events", check=True, dry_run=True, verbosity=0)


def test_archive_and_mirror_hold_it(event, tmp_path):
    address = event.public_path()
    before = Client().get(address).content.decode()
    then = timezone.now()
    publish(event, title="Öppet hus är inställt")

    look = looking.look(
        address, "", then + timedelta(microseconds=1), by=person("admin")
    )
    export_static(tmp_path)

    mirror = tmp_path / "current"
    kept = (mirror / load(mirror).answers[address].file).read_text()
    assert TITLE in before
    assert TITLE in look.content.decode()
    assert "Öppet hus är inställt" in kept


def test_place_that_an_event_names_is_not_deleted_unseen(event, place):
    address = reverse(place.snippet_viewset.get_url_name("delete"), args=[place.pk])

    as_("approver").post(address)

    assert type(place).objects.filter(pk=place.pk).exists()
    assert "Biblioteket" in page(event.public_path()).get_text()

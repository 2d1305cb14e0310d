"""The desk in a browser: each text is saved by itself, and nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cms.desk import actions, workbench
from tests.factories import translations
from tests.factories.people import person
from tests.stages.remembering import reloaded
from tests.stages.stage import stage

SEGMENTS = re.compile(r"/segments/\d+/$")


@stage
def translation_of_the_module(site_of_the_module):
    """An article that somebody has begun to translate into Finnish."""
    body = [("paragraph", '<p>Läs <a href="https://example.org/">mer</a> nu.</p>')]
    article = site_of_the_module.live_article(title="Nya lampor", body=body)
    return translations.start(article, "fi")


@pytest.fixture
def translation(translation_of_the_module, site):
    return reloaded(translation_of_the_module)


@pytest.fixture
def desk(as_person, translation):
    """The desk of the Finnish translation, open in a browser."""
    page = as_person("translator_fi")
    page.goto(reverse("desk:translation", args=[translation.pk]))
    return page


def stored(translation, label):
    bench = workbench.open_workbench(translation)
    return next(s for s in bench.segments if s.label == label)


def box(page, label):
    return page.get_by_role("textbox", name=f"{label}, Suomi")


def test_text_is_saved_while_writing_goes_on(desk, translation):
    box(desk, "Titel").fill("Uudet lamput")

    expect(desk.get_by_role("status").filter(has_text="Spara")).to_contain_text(
        "Sparat"
    )
    assert stored(translation, "Titel").target == "Uudet lamput"


def test_keyboard_alone_goes_from_text_to_text(desk, translation):
    box(desk, "Titel").focus()
    desk.keyboard.type("Uudet lamput")
    desk.keyboard.press("Control+Enter")

    expect(box(desk, "Ingress")).to_be_focused()
    expect(desk.locator("[data-done]")).to_have_text("1")
    assert stored(translation, "Titel").target == "Uudet lamput"


def test_text_stays_and_is_saved_when_the_server_is_back(desk, translation):
    desk.route(SEGMENTS, lambda route: route.abort())
    box(desk, "Titel").fill("Uudet lamput")
    expect(desk.get_by_text("Ingen kontakt med servern")).to_be_visible()
    expect(box(desk, "Titel")).to_have_value("Uudet lamput")

    desk.unroute(SEGMENTS)
    desk.get_by_role("button", name="Försök igen").click()

    expect(desk.locator("[data-done]")).to_have_text("1")
    assert stored(translation, "Titel").target == "Uudet lamput"


def test_both_texts_are_shown_when_two_write_the_same(desk, translation):
    title = stored(translation, "Titel")
    actions.save_segment(
        translation, title.id, "Toisen teksti",
        base_version=title.version, by=person("translator_fi2"),
    )  # fmt: skip

    box(desk, "Titel").fill("Minun teksti")

    expect(desk.get_by_text("Toisen teksti")).to_be_visible()
    expect(box(desk, "Titel")).to_have_value("Minun teksti")
    assert stored(translation, "Titel").target == "Toisen teksti"
    desk.get_by_role("button", name="Behåll min text").click()
    expect(desk.get_by_text("Toisen teksti")).to_be_hidden()
    expect(desk.locator("[data-saving]").first).to_contain_text("Sparat")
    assert stored(translation, "Titel").target == "Minun teksti"


def test_links_of_the_source_are_put_in_with_a_button(desk, translation):
    box(desk, "Stycke").fill("Lue ")
    desk.get_by_role("button", name="Länk: mer").click()
    # Leaving the box has saved it once; what follows is a save of its own.
    expect(desk.locator("[data-done]")).to_have_text("1")
    with desk.expect_response(SEGMENTS):
        desk.keyboard.type("lisää")

    expect(box(desk, "Stycke")).to_have_value('Lue <a id="a1">lisää</a>')
    assert stored(translation, "Stycke").target == 'Lue <a id="a1">lisää</a>'


def test_desk_reflows_on_a_narrow_screen(desk):
    desk.set_viewport_size({"width": 320, "height": 640})

    assert desk.evaluate("document.querySelector('main').scrollWidth") <= 320


def test_desk_and_list_can_be_used_by_everybody(desk, axe_of_main):
    assert axe_of_main(desk) == []
    desk.goto(reverse("desk:list"))
    assert axe_of_main(desk) == []
    desk.goto(reverse("review:list"))
    assert axe_of_main(desk) == []


@pytest.fixture
def axe_of_main(axe_source):
    """Violations in our part of the admin."""

    def violations(page):
        page.evaluate(axe_source)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        result = page.evaluate(
            "tags => axe.run('main', {runOnly: {type: 'tag', values: tags}})", tags
        )
        return [
            (found["id"], found["nodes"][0]["html"]) for found in result["violations"]
        ]

    return violations

"""What a page must be like before it may be reviewed."""

from __future__ import annotations

import pytest

from cms.core.house_rules import RESERVED_SLUGS
from cms.gate import actions
from cms.gate.errors import NotFit
from tests.factories.files import make_image
from tests.factories.pages import make_standard, submit
from tests.factories.people import person
from tests.factories.town import every_block
from tests.factories.translations import start, translate


def codes(page):
    return {issue.code for issue in page.publication_issues()}


def quote(approved):
    facts = {"text": "Ja.", "name": "Jonas Ek", "title": "", "organisation": ""}
    return [("quote", {**facts, "approved": approved})]


def headings(*levels):
    return [("heading", {"level": level, "text": "R"}) for level in levels]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"title": "Å" * 91}, "title_length"),
        ({"ingress": " "}, "ingress"),
        ({"ingress": "Å" * 401}, "ingress_length"),
        ({"body": headings("3")}, "heading_level"),
        ({"body": quote(approved=False)}, "quote_approval"),
    ],
)
def test_fault_is_named(site, facts, code):
    assert codes(site.article(**facts)) == {code}


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"title": "Å" * 90, "ingress": "Å" * 400},
        {"body": headings("2", "3", "3", "2", "3")},
        {"body": quote(approved=True)},
    ],
)
def test_good_page_has_no_fault(site, facts):
    assert codes(site.article(**facts)) == set()


def test_every_block_at_once_is_no_fault(site):
    body = every_block(site.index, site.home, site.index)

    assert codes(site.article(body=body)) == set()


@pytest.mark.parametrize(
    "slug", [*sorted(RESERVED_SLUGS), "fi", "ar", "uk", "sv", "fa-af", "Fi", "API"]
)
def test_slug_that_leads_elsewhere_is_refused(site, slug):
    page = make_standard(site.home, slug=slug)

    assert codes(page) == {"reserved_slug"}
    with pytest.raises(NotFit):
        submit(page)


@pytest.mark.parametrize("slug", ["finland", "api-hjalp", "arabiska"])
def test_slug_that_only_looks_like_one_is_fine(site, slug):
    assert codes(make_standard(site.home, slug=slug)) == set()


def test_reserved_word_further_down_is_fine(site):
    assert codes(site.article(slug="api")) == set()
    assert codes(site.article(slug="fi")) == set()


def test_translation_must_not_take_the_address_of_another_page(site):
    """Finnish readers find the untranslated page at its Swedish address."""
    site.live_article(slug="lampor")
    other = site.live_article(slug="annat")
    start(other, "fi")

    with pytest.raises(NotFit) as refusal:
        translate(other, "fi", {"slug": "lampor"})

    assert [issue.code for issue in refusal.value.issues] == ["address_taken"]


def test_new_page_must_not_be_hidden_by_a_translation(site):
    translate(site.live_article(slug="annat"), "fi", {"slug": "lampor"})
    page = site.article(slug="lampor")

    assert codes(page) == {"address_taken"}


def test_translation_may_keep_the_swedish_slug(site):
    article = site.live_article(slug="lampor")
    target = translate(article, "fi", {"slug": "lampor"})

    assert codes(target) == set()
    actions.withdraw(target, by=person("reviewer_fi"))


@pytest.mark.parametrize("place", ["hero", "block"])
@pytest.mark.parametrize(
    ("alt", "decorative", "is_fit"),
    [
        ("", False, False),
        (" ", False, False),
        ("Torget", False, True),
        ("", True, True),
    ],
)
def test_image_is_described_or_said_to_decorate(site, place, alt, decorative, is_fit):
    image = make_image()
    if place == "hero":
        facts = {"hero_image": image, "hero_alt": alt, "hero_decorative": decorative}
    else:
        block = {"image": image, "alt": alt, "decorative": decorative, "caption": ""}
        facts = {"body": [("image", block)]}
    page = site.article(**facts)

    found = [issue.code for issue in page.publication_issues()]

    assert ("alt" not in found) == is_fit
    if not is_fit:
        with pytest.raises(NotFit):
            submit(page)


def test_image_is_described_in_each_language(site):
    page = site.live_article(hero_image=make_image(), hero_alt="Torget")
    finnish = translate(page, "fi", {"hero_alt": "Tori"})
    finnish.hero_alt = ""

    assert "alt" in [issue.code for issue in finnish.publication_issues()]

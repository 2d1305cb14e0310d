"""Languages as data: the table is sound, and Django and Wagtail know every row."""

from __future__ import annotations

import gettext
from datetime import date

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale

ROWS = settings.CMS_LANGUAGES
TAGS = [row["tag"] for row in ROWS]
PAGE_CODES = [code for code, _name in settings.LANGUAGES]
POSTGRES_CONFIGS = {
    *("simple", "arabic", "english", "finnish", "german", "hungarian", "russian"),
    *("serbian", "spanish", "swedish", "turkish", "yiddish"),
}


def test_swedish_is_first_and_the_source():
    assert ROWS[0]["tag"] == "sv" == settings.LANGUAGE_CODE
    assert ROWS[0]["fallback"] == []


def test_finnish_is_the_first_translation():
    """Sandviken is an administrative area for Finnish."""
    translations = [tag for tag in TAGS if not tag.startswith("sv")]

    assert translations[0] == "fi"


def test_tags_and_places_are_unique():
    assert len({tag.lower() for tag in TAGS}) == len(TAGS)
    assert len({row["order"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS[1:], ids=TAGS[1:])
def test_fallback_ends_in_swedish_and_names_known_languages(row):
    assert row["fallback"][-1] == "sv"
    assert set(row["fallback"]) <= set(TAGS) - {row["tag"]}


@pytest.mark.parametrize("row", ROWS, ids=TAGS)
def test_row_is_complete(row):
    assert all(row[name] for name in ("autonym", "name_sv", "name_en", "legal_basis"))
    assert row["direction"] in {"ltr", "rtl"}
    assert (row["direction"] == "rtl") is (row["script"] in {"Arab", "Hebr"})
    assert row["start"] in {"visible", "configured", "available", "media"}
    assert row["fts_config"] in POSTGRES_CONFIGS


def test_machines_do_not_write_for_minorities_or_in_easy_swedish():
    by_hand = {"sv", "sv-x-lattlast", "fi", "fit", "se", "smj", "sma", "rom", "yi"}

    assert not [row for row in ROWS if row["tag"] in by_hand and row["mt_allowed"]]


@pytest.mark.parametrize(
    ("tag", "forms"),
    [
        ("sv", 2),
        ("ar", 6),
        ("uk", 3),
        ("pl", 3),
        ("ru", 3),
        ("bs", 3),
        ("se", 3),
        ("th", 1),
        ("vi", 1),
    ],
)
def test_plural_rule_uses_its_forms_for_whole_numbers(tag, forms):
    rule = next(row["plural_forms"] for row in ROWS if row["tag"] == tag)
    choose = gettext.c2py(rule.split("plural=")[1].rstrip(";"))

    used = {choose(number) for number in (0, 1, 2, 3, 5, 11, 21, 100)}

    assert used == set(range(forms))


@pytest.mark.parametrize("code", PAGE_CODES)
def test_django_knows_every_language_itself_and_not_a_relative(code):
    assert translation.check_for_language(code)
    assert translation.get_supported_language_variant(code) == code
    with translation.override(code):
        assert translation.get_language() == code


@pytest.mark.parametrize("row", ROWS, ids=TAGS)
def test_language_info_is_ours(row):
    info = translation.get_language_info(row["tag"].lower())

    assert info["name_local"] == row["autonym"]
    assert info["bidi"] is (row["direction"] == "rtl")


@pytest.mark.parametrize("code", PAGE_CODES)
def test_wagtail_takes_every_language_for_its_content(code):
    assert get_supported_content_language_variant(code) == code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "is_bidi"),
    [
        ("so", False),
        ("sv-x-lattlast", False),
        ("ti", False),
        ("kmr", False),
        ("fa-af", True),
        ("ckb", True),
        ("yi", True),
        ("ps", True),
    ],
)
def test_locale_can_be_made_and_knows_its_direction(code, is_bidi):
    locale, _created = Locale.objects.get_or_create(language_code=code)
    locale.full_clean(exclude=["language_code"])

    autonym = next(row["autonym"] for row in ROWS if row["tag"].lower() == code)
    assert locale.get_display_name() == autonym
    assert locale.is_bidi is is_bidi


@pytest.mark.parametrize("code", ["so", "ti", "fa-af"])
def test_language_without_words_falls_back_without_failing(code):
    with translation.override(code):
        assert date_format(date(2018, 2, 2))

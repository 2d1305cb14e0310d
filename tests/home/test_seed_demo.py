"""The demo municipality shows every state that a page can be in."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Domain report 6.4; what is not named is not translated.
MATRIX = {
    "polisen-och-kommunen-fortsatter-tillsammans": {
        "sv-x-lattlast": "current",
        "fi": "current",
        "en": "current",
        "ar": "machine",
    },
    "lever-du-med-nagon-som-skrammer-eller-slar-dig": {
        "sv-x-lattlast": "current",
        "fi": "current",
        "en": "current",
        "ar": "current",
        "so": "outdated",
    },
    "nu-tands-lamporna-pa-23-morka-platser": {
        "fi": "outdated",
        "en": "current",
        "ar": "machine",
    },
    "sa-valjer-vi-vad-som-oversatts": {
        "sv-x-lattlast": "current",
        "fi": "current",
        "en": "current",
        "ar": "current",
        "so": "current",
    },
}
TRANSLATED = ("sv-x-lattlast", "fi", "en", "ar", "so")


def seed() -> None:
    call_command("seed_demo", stdout=StringIO())


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator:
    """The demo municipality, made once and undone when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            from django.conf import settings  # noqa: PLC0415

            patch.setattr(settings, "CMS_DEMO", True)
            seed()
            yield
        transaction.set_rollback(True)


def states(slug: str) -> dict[str, str]:
    from cms.translation.reading import read_path  # noqa: PLC0415

    reading = read_path(f"/nyheter/{slug}/")
    return {
        choice.tag: choice.state
        for choice in reading.languages
        if choice.tag in TRANSLATED
    }


@pytest.mark.parametrize("slug", MATRIX)
def test_each_language_is_in_the_state_the_demo_is_to_show(demo, db, slug):
    expected = dict.fromkeys(TRANSLATED, "missing") | MATRIX[slug]

    assert states(slug) == expected


def test_a_machine_translation_that_somebody_examined_says_so(demo, db):
    from cms.translation.reading import read_path  # noqa: PLC0415

    reading = read_path("/nyheter/nu-tands-lamporna-pa-23-morka-platser/")
    path = next(c.path for c in reading.languages if c.tag == "en")

    passport = read_path(path).passport

    assert (passport.origin, passport.review) == ("machine", "approved")
    assert "machine_checked" in {notice.code for notice in passport.notices}


def test_seeding_again_changes_nothing(demo, db):
    from cms.publication.models import Publication  # noqa: PLC0415

    before = list(Publication.objects.values_list("row_hash", flat=True))

    seed()

    assert list(Publication.objects.values_list("row_hash", flat=True)) == before


def test_the_log_of_the_demo_is_intact(demo, db):
    out = StringIO()

    call_command("verify_log", stdout=out)

    assert "intact" in out.getvalue()


def test_languages_that_nobody_translates_into_are_not_offered(demo, db):
    from cms.translation.models import Language  # noqa: PLC0415

    hidden = Language.objects.filter(visible=False).values_list("tag", flat=True)

    assert set(hidden) == {"uk", "fa-AF", "ti", "ckb"}


def test_known_passwords_are_not_made_without_the_word_demo(db, settings):
    from django.contrib.auth.models import User  # noqa: PLC0415

    settings.CMS_DEMO = False
    User.objects.filter(username="admin").delete()

    with pytest.raises(CommandError, match="DEMO=1"):
        seed()

    assert not User.objects.filter(username="admin").exists()

"""The demo municipality shows every state that a page can be in."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.stages.stage import stage

CURRENT = "current"
PAGE = dict.fromkeys(("sv-x-lattlast", "fi", "en", "ar"), CURRENT)
EVERYWHERE = PAGE | {"so": CURRENT}
REPORT = {"fi": CURRENT, "en": CURRENT}
#: Domain report 6.4; what is not named is not translated.
MATRIX = {
    "/nyheter/polisen-och-kommunen-fortsatter-tillsammans/": PAGE | {"ar": "machine"},
    "/nyheter/lever-du-med-nagon-som-skrammer-eller-slar-dig/": {
        **PAGE,
        "so": "outdated",
    },
    "/nyheter/nu-tands-lamporna-pa-23-morka-platser/": {
        "fi": "outdated",
        "en": CURRENT,
        "ar": "machine",
    },
    "/nyheter/sa-valjer-vi-vad-som-oversatts/": EVERYWHERE,
    "/loften/": EVERYWHERE,
    "/loften/2018-2019/": EVERYWHERE,
    "/loften/2018-2019/lugnare-trafik-dar-du-bor/": PAGE | {"ar": "machine"},
    "/loften/2018-2019/mer-ljus-dar-det-kanns-morkt/": PAGE | {"ar": "machine"},
    "/loften/2018-2019/uppfoljning-halvar-1-2018/": REPORT,
    "/loften/2018-2019/uppfoljning-helar-2018/": REPORT,
    "/loften/2018-2019/slutuppfoljning-2018-2019/": REPORT,
    "/loften/2022-2023/": EVERYWHERE,
    "/loften/2022-2023/tryggare-vardag-for-barn-och-unga/": PAGE | {"ar": "machine"},
    "/loften/2022-2023/slutuppfoljning-2022-2023/": REPORT,
    "/loften/2026-2027/": EVERYWHERE,
    "/loften/2026-2027/tryggt-hem-fran-station-och-skola/": {
        "fi": CURRENT,
        "en": "outdated",
    },
    "/loften/2026-2027/uppfoljning-tertial-1-2026/": {},
    "/fokusomraden/": EVERYWHERE,
    "/fokusomraden/droger/": PAGE,
    "/fokusomraden/vald-i-nara-relationer/": PAGE,
    "/fokusomraden/trygghet-pa-offentliga-platser/": PAGE,
}
#: Begun by a translator, and not public: staff see it "in progress".
BEGUN = [
    ("/loften/2018-2019/lugnare-trafik-dar-du-bor/", "so"),
    ("/loften/2018-2019/mer-ljus-dar-det-kanns-morkt/", "so"),
    ("/loften/2026-2027/uppfoljning-tertial-1-2026/", "fi"),
]
#: The day on which the demo is read.
TODAY = date(2026, 11, 22)
TRANSLATED = ("sv-x-lattlast", "fi", "en", "ar", "so")


def seed() -> None:
    call_command("seed_demo", stdout=StringIO())


@stage
def demo() -> None:
    """The demo municipality."""
    seed()


def states(path: str) -> dict[str, str]:
    from cms.reading.pages import read_path  # noqa: PLC0415

    reading = read_path(path)
    return {
        choice.tag: choice.state
        for choice in reading.languages
        if choice.tag in TRANSLATED
    }


def passport(path: str, tag: str):
    from cms.reading.pages import read_path  # noqa: PLC0415

    there = next(c.path for c in read_path(path).languages if c.tag == tag)
    return read_path(there).passport


def document(path: str) -> dict[str, Any]:
    from cms.log.models import Head  # noqa: PLC0415

    return Head.objects.get(locale="sv", path=path).publication.document


def heads(kind: str):
    from cms.log.models import Head  # noqa: PLC0415

    found = Head.objects.filter(type=kind, locale="sv")
    return found.select_related("publication")


@pytest.mark.parametrize("path", MATRIX)
def test_each_language_is_in_the_state_the_demo_is_to_show(demo, db, path):
    expected = dict.fromkeys(TRANSLATED, "missing") | MATRIX[path]

    assert states(path) == expected


def test_every_page_about_pledges_is_in_the_matrix(demo, db):
    from cms.log.models import Head  # noqa: PLC0415

    found = Head.objects.pages().filter(locale="sv", type__startswith="pledges.")

    paths = set(found.values_list("path", flat=True))
    assert paths == {path for path in MATRIX if not path.startswith("/nyheter/")}


@pytest.mark.parametrize(
    ("path", "tag", "origin", "review"),
    [
        ("/nyheter/nu-tands-lamporna-pa-23-morka-platser/", "en", "machine", True),
        ("/loften/2026-2027/tryggt-hem-fran-station-och-skola/", "en", "machine", True),
        ("/loften/2018-2019/lugnare-trafik-dar-du-bor/", "fi", "human", True),
        ("/loften/2018-2019/lugnare-trafik-dar-du-bor/", "ar", "machine_edited", False),
        ("/fokusomraden/vald-i-nara-relationer/", "ar", "human", True),
    ],
)
def test_readers_are_told_who_translated_and_whether_somebody_examined_it(
    demo, db, path, tag, origin, review
):
    found = passport(path, tag)

    assert (found.origin, found.review) == (origin, "approved" if review else "none")
    examined_machine = review and origin == "machine"
    codes = {notice.code for notice in found.notices}
    assert ("machine_checked" in codes) == examined_machine


@pytest.mark.parametrize(("path", "code"), BEGUN)
def test_what_a_translator_has_begun_waits_at_the_desk(demo, db, path, code):
    from wagtail.models import Page  # noqa: PLC0415

    from cms.desk import workbench  # noqa: PLC0415
    from cms.engine import localize  # noqa: PLC0415
    from cms.gate import record  # noqa: PLC0415
    from cms.log.models import Head  # noqa: PLC0415

    key = Head.objects.get(locale="sv", path=path).key
    draft = Page.objects.get(translation_key=key, locale__language_code=code).specific
    bench = workbench.open_workbench(localize.translation_of(draft))

    assert not record.is_public(draft)
    assert 0 < bench.done < bench.total


def test_the_second_follow_up_of_the_pledge_that_goes_on_is_missing(demo, db):
    from pledges.accounts import Planned, missing  # noqa: PLC0415

    reported = {
        head.publication.document["occasion"] for head in heads("pledges.follow_up")
    }
    planned = [
        Planned(
            each["key"], date.fromisoformat(each["due_on"]), each["is_final"],
            followup=each["key"] if each["key"] in reported else None,
        )
        for head in heads("pledges.programme")
        for each in head.publication.document["planned_followups"]
    ]  # fmt: skip

    assert [each.due_on for each in missing(planned, TODAY)] == [date(2026, 10, 15)]


def test_pledges_say_how_they_went_once_their_period_is_over(demo, db):
    outcomes = {
        head.path.split("/")[-2]: head.publication.document["outcome"]
        for head in heads("pledges.pledge")
    }

    assert outcomes == {
        "lugnare-trafik-dar-du-bor": "partly",
        "mer-ljus-dar-det-kanns-morkt": "fulfilled",
        "tryggare-vardag-for-barn-och-unga": "partly",
        "tryggt-hem-fran-station-och-skola": None,
    }


def test_the_cell_with_few_answers_is_in_no_public_text(demo, db):
    from cms.log.models import Publication  # noqa: PLC0415
    from pledges.models import SurveyResult  # noqa: PLC0415

    originals = SurveyResult.objects.filter(survey__locale__language_code="sv")
    small = originals.get(n__lt=30)
    documents = Publication.objects.values_list("document", flat=True)

    assert small.group == "Österfärnebo"
    assert not any(small.group in str(document) for document in documents)


def test_old_reports_carry_the_day_they_were_published(demo, db):
    days = {
        head.path.split("/")[-2]: head.publication.content_updated_at.date()
        for head in heads("pledges.follow_up")
    }

    assert days["slutuppfoljning-2018-2019"] == date(2020, 1, 28)
    assert days["uppfoljning-tertial-1-2026"] == date(2026, 6, 10)


def test_articles_show_pledges_and_are_found_by_focus_area(demo, db):
    article = document("/nyheter/polisen-och-kommunen-fortsatter-tillsammans/")
    pledges = {str(head.key) for head in heads("pledges.pledge")}
    areas = {str(head.key) for head in heads("pledges.focus_area")}
    shown = [b for b in article["body"] if b["type"].endswith("_card")]

    assert len([key for b in shown for key in b.get("pledges", ())]) == 2
    assert {key for b in shown for key in b.get("pledges", ())} < pledges
    assert {key for b in shown for key in b.get("focus_areas", ())} == areas
    assert set(article["focus_areas"]) < areas


def test_seeding_again_changes_nothing(demo, db):
    from cms.log.models import Publication  # noqa: PLC0415

    before = list(Publication.objects.values_list("row_hash", flat=True))

    seed()

    assert list(Publication.objects.values_list("row_hash", flat=True)) == before


def test_the_log_of_the_demo_is_intact(demo, db):
    out = StringIO()

    call_command("verify_log", stdout=out)

    assert "intact" in out.getvalue()


def test_languages_that_nobody_translates_into_are_not_offered(demo, db):
    from cms.reading.models import Language  # noqa: PLC0415

    hidden = Language.objects.filter(visible=False).values_list("tag", flat=True)

    assert set(hidden) == {"uk", "fa-AF", "ti", "ckb"}


def test_known_passwords_are_not_made_without_the_word_demo(db, settings):
    from django.contrib.auth.models import User  # noqa: PLC0415

    settings.CMS_DEMO = False
    User.objects.filter(username="admin").delete()

    with pytest.raises(CommandError, match="DEMO=1"):
        seed()

    assert not User.objects.filter(username="admin").exists()

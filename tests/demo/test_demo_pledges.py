"""The texts of the demo's pledges: every language whole, every number the same.

Plain files are read here, no database. A text is a dictionary from language to words;
everything else is a fact, and facts are written once.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "demo" / "pledges"
FILES = sorted(FOLDER.rglob("*.json"))
EASY_READ = "sv-x-lattlast"
SHARED = {"fi", "en", "ar"}
PAGE = SHARED | {EASY_READ}
#: Domain report 6.4. What is not named here is translated like all of its kind.
LANGUAGES = {
    **dict.fromkeys(("2018-2019", "2022-2023", "2026-2027"), PAGE | {"so"}),
    **dict.fromkeys(("pledges", "focus_areas"), PAGE | {"so"}),
    **dict.fromkeys(("A", "B", "C"), PAGE),
    "D": {"fi", "en"},
    **dict.fromkeys(
        ("droger", "vald-i-nara-relationer", "trygghet-pa-offentliga-platser"), PAGE
    ),
    "tertial-1-2026": set(),
}
LANGUAGES_OF_REPORTS = {"fi", "en"}
LANGUAGES_OF_SHARED = {
    "kommunen": SHARED | {"so"},
    "polisen": SHARED | {"so"},
    "hosten-2025": {"fi", "en"},
}
LONGEST = {
    "title": 140, "ingress": 250, "schedule_text": 160, "unit": 60, "label": 120,
    "goals": 200, "goal": 400, "outcome_summary": 600, "caveat": 400, "next_steps": 600,
    "text": 600, "reason": 600, "role_title": 120, "display_name": 160, "measure": 300,
    "name": 120, "mission": 500, "method": 500, "question_text": 400, "theme": 80,
    "meeting_frequency": 160, "convener_role": 120, "signed_at_place": 120,
    "what_we_take_further": 600, "what_we_cannot_do": 600, "method_break_note": 250,
}  # fmt: skip
APART = {"pledges", "follow_ups", "slug", "begun", "update"}
SPEAKS_FOR_ITSELF = {"ongoing", "recurring", "done"}
FICTIONAL_PEOPLE = {
    *("Mikaela Nordlund", "Jonas Ek", "Samira Haddad", "Lena Forsgren"),
    *("Petter Wallin", "Ann-Sofi Hedman", "Tuula Mäkelä", "Ove Brändström"),
}
INVENTED_NUMBER = re.compile(r"\+467017406(?:0[5-9]|[1-9]\d)")
FEW_ANSWERS = 30

Item = dict[str, Any]


def read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def programmes() -> list[Item]:
    return [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((FOLDER / "programmes").glob("*.json"))
    ]


def pages() -> Iterator[tuple[str, Item]]:
    yield from read("index_pages").items()
    yield from ((item["key"], item) for item in read("focus_areas"))
    for programme in programmes():
        yield programme["key"], programme
        for item in (*programme["pledges"], *programme["follow_ups"]):
            yield item["key"], item


def shared() -> Iterator[tuple[str, Item]]:
    for name in ("partners", "people", "working_groups", "places", "dialogues"):
        yield from ((item["key"], item) for item in read(name))
    yield from ((item["code"], item) for item in read("surveys")["indicators"])
    yield from ((item["key"], item) for item in read("surveys")["surveys"])


def is_text(value: Any) -> bool:
    return isinstance(value, dict) and "sv" in value


def texts(value: Any, name: str = "") -> Iterator[tuple[str, Item]]:
    """Every text of an object with the name of its field, inner objects too."""
    if is_text(value):
        yield name, value
    elif isinstance(value, dict):
        for field, part in value.items():
            if field not in APART or (field == "slug" and is_text(part)):
                yield from texts(part, field)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part, name)


def words(value: Any) -> str:
    """Everything a reader sees of a text, blocks of a body too."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return " ".join(words(part) for part in value)
    if isinstance(value, dict):
        return " ".join(words(value[key]) for key in value if key not in {"type"})
    return ""


def numbers(value: Any) -> Counter[str]:
    return Counter(re.findall(r"\d+", words(value)))


def tags(value: Any) -> list[str]:
    return re.findall(r"<[^>]+>", words(value))


PAGES = [pytest.param(name, item, id=f"page-{name}") for name, item in pages()]
BLOCKS = [pytest.param(name, item, id=f"block-{name}") for name, item in shared()]
OBJECTS = [*PAGES, *BLOCKS]
REPORTS = [
    pytest.param(programme, report, id=report["key"])
    for programme in programmes()
    for report in programme["follow_ups"]
]


@pytest.mark.parametrize(("name", "item"), PAGES)
def test_page_is_in_the_languages_of_the_matrix(name: str, item: Item) -> None:
    assert set(item["languages"]) == LANGUAGES.get(name, LANGUAGES_OF_REPORTS)
    for field, text in texts(item):
        assert set(text) == {"sv", *item["languages"]}, field


@pytest.mark.parametrize(("name", "item"), BLOCKS)
def test_shared_block_is_in_every_language_that_needs_it(name: str, item: Item) -> None:
    promised = LANGUAGES_OF_SHARED.get(name, SHARED)

    assert list(texts(item))
    for field, text in texts(item):
        assert set(text) == {"sv", *promised}, field


@pytest.mark.parametrize(("name", "item"), OBJECTS)
def test_every_language_has_the_numbers_and_marks_of_the_swedish_text(
    name: str, item: Item
) -> None:
    for field, text in texts(item):
        for code, words_there in text.items():
            assert numbers(words_there) == numbers(text["sv"]), (field, code)
            assert tags(words_there) == tags(text["sv"]), (field, code)
            assert words(words_there).strip(), (field, code)


@pytest.mark.parametrize(("name", "item"), OBJECTS)
def test_a_swedish_string_has_one_translation_in_each_language(
    name: str, item: Item
) -> None:
    """The loader finds translations by the Swedish string."""
    known: dict[tuple[str, str], str] = {}
    for field, text in texts(item):
        if field in {"slug", "body"}:
            continue
        for code, there in text.items():
            assert known.setdefault((code, text["sv"]), there) == there


@pytest.mark.parametrize(("name", "item"), OBJECTS)
def test_texts_fit_their_fields(name: str, item: Item) -> None:
    for field, text in texts(item):
        longest = LONGEST.get(field)
        for code, there in text.items():
            if field not in {"slug", "body"} and not words(there).startswith("<p>"):
                assert longest, f"{field} has no length"
                assert len(there) <= longest, (field, code)


@pytest.mark.parametrize(("name", "item"), PAGES)
def test_titles_of_pages_fit(name: str, item: Item) -> None:
    assert all(len(title) <= 90 for title in item["title"].values())


@pytest.mark.parametrize(("name", "item"), PAGES)
def test_arabic_and_somali_pages_say_that_nobody_has_reviewed_the_language(
    name: str, item: Item
) -> None:
    for code in {"ar", "so"} & set(item["languages"]):
        note = item["body"][code][-1]
        assert note["type"] == "callout"
        assert note["heading"] in {"Demo", "نسخة تجريبية"}


@pytest.mark.parametrize(("programme", "report"), REPORTS)
def test_follow_up_reports_on_every_activity_and_says_why_not(
    programme: Item, report: Item
) -> None:
    activities = chain(*(pledge["activities"] for pledge in programme["pledges"]))
    planned = {each["key"] for each in programme["planned_followups"]}

    assert report["occasion"] in planned
    reported = [line["activity"] for line in report["lines"]]
    assert sorted(reported) == sorted(each["key"] for each in activities)
    for line in report["lines"]:
        assert ("reason" in line) == (line["status_after"] not in SPEAKS_FOR_ITSELF)


def test_the_latest_follow_up_says_what_the_story_tells() -> None:
    """Eight lit paths were promised, two are done, the posts are late."""
    latest = programmes()[-1]["follow_ups"][-1]
    [line] = [line for line in latest["lines"] if line["activity"] == "D2"]
    [activity] = [
        each
        for each in programmes()[-1]["pledges"][0]["activities"]
        if each["key"] == "D2"
    ]

    assert (activity["target_op"], activity["target_value"]) == ("exact", 8)
    assert (line["status_after"], line["value"]) == ("delayed", 2)
    assert "Stolparna" in line["reason"]["sv"]


def test_only_invented_people_sign_and_answer() -> None:
    signed = chain(*(programme["signatories"] for programme in programmes()))

    assert {each["person_name"] for each in signed} <= FICTIONAL_PEOPLE
    for person in read("people"):
        assert person["name"] in FICTIONAL_PEOPLE
        assert INVENTED_NUMBER.fullmatch(person["phone"])
        assert person["email"].endswith("@sandviken.example")


def test_every_series_goes_on_and_one_cell_is_too_small_to_show() -> None:
    surveys = read("surveys")["surveys"]
    totals = Counter(
        row["indicator"]
        for survey in surveys
        for row in survey["results"]
        if row["dimension"] == "total"
    )
    few = [
        row for survey in surveys for row in survey["results"] if row["n"] < FEW_ANSWERS
    ]

    codes = [indicator["code"] for indicator in read("surveys")["indicators"]]
    assert totals == dict.fromkeys(codes, 5)
    assert [survey["year"] for survey in surveys if survey["method_break"]] == [2021]
    assert len(few) == 1
    assert few[0]["dimension"] != "total"


def test_women_and_men_together_are_everybody_who_answered() -> None:
    """A remainder of a few people could be worked out from the figures shown."""
    for survey in read("surveys")["surveys"]:
        shown = [row["n"] for row in survey["results"] if row["dimension"] == "gender"]
        assert sum(shown) in {0, survey["n_answered"]}


def test_places_lie_in_the_municipality_and_are_never_exact_points() -> None:
    for place in read("places"):
        shape = place["geometry"]["coordinates"]
        ring = shape[0] if place["geometry"]["type"] == "Polygon" else shape
        assert place["precision"] in {"street", "area"}
        assert len(ring) > 1
        for longitude, latitude in ring:
            assert 16.2 < longitude < 17.1
            assert 60.2 < latitude < 60.9
        assert (place["fixed_on"] is not None) == (place["lighting_status"] == "fixed")


def test_what_a_translator_has_begun_is_not_yet_a_language_of_the_page() -> None:
    begun = {name: set(item["begun"]) for name, item in pages() if "begun" in item}

    assert begun == {
        "A": {"so"}, "B": {"so"}, "C": {"so"}, "tertial-1-2026": {"fi"},
    }  # fmt: skip
    for name, item in pages():
        if name in begun:
            assert not begun[name] & set(item["languages"])


def test_there_is_no_file_that_nobody_reads() -> None:
    known = {"index_pages", "focus_areas", "surveys", "partners", "people"}
    known |= {"working_groups", "places", "dialogues"}

    assert {p.stem for p in FILES if p.parent == FOLDER} == known

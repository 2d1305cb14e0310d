"""The demo texts keep the promises that a loader and a reader rely on.

Plain files are read here, no database: what is wrong in them is wrong before loading.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
DEMO = REPOSITORY / "demo"
ARTICLE_FILES = sorted((DEMO / "articles").glob("*.json"))
RETOLD_PAGES = sorted(REPOSITORY.parent.glob("*/input/sandviken-2018-02-02.txt"))

EASY_READ = "sv-x-lattlast"
LANGUAGES_OF_ARTICLE = {
    1: {EASY_READ, "fi", "en", "ar"},
    3: {"fi", "en", "ar"},
    7: {"fi"},
    8: {EASY_READ, "fi", "en", "ar", "so"},
    10: {"fi"},
    12: {EASY_READ, "fi", "en", "ar", "so"},
}
MACHINE_TRANSLATED = {(1, "ar"), (3, "en"), (3, "ar")}
FIELDS_OF_BLOCK = {
    "heading": {"level", "text"},
    "paragraph": {"html"},
    "list": {"ordered", "items"},
    "quote": {"text", "name", "title", "organisation", "approved"},
    "facts": {"heading", "html"},
    "callout": {"tone", "heading", "html"},
    "table": {"caption", "header_row", "header_column", "rows"},
    "link_list": {"heading", "links"},
    "pledge_card": {"pledge"},
    "focus_area_card": {"focus_area"},
    "chart": {"indicators"},
    "places": {"heading", "places"},
}
CARDS = ("pledge_card", "focus_area_card")
CARDS_OF_ARTICLE = {
    1: ["pledge_card"] * 2 + ["focus_area_card"] * 3,
    3: ["places"],
    6: ["chart"],
    11: ["pledge_card"],
}
FIELDS_NEVER_TRANSLATED = {
    *("type", "level", "ordered", "name", "approved", "tone"),
    *("header_row", "header_column"),
    *("pledge", "focus_area", "indicators", "places"),
}
FICTIONAL_PEOPLE = {
    *("Mikaela Nordlund", "Jonas Ek", "Samira Haddad", "Lena Forsgren"),
    *("Petter Wallin", "Ann-Sofi Hedman", "Tuula Mäkelä", "Ove Brändström"),
}
REAL_OFFICIALS = ("Sundqvist", "Kärnström")
NUMBERS_THAT_WORK = {"020-50 50 50"}
INVENTED_NUMBER = re.compile(r"070-174 06 (?:0[5-9]|[1-9]\d)")
PHONE = re.compile(r"\b0\d{1,3}-\d+(?: \d+)*")
UNICODE_SLUG = re.compile(r"[-\w]+")
SHORTEST_COPIED_RUN = 7


@dataclass(frozen=True)
class Text:
    """One page in one language, beside the Swedish page it must match."""

    name: str
    language: str
    source: dict[str, Any]
    target: dict[str, Any]


def number_of(path: Path) -> int:
    return int(path.name[:2])


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def site_pages() -> Iterator[tuple[str, dict[str, Any]]]:
    site = read(DEMO / "site.json")
    yield from ((name, site[name]) for name in ("home", "news", "accessibility"))


def pages() -> Iterator[tuple[str, dict[str, Any]]]:
    yield from ((path.stem, read(path)) for path in ARTICLE_FILES)
    yield from site_pages()


def translations() -> Iterator[Text]:
    for name, page in pages():
        for language, target in page["translations"].items():
            yield Text(name, language, page["sv"], target)


def written() -> Iterator[Any]:
    """Every page in every language, Swedish too."""
    for name, page in pages():
        for language, text in {"sv": page["sv"], **page["translations"]}.items():
            yield pytest.param(text, id=f"{name}-{language}")


PAGES = [pytest.param(page, id=name) for name, page in pages()]
ARTICLES = [pytest.param(path, id=path.stem) for path in ARTICLE_FILES]
TRANSLATIONS = [pytest.param(t, id=f"{t.name}-{t.language}") for t in translations()]
WRITTEN = list(written())


def strings(value: Any) -> Iterator[str]:
    """Every text inside a block, with markup, in reading order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in FIELDS_NEVER_TRANSLATED:
                yield from strings(item)


def numbers(value: Any) -> Counter[str]:
    """Runs of digits: what separates them differs between languages."""
    return Counter(re.findall(r"\d+", " ".join(strings(value))))


def visible_words(text: dict[str, Any]) -> list[str]:
    parts = [text["title"], text["ingress"]]
    for block in text.get("body", []):
        kept = {key: block[key] for key in block if key != "links"}
        parts.extend(strings(kept))
    return re.sub(r"<[^>]+>", " ", " ".join(parts)).split()


def shape(block: dict[str, Any]) -> dict[str, Any]:
    """What must be the same in every language."""
    kept = {key: block[key] for key in block if key in FIELDS_NEVER_TRANSLATED}
    kept["fields"] = sorted(block)
    kept["items"] = len(block.get("items", []))
    kept["cells"] = [len(row) for row in block.get("rows", [])]
    kept["tags"] = re.findall(r"<[^>]+>", block.get("html", ""))
    kept["links"] = [
        {key: value for key, value in link.items() if key != "text"}
        for link in block.get("links", [])
    ]
    return kept


@cache
def names_of(kind: str) -> set[str]:
    """The names by which articles may refer to pledges, places and the like."""
    files = {"focus_area": "focus_areas.json", "place": "places.json"}
    if kind in files:
        return {item["key"] for item in read(DEMO / "pledges" / files[kind])}
    if kind == "indicator":
        surveys = read(DEMO / "pledges" / "surveys.json")
        return {item["code"] for item in surveys["indicators"]}
    programmes = (DEMO / "pledges" / "programmes").glob("*.json")
    return {item["key"] for path in programmes for item in read(path)["pledges"]}


def runs_of_words(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_there_are_twelve_articles_in_order() -> None:
    assert [number_of(path) for path in ARTICLE_FILES] == list(range(1, 13))


@pytest.mark.parametrize("path", ARTICLES)
def test_article_states_its_rules_with_known_words(path: Path) -> None:
    article = read(path)

    assert path.stem == f"{number_of(path):02d}-{article['slug']}"
    assert re.fullmatch(r"20(1[89]|2[0-6])-[01]\d-[0-3]\d", article["news_date"])
    assert "2018-02-02" <= article["news_date"] <= "2026-11-22"
    for text in (article, *article["translations"].values()):
        assert 0 < len(text["category"]) <= 60
    assert article["sensitivity"] in {"normal", "safety_critical"}
    assert article["mt_policy"] in {"allowed_with_label", "draft_only", "forbidden"}


@pytest.mark.parametrize("path", ARTICLES)
def test_article_is_translated_into_the_languages_of_the_matrix(path: Path) -> None:
    number, found = number_of(path), read(path)["translations"]

    assert set(found) == LANGUAGES_OF_ARTICLE.get(number, set())
    for language, target in found.items():
        is_machine = (number, language) in MACHINE_TRANSLATED
        assert target["origin"] == ("machine" if is_machine else "human")


@pytest.mark.parametrize("path", ARTICLES)
def test_safety_critical_article_is_never_given_to_a_machine(path: Path) -> None:
    article = read(path)

    if article["sensitivity"] == "safety_critical":
        assert article["mt_policy"] == "forbidden"
    if article["mt_policy"] != "allowed_with_label":
        origins = {t["origin"] for t in article["translations"].values()}
        assert "machine" not in origins


@pytest.mark.parametrize("path", ARTICLES)
def test_article_shows_the_cards_it_is_about(path: Path) -> None:
    kinds = [block["type"] for block in read(path)["sv"]["body"]]
    cards = [kind for kind in kinds if kind in {*CARDS, "chart", "places"}]

    assert cards == CARDS_OF_ARTICLE.get(number_of(path), [])


@pytest.mark.parametrize("path", ARTICLES)
def test_article_names_what_there_is_in_the_files_of_the_pledges(path: Path) -> None:
    article = read(path)

    assert set(article.get("focus_areas", [])) <= names_of("focus_area")
    for block in article["sv"]["body"]:
        for kind in ("pledge", "focus_area"):
            assert block.get(kind) in names_of(kind) | {None}
        assert set(block.get("indicators", [])) <= names_of("indicator")
        assert set(block.get("places", [])) <= names_of("place")


@pytest.mark.parametrize("path", ARTICLES)
def test_article_is_neither_a_stub_nor_a_report(path: Path) -> None:
    assert 120 <= len(visible_words(read(path)["sv"])) <= 400


@pytest.mark.parametrize("text", WRITTEN)
def test_title_and_ingress_fit(text: dict[str, Any]) -> None:
    assert 0 < len(text["title"]) <= 90
    assert 0 < len(text["ingress"]) <= 400


@pytest.mark.parametrize("text", WRITTEN)
def test_short_fields_of_blocks_fit(text: dict[str, Any]) -> None:
    for block in text.get("body", []):
        for field in ("heading", "title", "organisation"):
            assert len(block.get(field, "")) <= 120
        if block["type"] == "heading":
            assert len(block["text"]) <= 120
        assert all(len(link["text"]) <= 160 for link in block.get("links", []))


@pytest.mark.parametrize("text", WRITTEN)
def test_blocks_have_exactly_the_agreed_fields(text: dict[str, Any]) -> None:
    for block in text.get("body", []):
        assert set(block) - {"type"} == FIELDS_OF_BLOCK[block["type"]]
        if "html" in block:
            assert re.fullmatch(r"<p>(?:(?!</?p>).)+</p>", block["html"])


@pytest.mark.parametrize("text", WRITTEN)
def test_headings_never_skip_a_level(text: dict[str, Any]) -> None:
    level = 1
    for block in text.get("body", []):
        if block["type"] == "heading":
            assert 2 <= block["level"] <= min(level + 1, 3)
            level = block["level"]


@pytest.mark.parametrize("text", WRITTEN)
def test_tables_are_rectangles(text: dict[str, Any]) -> None:
    for block in text.get("body", []):
        assert len({len(row) for row in block.get("rows", [])}) <= 1


@pytest.mark.parametrize("text", WRITTEN)
def test_digits_are_the_same_in_every_script(text: dict[str, Any]) -> None:
    assert all(
        character in "0123456789"
        for character in " ".join(strings(text))
        if character.isdigit()
    )


@pytest.mark.parametrize("text", WRITTEN)
def test_only_invented_people_speak(text: dict[str, Any]) -> None:
    whole = " ".join(strings(text))

    assert not any(name in whole for name in REAL_OFFICIALS)
    for block in text.get("body", []):
        if block["type"] == "quote":
            assert block["name"] in FICTIONAL_PEOPLE
            assert block["approved"] is True


@pytest.mark.parametrize("text", WRITTEN)
def test_phone_numbers_are_invented_or_the_national_help_line(
    text: dict[str, Any],
) -> None:
    for number in PHONE.findall(" ".join(strings(text))):
        assert number in NUMBERS_THAT_WORK or INVENTED_NUMBER.fullmatch(number)


@pytest.mark.parametrize("pair", TRANSLATIONS)
def test_translation_has_the_structure_of_the_source(pair: Text) -> None:
    source, target = pair.source.get("body", []), pair.target.get("body", [])

    assert [shape(block) for block in target] == [shape(block) for block in source]


@pytest.mark.parametrize("pair", TRANSLATIONS)
def test_translation_keeps_every_number_in_its_block(pair: Text) -> None:
    for field in ("title", "ingress"):
        assert numbers(pair.target[field]) == numbers(pair.source[field])
    blocks = zip(pair.source.get("body", []), pair.target.get("body", []), strict=True)
    for source, target in blocks:
        assert numbers(target) == numbers(source)


@pytest.mark.parametrize("pair", TRANSLATIONS)
def test_translation_keeps_every_phone_number_whole(pair: Text) -> None:
    found = PHONE.findall(" ".join(strings(pair.target)))

    assert found == PHONE.findall(" ".join(strings(pair.source)))


@pytest.mark.parametrize("pair", TRANSLATIONS)
def test_phone_numbers_do_not_turn_round_in_arabic(pair: Text) -> None:
    """A number with spaces is set in a left-to-right isolate, or its parts swap."""
    if pair.language == "ar":
        whole = " ".join(strings(pair.target))
        isolated = re.findall("\u2066([^\u2066\u2069]+)\u2069", whole)
        assert whole.count("\u2066") == whole.count("\u2069") == len(isolated)
        assert set(PHONE.findall(whole)) <= set(isolated)


@pytest.mark.parametrize("path", ARTICLES)
def test_update_replaces_one_paragraph_and_leaves_a_translation_behind(
    path: Path,
) -> None:
    article = read(path)
    update = article.get("update")

    assert (update is not None) == (number_of(path) in {3, 8})
    if update:
        replaced = article["sv"]["body"][update["block_index"]]
        assert replaced["type"] == "paragraph"
        assert replaced["html"] != update["html"]
        assert set(update["retranslate"]) < set(article["translations"])
        for html in (update["html"], *update["retranslate"].values()):
            assert re.fullmatch(r"<p>[^<]+</p>", html)
            assert numbers(html) == numbers(update["html"])


def test_slugs_are_unique_within_their_language() -> None:
    slugs = Counter(
        (language, text["slug"])
        for path in ARTICLE_FILES
        for article in [read(path)]
        for language, text in {"sv": article, **article["translations"]}.items()
    )

    assert [slug for slug, count in slugs.items() if count > 1] == []
    assert all(re.fullmatch(r"[a-z0-9-]+", s) for tag, s in slugs if tag == "sv")


@pytest.mark.parametrize("pair", TRANSLATIONS)
def test_translated_slug_can_stand_in_an_address(pair: Text) -> None:
    assert UNICODE_SLUG.fullmatch(pair.target["slug"])


@pytest.mark.parametrize("page", PAGES)
def test_internal_links_lead_to_articles(page: dict[str, Any]) -> None:
    known = {read(path)["slug"] for path in ARTICLE_FILES}

    for block in page["sv"].get("body", []):
        for link in block.get("links", []):
            if link["kind"] == "page":
                assert link["article"] in known - {page.get("slug")}
            else:
                assert link["url"].startswith("https://")
                assert link["text"]
                assert link["language"]


def test_contact_is_translated_field_by_field() -> None:
    contact = read(DEMO / "site.json")["contact"]
    source = contact["sv"]

    assert set(contact["translations"]) == {"fi", "en", "ar", "so"}
    for target in contact["translations"].values():
        assert len(target["phone_labels"]) == len(source["phones"])
        assert len(target["explanation"]) <= 200
        assert source["visiting"]["building"] in target["building"]
        assert numbers(target["hours_text"]) == numbers(source["hours_text"])


def test_home_page_says_in_every_language_that_it_is_a_demo() -> None:
    home = read(DEMO / "site.json")["home"]

    assert set(home["translations"]) == {EASY_READ, "fi", "en", "ar", "so"}
    for text in (home["sv"], *home["translations"].values()):
        first = text["body"][0]
        assert first["type"] == "callout"
        assert first["heading"] in {"Demo", "نسخة تجريبية"}


@pytest.mark.parametrize("text", WRITTEN)
def test_the_municipality_is_spelled_with_a_small_k(text: dict[str, Any]) -> None:
    assert "Sandvikens Kommun" not in " ".join(strings(text))


@pytest.mark.skipif(not RETOLD_PAGES, reason="the retold page is not on this machine")
def test_article_one_retells_and_does_not_copy() -> None:
    original = RETOLD_PAGES[0].read_text(encoding="utf-8")
    copied = runs_of_words(original, SHORTEST_COPIED_RUN)

    for _name, page in pages():
        for text in strings(page["sv"]):
            assert not copied & runs_of_words(text, SHORTEST_COPIED_RUN)

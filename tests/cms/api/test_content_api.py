"""The content API: what each route answers, in which language."""

from __future__ import annotations

import json
from datetime import date, datetime
from urllib.parse import quote

import jsonschema_rs
import pytest

from cms.log import entries
from cms.reading.models import Language
from tests.cms.api.problems import assert_problem
from tests.factories.pages import publish
from tests.factories.town import ARABIC_SLUG, publish_copies
from tests.factories.translations import translate

BLOCKS = {
    "heading": {"level", "text"},
    "paragraph": {"html"},
    "list": {"ordered", "items"},
    "quote": {"text", "name", "title", "organisation"},
    "facts": {"heading", "html"},
    "callout": {"tone", "heading", "html"},
    "link_list": {"heading", "links"},
    "image": {"alt", "caption", "credit", "decorative", "image", "lang"},
    "video": {
        *("title", "url", "captions", "captions_url"),
        *("transcript_html", "duration"),
    },
    "table": {"caption", "columns", "header_row", "header_column", "rows"},
    "document": {"title", "url", "file_type", "size", "language", "accessible"},
}


@pytest.fixture
def api(client):
    """Get from the API; what is not there has no surprises in its form."""

    def get(route, **parameters):
        return client.get(f"/api/v1/{route}", parameters or None)

    return get


def test_languages_are_those_that_readers_are_offered(town, api):
    found = {row["tag"]: row for row in api("languages").json()}

    assert list(found) == ["sv", "fi", "ar", "so"]
    assert found["ar"]["autonym"] == "العربية"
    assert [found[tag]["dir"] for tag in found] == ["ltr", "ltr", "rtl", "ltr"]
    assert found["fi"]["fallback"] == ["sv"]
    assert found["sv"]["fallback"] == []


def test_coverage_counts_the_pages_that_swedish_has(town, api):
    found = {row["tag"]: row["coverage"] for row in api("languages").json()}

    nothing = {"pages": 7, "current": 0, "outdated": 0, "machine": 0, "missing": 7}
    assert found["so"] == nothing
    assert found["sv"] == {**nothing, "current": 7, "missing": 0}
    assert found["fi"] == {
        **nothing, "current": 3, "outdated": 1, "missing": 3,
    }  # fmt: skip
    assert found["ar"] == {**nothing, "current": 1, "missing": 6}


def test_nobody_falls_back_to_a_hidden_language(town, api):
    Language.objects.filter(tag="so").update(fallback_chain=["ar", "fi", "sv"])
    Language.objects.filter(tag="ar").update(visible=False)

    so = next(row for row in api("languages").json() if row["tag"] == "so")
    page = api(f"pages/{town.lamps.translation_key}", lang="so").json()

    assert so["fallback"] == ["fi", "sv"]
    assert page["translation"]["served"] == "fi"
    assert page["path"] == "/so/nyheter/nya-lampor/"


def test_site_gives_what_a_front_end_needs_around_its_pages(town, api):
    body = api("site", lang="fi").json()

    assert body["lang"] == "fi"
    assert body["navigation"] == [
        {"title": "Nyheter", "path": "/fi/nyheter/", "lang": "sv"},
        {"title": "Palvelu", "path": "/fi/palvelu/", "lang": None},
    ]
    assert body["words"]["translate"] != api("site").json()["words"]["translate"]
    assert body["alerts"] == []


def test_warning_on_the_front_page_is_an_alert(town, api):
    callout = {"heading": "Vattnet", "text": "<p>Koka vattnet.</p>"}
    publish(
        town.site.home,
        body=[
            ("callout", {**callout, "tone": "emergency"}),
            ("callout", {**callout, "tone": "info"}),
        ],
        contact_block=town.contact,
    )

    body = api("site", lang="so").json()

    (alert,) = body["alerts"]
    assert (alert["tone"], alert["html"]) == ("emergency", "<p>Koka vattnet.</p>")
    assert body["contact"]["lang"] == "sv"
    assert body["contact"]["is_fallback"] is True


def test_page_is_in_the_language_that_is_asked_for(town, api):
    page = api(f"pages/{town.lamps.translation_key}", lang="fi").json()

    assert page["title"] == "Uudet lamput"
    assert page["path"] == "/fi/nyheter/uudet-lamput/"
    assert page["translation"]["requested"] == page["translation"]["served"] == "fi"
    assert page["translation"]["origin"] == "human"
    assert page["translation"]["review"] == "approved"
    assert page["translation"]["freshness"] == "current"
    assert page["translation"]["reviewed_on"]
    assert page["contact"]["lang"] == "fi"
    assert page["breadcrumbs"][1] == {
        "title": "Nyheter", "path": "/fi/nyheter/", "lang": "sv",
    }  # fmt: skip


def test_page_has_every_member_of_the_contract(town, api):
    """And no other: what is not named is not sent."""
    page = api(f"pages/{town.lamps.translation_key}").json()

    assert set(page) == {
        "key", "type", "title", "path", "ingress", "body", "news_date", "category",
        "hero", "contact", "breadcrumbs", "translation", "languages", "published_at",
        "content_updated_at", "publication", "sensitivity", "neutral_title",
        "emergency", "details", "seo_title", "search_description", "sign_video",
    }  # fmt: skip
    assert set(page["translation"]) == {
        "requested", "served", "origin", "review", "reviewed_on", "freshness",
        "fallback_reason", "source_updated_at", "translation_updated_at", "notices",
    }  # fmt: skip
    assert page["languages"][1] == {
        "tag": "fi",
        "autonym": "Suomi",
        "dir": "ltr",
        "path": "/fi/nyheter/uudet-lamput/",
        "state": "current",
    }


def test_every_block_is_as_documented(town, api):
    body = api(f"pages/{town.lamps.translation_key}", lang="ar").json()["body"]

    found = {block["type"]: set(block) - {"type", "id"} for block in body}
    assert found == BLOCKS
    assert "cms:" not in json.dumps(body)


def test_page_is_as_the_description_says(town, client):
    description = client.get("/api/v1/openapi.json").json()
    schema = {
        "$ref": "#/components/schemas/Page",
        "components": description["components"],
    }
    for tag in ("sv", "fi", "ar", "so"):
        page = client.get(
            f"/api/v1/pages/{town.lamps.translation_key}?lang={tag}"
        ).json()
        jsonschema_rs.validate(schema, page)


def test_missing_translation_is_an_honest_fallback(town, api):
    """R-05."""
    page = api(f"pages/{town.plain.translation_key}", lang="so").json()

    passport = page["translation"]
    assert (passport["requested"], passport["served"]) == ("so", "sv")
    assert (passport["freshness"], passport["fallback_reason"]) == (
        "missing",
        "missing",
    )
    assert [n["code"] for n in passport["notices"]] == [
        "not_translated", "shown_in_swedish",
    ]  # fmt: skip
    assert page["path"] == "/so/nyheter/bara-svenska/"


def test_swedish_page_is_a_source_without_notices(town, api):
    passport = api(f"pages/{town.plain.translation_key}").json()["translation"]

    assert passport["origin"] == "source"
    assert passport["notices"] == []
    assert passport["translation_updated_at"] is None


def test_translation_into_a_new_language_shows_in_the_switch(town, api):
    translate(town.plain, "ar")

    page = api(f"pages/{town.plain.translation_key}").json()

    assert {row["tag"]: row["state"] for row in page["languages"]}["ar"] == "current"


def test_outdated_translation_has_both_dates(town, api):
    passport = api(f"pages/{town.stale.translation_key}", lang="fi").json()[
        "translation"
    ]

    assert passport["freshness"] == "outdated"
    assert datetime.fromisoformat(
        passport["source_updated_at"]
    ) > datetime.fromisoformat(passport["translation_updated_at"])


def test_change_of_wording_leaves_a_translation_minor(town, api):
    page = api(f"pages/{town.renamed.translation_key}", lang="fi").json()

    assert page["translation"]["freshness"] == "minor"
    assert page["languages"][1]["state"] == "minor"


def test_move_does_not_count_as_a_new_translation(town, api):
    """Its parent gets another address: the Finnish page is published, not rewritten."""
    key = town.lamps.translation_key
    before = api(f"pages/{key}", lang="fi").json()
    publish(town.site.index, slug="aktuellt")

    after = api(f"pages/{key}", lang="fi").json()

    assert after["languages"][0]["path"] == "/aktuellt/nya-lampor/"
    assert after["translation"] == before["translation"]
    assert after["content_updated_at"] == before["content_updated_at"]


def test_contact_block_changes_everywhere_and_the_log_keeps_the_old(town, api):
    """R-16."""
    before = entries.current(town.contact.translation_key, "sv")
    publish(town.contact, visiting_street="Smedsgatan 23")

    page = api(f"pages/{town.lamps.translation_key}").json()
    then = entries.as_of(
        before.published_at, key=town.contact.translation_key, locale="sv"
    )

    assert page["contact"]["visiting"]["street"] == "Smedsgatan 23"
    assert then.document["visiting"]["street"] == "Odengatan 37"


@pytest.mark.parametrize(
    ("tag", "word"), [("sv", "dragits tillbaka"), ("fi", "poistettu"), ("ar", "سحب")]
)
def test_withdrawn_page_is_gone_with_a_notice_in_the_readers_language(
    town, api, tag, word
):
    by_key = api(f"pages/{town.withdrawn.translation_key}", lang=tag)
    prefix = "" if tag == "sv" else f"/{tag}"
    by_path = api("resolve", path=f"{prefix}/nyheter/installt/")

    body = assert_problem(by_key, 410)
    assert assert_problem(by_path, 410)["detail"] == body["detail"]
    assert body["withdrawn_at"]
    assert "Inställt" not in by_key.content.decode()
    swedish = api(f"pages/{town.withdrawn.translation_key}").json()["detail"]
    assert (body["detail"] == swedish) == (tag == "sv")


@pytest.mark.parametrize("tag", ["uk", "zz", "", "f", "fi/../ar"])
def test_language_that_readers_are_not_offered_is_not_found(town, api, tag):
    assert_problem(api(f"pages/{town.plain.translation_key}", lang=tag), 404)


def test_tag_may_be_written_in_any_letters(town, api):
    key = town.lamps.translation_key

    assert (
        api(f"pages/{key}", lang="FI").content == api(f"pages/{key}", lang="fi").content
    )


def read_all(api, cursor=None, **parameters):
    items = []
    while True:
        more = {"cursor": cursor} if cursor else {}
        body = api("pages", **parameters, **more).json()
        items += body["items"]
        cursor = body["next_cursor"]
        if cursor is None:
            return items


def test_list_is_every_public_page_newest_first(town, api):
    items = api("pages").json()["items"]

    assert {item["path"] for item in items} == {
        "/", "/nyheter/", "/service/", "/nyheter/nya-lampor/", "/nyheter/bara-svenska/",
        "/nyheter/nya-tider/", "/nyheter/nytt/",
    }  # fmt: skip
    dates = [item["date"] for item in items]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_cursor_reads_everything_once(town, api, limit):
    publish_copies(town.plain, 5)
    items = read_all(api, limit=limit)

    assert len(items) == len({item["key"] for item in items}) == 12


def test_cursor_stays_where_it_is_when_something_new_arrives(town, api):
    first = api("pages", limit=3).json()
    new = town.site.live_article(title="Nyast", news_date="2030-01-01")

    rest = read_all(api, first["next_cursor"], limit=3)

    keys = [item["key"] for item in [*first["items"], *rest]]
    assert len(keys) == len(set(keys)) == 7
    assert str(new.translation_key) not in keys


def test_pages_with_the_same_date_are_all_read(town, api):
    for number in range(4):
        town.site.live_article(slug=f"samma-{number}", news_date="2017-01-01")

    items = read_all(api, type="articles.article", limit=1)

    assert len({item["key"] for item in items}) == 8


def test_list_in_another_language_has_the_same_entries_and_marks_fallbacks(town, api):
    swedish = api("pages").json()["items"]
    finnish = api("pages", lang="fi").json()["items"]

    assert [i["key"] for i in finnish] == [i["key"] for i in swedish]
    found = {item["path"]: (item["lang"], item["state"]) for item in finnish}
    assert found["/fi/nyheter/uudet-lamput/"] == ("fi", "current")
    assert found["/fi/nyheter/bara-svenska/"] == ("sv", "missing")
    assert found["/fi/nyheter/uudet-ajat/"] == ("fi", "outdated")


def test_list_can_be_of_one_type_or_of_what_is_new(town, api):
    articles = api("pages", type="articles.article").json()["items"]
    assert {item["type"] for item in articles} == {"articles.article"}
    assert api("pages", type="pledges.overview").json()["items"] == []
    assert len(api("pages", since="2018-01-01T00:00:00Z").json()["items"]) == 7
    assert api("pages", since="2999-01-01").json()["items"] == []


def test_what_is_published_while_one_reads_neither_repeats_nor_hides(town, api):
    """An entry keeps its place although its date moves to the other side of it."""
    publish_copies(town.plain, 8)
    query = {"type": "articles.article", "lang": "fi", "limit": 3}
    everything = [item["key"] for item in read_all(api, **query)]
    first = api("pages", **query).json()
    seen = [item["key"] for item in first["items"]]
    read, unread = town.stale, town.plain
    assert str(read.translation_key) in seen
    assert str(unread.translation_key) not in seen
    publish(read, news_date=date(2001, 1, 1))
    publish(unread, news_date=date(2030, 1, 1))
    town.site.live_article(title="Nyast", news_date=date(2001, 1, 2))

    rest = read_all(api, first["next_cursor"], **query)

    assert [item["key"] for item in [*first["items"], *rest]] == everything
    assert rest != read_all(api, **query)[3:]


@pytest.mark.parametrize(
    "cursor", ["", "x", "MjAxOA", "fA", "MjAxOC0wMS0wMXwx", "é", "=" * 9, "A" * 199]
)
def test_cursor_that_is_not_ours_is_refused(town, api, cursor):
    assert_problem(api("pages", cursor=cursor), 422)


def test_resolve_gives_the_page_at_a_path(town, api):
    by_key = api(f"pages/{town.lamps.translation_key}", lang="ar").content

    assert api("resolve", path=f"/ar/nyheter/{ARABIC_SLUG}/").content == by_key


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/fi/nyheter/nya-lampor/", "/fi/nyheter/uudet-lamput/"),
        ("/nyheter/gammalt/", "/nyheter/nytt/"),
        ("/FI/nyheter/", "/fi/nyheter/"),
        ("/sv/nyheter/", "/nyheter/"),
    ],
)
def test_resolve_tells_where_a_page_is_now(town, api, path, target):
    assert api("resolve", path=path).json() == {"redirect": target}


@pytest.mark.parametrize("path", ["nyheter", "/nyheter", "nyheter/", "/nyheter/"])
def test_slashes_at_the_ends_of_a_path_do_not_matter(town, api, path):
    assert api("resolve", path=path).json()["path"] == "/nyheter/"


@pytest.mark.parametrize(
    "path", ["/x/", "/uk/", "/zz/nyheter/", "//x//", "/a\u0301/", "?"]
)
def test_resolve_finds_nothing(town, api, path):
    assert_problem(api("resolve", path=path), 404)


@pytest.mark.parametrize(
    "url",
    [
        "/fi/nyheter/uudet-lamput/",
        "/fi/nyheter/uudet-lamput?page=1#innehall",
        "/fi/nyheter/nya-lampor/",
        "http://testserver/fi/nyheter/uudet-lamput/",
        "https://TESTSERVER/fi/nyheter/uudet-lamput/?utm=1",
    ],
)
def test_translate_button_gets_languages_of_an_address(town, api, url):
    body = api("translate", url=url).json()

    assert body["key"] == str(town.lamps.translation_key)
    assert body["label"] == api("site", lang="fi").json()["words"]["translate"]
    states = {row["tag"]: row["state"] for row in body["languages"]}
    assert states == {"sv": "source", "fi": "current", "ar": "current", "so": "missing"}


def test_translate_reads_an_encoded_address(town, api):
    url = f"http://testserver{quote(f'/ar/nyheter/{ARABIC_SLUG}/')}"

    assert api("translate", url=url).json()["title"] == "مصابيح جديدة"


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://evil.example/fi/", 404),
        ("//evil.example/fi/", 404),
        ("http://testserver:8000/", 404),
        ("http://user@testserver/", 404),
        ("/x/", 404),
        ("ftp://testserver/", 422),
        ("javascript:alert(1)", 422),
        ("http://[", 422),
        ("/%00/", 422),
        ("/%ff/", 422),
        ("/nyheter/installt/", 410),
    ],
)
def test_translate_refuses_what_is_not_ours(town, api, url, status):
    assert_problem(api("translate", url=url), status)


@pytest.mark.parametrize("tag", ["sv", "fi", "so"])
def test_page_takes_three_queries(town, api, tag, django_assert_max_num_queries):
    """Languages, the page, and everything that it refers to."""
    with django_assert_max_num_queries(3):
        assert api(f"pages/{town.lamps.translation_key}", lang=tag).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/nyheter/nya-lampor/", "/fi/nyheter/uudet-lamput/", "/so/nyheter/nya-lampor/"],
)
def test_public_page_takes_three_queries(town, client, path, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/nyheter/", "/fi/nyheter/", "/api/v1/pages?lang=ar"])
def test_long_list_takes_as_many_queries_as_a_short_one(
    town, client, path, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5) as short:
        client.get(path)
    publish_copies(town.plain, 20)

    with django_assert_max_num_queries(len(short.captured_queries)):
        assert client.get(path).status_code == 200

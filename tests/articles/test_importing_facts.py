"""What a page says of itself: contact details, opening hours, dates."""

from __future__ import annotations

import pytest

from articles.importing.model import Opening
from articles.importing.opening_hours import read_hours
from tests.articles.accounting import codes, entered, read, words

BLOCK = """\
Telefon
Medborgarservice: 0980-31 92 00

Besöksadress
Stadshuset: Odengatan 37, Norrby

Postadress
Norrby kommun, 980 99 NORRBY

E-post
info@norrby.example

Öppettider
Vardagar 08.00-17.00
"""
ARTICLE = "Rubriken\n\nIngressen är här.\n\nText i artikeln."


def with_block(block: str):
    return read(f"{block}\n\n{ARTICLE}")


def opening(weekday: int, opens: str, closes: str) -> Opening:
    return Opening(weekday=weekday, opens=opens, closes=closes)


def test_all_details_are_structured():
    contact = with_block(BLOCK).contact

    assert contact.document() == {
        "name": "Medborgarservice",
        "explanation": "",
        "phones": [
            {
                "label": "Medborgarservice",
                "e164": "+46980319200",
                "display": "0980-31 92 00",
            }
        ],
        "visiting": {
            "building": "Stadshuset",
            "street": "Odengatan 37",
            "postcode": "",
            "city": "Norrby",
            "access_info": "",
        },
        "postal": {
            "recipient": "Norrby kommun",
            "line": "",
            "postcode": "980 99",
            "city": "NORRBY",
        },
        "email": "info@norrby.example",
        "opening_hours": [dict(opening(day, "08:00", "17:00")) for day in range(5)],
        "exceptions": [],
        "hours_text": "Vardagar 08.00-17.00",
        "languages_served": [],
        "interpreter_info": "",
    }


@pytest.mark.parametrize(
    "block",
    [
        BLOCK.upper().replace("INFO@NORRBY.EXAMPLE", "info@norrby.example"),
        "\n".join(reversed(BLOCK.replace("\n", ": ").split(": : "))),
        BLOCK.replace("\n\n", "\n"),
        BLOCK.replace("Telefon", "Tel.").replace("E-post", "E-postadress"),
        BLOCK.replace("info@", "info(at)"),
        f"Kontakta oss\n\n{BLOCK}",
    ],
)
def test_labels_are_known_in_any_order_and_shape(block):
    article = with_block(block)

    assert article.title == "Rubriken"
    assert article.contact.phones[0]["e164"] == "+46980319200"
    assert article.contact.email == "info@norrby.example"
    assert article.contact.postal["postcode"] == "980 99"
    assert article.contact.visiting["street"].lower() == "odengatan 37"
    assert len(article.contact.opening_hours) == 5
    assert entered(article) == words(f"{block}\n{ARTICLE}")


def test_several_numbers_keep_their_labels():
    contact = with_block(
        "Telefon\nVäxel: 0980-31 92 00 (dygnet runt)\nJour 0980-31 92 01"
    ).contact

    assert [(phone["label"], phone["e164"]) for phone in contact.phones] == [
        ("Växel (dygnet runt)", "+46980319200"),
        ("Jour", "+46980319201"),
    ]


def test_one_heading_alone_is_no_contact_block():
    article = read(f"{ARTICLE}\n\nÖppettider\n\nVardagar öppnar vi klockan 8.30 igen.")

    assert article.contact is None
    assert article.body[-2]["text"] == "Öppettider"


def test_a_second_block_is_listed_and_a_repeated_one_dropped():
    article = read(
        f"{BLOCK}\n\n{ARTICLE}\n\nTelefon: Medborgarservice: 0980-31 92 00\n\n"
        "Ett stycke till.\n\nE-post: annan@norrby.example"
    )

    assert [line.code for line in article.dropped] == ["repeated"]
    assert [line.code for line in article.unplaced] == ["second_contact"]


def test_details_without_a_field_are_listed():
    article = with_block("Telefon: 0980-31 92 00\nFax: 0980-31 92 99\nE-post:\n")

    assert [line.text for line in article.unplaced] == ["Fax: 0980-31 92 99"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vardagar 8–17", [(day, "08:00", "17:00") for day in range(5)]),
        (
            "Mån-tors 08:00-16:30, fre 8.00–15.00",
            [(day, "08:00", "16:30") for day in range(4)] + [(4, "08:00", "15:00")],
        ),
        (
            "Tisdag och torsdag kl. 8-12 och 13-17",
            [
                (1, "08:00", "12:00"),
                (1, "13:00", "17:00"),
                (3, "08:00", "12:00"),
                (3, "13:00", "17:00"),
            ],
        ),
        (
            "Måndagar, onsdag–fredag 9–10",
            [(day, "09:00", "10:00") for day in (0, 2, 3, 4)],
        ),
        ("Lördag 10–14. Söndag stängt.", [(5, "10:00", "14:00")]),
        ("Vardagar 8–17. Lunchstängt 12–13.", []),
        ("Vardagar 8–17, onsdag stängt", []),
        ("Vardagar 8–17, fredag 8–15", []),
        ("Vardagar 17–8", []),
        ("Vardagar 8–25", []),
        ("Måndag–onsdag–fredag 8–9", []),
        ("Dygnet runt", []),
        ("Vardagar", []),
        ("8–17", []),
        ("", []),
    ],
)
def test_opening_hours_are_understood_whole_or_not_at_all(text, expected):
    assert read_hours(text) == tuple(opening(*hours) for hours in expected)


def test_hours_that_are_not_understood_stay_as_text():
    article = with_block(
        BLOCK.replace("Vardagar 08.00-17.00", "Vardagar 8–17, lunchstängt 12–13")
    )

    assert article.contact.opening_hours == ()
    assert article.contact.hours_text == "Vardagar 8–17, lunchstängt 12–13"
    assert "hours_unstructured" in codes(article)


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Sidan uppdaterad: 2018-02-02 15.59", "2018-02-02T15:59:00+01:00"),
        ("Senast uppdaterad 2018-07-02, kl. 9:05", "2018-07-02T09:05:00+02:00"),
        (
            "Uppdaterad: fredag 2 februari 2018 klockan 15.59",
            "2018-02-02T15:59:00+01:00",
        ),
        ("SENAST ÄNDRAD DEN 2 FEB. 2018", "2018-02-02T00:00:00+01:00"),
        ("Sidan är uppdaterad: 2/2 2018", "2018-02-02T00:00:00+01:00"),
        ("Sidan granskad: 20180202", "2018-02-02T00:00:00+01:00"),
        ("Sidan uppdaterad\n2018-02-02", "2018-02-02T00:00:00+01:00"),
        ("Uppdaterad: 2018-02-02T14:59:00Z", "2018-02-02T15:59:00+01:00"),
    ],
)
def test_the_date_of_the_page_is_read_in_many_shapes(line, moment):
    article = read(f"{ARTICLE}\n\n{line}")

    assert article.page_updated.isoformat() == moment
    assert article.unplaced == ()


@pytest.mark.parametrize(
    ("line", "codes_of_the_rest"),
    [
        ("Sidan uppdaterad: 2018-13-45", ["bad_date"]),
        ("Sidan uppdaterad: 2018-02-30 15.59", ["bad_date"]),
        ("Sidan uppdaterad: i går", ["after_text"]),
        (
            "Uppdaterad: 2018-02-02\nUppdaterad: 2018-02-03",
            ["second_date"],
        ),
        ("Uppdaterad: 2018-02-02 av Anna Sund", ["fact_rest"]),
    ],
)
def test_dates_that_cannot_be_used_are_listed(line, codes_of_the_rest):
    article = read(f"{ARTICLE}\n\n{line}")

    assert [left.code for left in article.unplaced] == codes_of_the_rest
    assert entered(article) == words(f"{ARTICLE}\n{line}")


def test_a_sentence_that_begins_with_a_date_stays_in_the_text():
    sentence = "Uppdaterad 2 februari 2018: nu är vägen öppen igen för alla bilar."

    article = read(f"{ARTICLE}\n\n{sentence}")

    assert article.page_updated is None
    assert article.body[-1]["html"] == f"<p>{sentence}</p>"


def test_the_address_for_errors_may_stand_on_its_own_line():
    article = read(f"{ARTICLE}\n\nRapportera fel på sidan\nwebb@norrby.example")

    assert article.report_email == "webb@norrby.example"
    assert article.unplaced == ()

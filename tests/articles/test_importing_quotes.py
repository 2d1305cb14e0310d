"""Quotes in running text are lifted out where they are marked, and never guessed."""

from __future__ import annotations

import pytest

from articles.importing.book import Book
from articles.importing.quotes import Quotation, read_attribution, split_quotes

MAJA = Quotation("Det blir bra", "Maja Lind", "gatuchef", "Norrby kommun")


def split(paragraph: str):
    book = Book()
    return split_quotes(paragraph, book), {notice.code for notice in book.notices}


@pytest.mark.parametrize(
    "paragraph",
    [
        "– Det blir bra, säger Maja Lind, gatuchef i Norrby kommun.",
        "— Det blir bra, säger Maja Lind, gatuchef på Norrby kommun",
        "- Det blir bra, menar Maja Lind, gatuchef vid Norrby kommun.",
        "”Det blir bra”, berättar Maja Lind, gatuchef i Norrby kommun.",
        '"Det blir bra", förklarar Maja Lind, gatuchef i Norrby kommun.',
        "»Det blir bra», säger Maja Lind, gatuchef, Norrby kommun.",
        "“Det blir bra,” säger Maja Lind, gatuchef i Norrby kommun.",
    ],
)
def test_a_marked_quote_is_lifted_out(paragraph):
    assert split(paragraph) == ([MAJA], set())


def test_text_around_a_quote_becomes_paragraphs():
    pieces, told = split(
        "Arbetet börjar nu. ”Det blir bra”, säger Maja Lind, gatuchef i Norrby kommun. "
        "Sedan kommer hösten."
    )

    assert pieces == ["Arbetet börjar nu.", MAJA, "Sedan kommer hösten."]
    assert told == set()


def test_text_after_a_quote_with_a_dash_may_belong_to_it():
    pieces, told = split(
        "– Det blir bra, säger Maja Lind, gatuchef i Norrby kommun. Vi hoppas."
    )

    assert pieces == [MAJA, "Vi hoppas."]
    assert told == {"quote_continues"}


def test_two_quotes_in_a_paragraph_are_both_found():
    pieces, _ = split(
        "”Ja”, säger Maja Lind, gatuchef. ”Nej”, säger Olle Berg, ordförande."
    )

    assert [piece.text for piece in pieces] == ["Ja", "Nej"]


@pytest.mark.parametrize(
    ("attribution", "name", "title", "organisation"),
    [
        ("Eva Ek, t.f. rektor på Älvskolan.", "Eva Ek", "t.f. rektor", "Älvskolan"),
        ("Eva S. Ek.", "Eva S. Ek", "", ""),
        ("Carl von Ek, präst.", "Carl von Ek", "präst", ""),
        ("kommunens jurist Eva Ek.", "Eva Ek", "kommunens jurist", ""),
        ("Eva Ek, nämndens ordförande.", "Eva Ek", "nämndens ordförande", ""),
        (
            "Eva Ek, ordförande i nämnden.",
            "Eva Ek",
            "ordförande i nämnden",
            "",
        ),
    ],
)
def test_a_person_is_read_with_title_and_place(attribution, name, title, organisation):
    assert split(f"– Det blir bra, säger {attribution}")[0] == [
        Quotation("Det blir bra", name, title, organisation)
    ]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Det blir bra, säger Maja Lind, gatuchef i Norrby kommun. Vi hoppas.",
        "Den ”nya” vägen är ”bra”, säger Maja Lind, gatuchef.",
        "”Det är ”bra” nu”, säger Maja Lind, gatuchef.",
        "”Det är bra, säger Maja Lind, gatuchef. Vi hoppas.”",
        "– Bra, säger Maja Lind, som är gatuchef.",
        "– Bra, säger Maja Lind, gatuchef, och ler.",
        "– Bra, säger Sandvikens gatuchef Maja Lind.",
    ],
)
def test_a_doubtful_quote_is_left_alone_and_told_of(paragraph):
    assert split(paragraph) == ([paragraph], {"possible_quote"})


@pytest.mark.parametrize(
    "paragraph",
    [
        "Därför säger Maja Lind att det blir bra.",
        "Reglerna är tydliga, säger lagen.",
        "Hon kom, sa hej och gick.",
        "Ett stycke utan någon som talar.",
    ],
)
def test_speech_without_a_speaker_is_no_quote(paragraph):
    assert split(paragraph) == ([paragraph], set())


def test_a_marked_quote_of_nobody_named_is_told_of():
    paragraph = "”Det blir bra”, säger hon."

    assert split(paragraph) == ([paragraph], {"quote_without_name"})


def test_the_person_under_a_block_quote_is_read_whole_or_not_at_all():
    person = read_attribution("– Eva Ek, rektor på Älvskolan")

    assert (person.name, person.title, person.organisation) == (
        "Eva Ek", "rektor", "Älvskolan",
    )  # fmt: skip
    assert read_attribution("Ur kommunens protokoll") is None
    assert read_attribution("Eva Ek, rektor. Foto: Olle Berg") is None

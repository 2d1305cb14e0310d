"""Files as they come: encodings, control characters, and what is no text at all."""

from __future__ import annotations

import codecs
import random

import pytest

from articles.importing import ArticleImportError, UnreadableFile, read_article
from tests.articles.accounting import DATA, codes, entered, read, read_if_any, words

TEXT = "Rubrik på åäö\n\nEn ingress – med streck.\n\nEtt stycke till.\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (TEXT.encode(), set()),
        (codecs.BOM_UTF8 + TEXT.encode(), set()),
        (TEXT.encode("utf-16"), set()),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), set()),
        (TEXT.replace("\n", "\r\n").encode(), set()),
        (TEXT.replace("\n", "\r").encode(), set()),
        (TEXT.encode("cp1252"), {"encoding_assumed"}),
        (TEXT.replace("å", "a\u030a").encode(), set()),
        (TEXT.replace("ress", "r\u200be\u202ess\x07").encode(), {"controls_removed"}),
    ],
)
def test_any_usual_encoding_gives_the_same_article(data, told):
    article = read_article(data, filename="page.txt")

    assert article.title == "Rubrik på åäö"
    assert article.ingress == "En ingress – med streck."
    assert codes(article) == told


def test_html_may_say_how_it_is_encoded():
    page = '<meta charset="iso-8859-15"><h1>Rubrik</h1><p>Det kostar 5 €.</p>'

    article = read_article(page.encode("iso-8859-15"), filename="page.html")

    assert article.ingress == "Det kostar 5 €."
    assert "encoding_assumed" in codes(article)


def test_letters_that_were_damaged_before_are_told_of():
    damaged = TEXT.encode().decode("cp1252")

    assert "damaged_letters" in codes(read(damaged))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n\xc2\xa0", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"a" * (2 * 1024 * 1024 + 1), "too_large"),
        (b"Rubrik\0text", "binary"),
        (TEXT.encode("utf-16-le"), "binary"),
        (codecs.BOM_UTF16_LE + b"abc", "encoding"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (bytes(range(1, 256)), "binary"),
        (b"\x01\x02\x03\x04 text", "binary"),
        (b"\x8d\x81\x9d", "binary"),
        (b"%PDF-1.7 text", "pdf"),
        (b"PK\x03\x04 text", "office"),
        (b"{\\rtf1 text}", "office"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data, code):
    with pytest.raises(UnreadableFile) as refused:
        read_article(data, filename="page.txt")

    assert refused.value.code == code
    assert str(refused.value)
    assert isinstance(refused.value, ArticleImportError)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "Bara en rubrik",
        "Bara en mening.",
        "---",
        "\tx\n\ty",
        "Telefon",
        "Mer information",
        "Läs mer: https://x.example",
        "säger\n\n, säger\n\n– , säger ,\n\n””, säger A",
        "Sidan uppdaterad: 2018-13-45 99.99",
        "Rapportera fel på sidan:",
        "1.\n2.\n-\n– \n•",
        "a\tb\nc\td",
        "<",
        "<p",
        "<p>",
        "\ufffd",
        "e\u0301\u200d",
        "مرحبا بالعالم\n\nنص عربي.",
    ],
)
@pytest.mark.parametrize("filename", ["page.txt", "page.html", ""])
def test_odd_files_lose_no_word(text, filename):
    article = read_if_any(text, filename)

    assert not article or not words(text.replace("\u200d", "")) - entered(
        article
    ) - words("p")


@pytest.mark.parametrize("seed", range(40))
def test_shuffled_and_torn_pages_lose_no_word(seed):
    chance = random.Random(seed)  # noqa: S311 - no secret, a repeatable test
    lines = (DATA / "norrby.txt").read_text(encoding="utf-8").split("\n")
    chance.shuffle(lines)
    text = "\n".join(line[: chance.randrange(5, 400)] for line in lines)

    article = read(text)

    assert entered(article) == words(text)


@pytest.mark.parametrize("seed", range(40))
def test_torn_html_is_read_or_refused(seed):
    chance = random.Random(seed)  # noqa: S311 - no secret, a repeatable test
    page = (DATA / "norrby.html").read_text(encoding="utf-8")
    for _ in range(20):
        start = chance.randrange(len(page))
        page = page[:start] + page[start + chance.randrange(40) :]

    article = read_if_any(page, "page.html")

    assert not article or "<script" not in str(article.body)

"""Where the words of an imported file went: the helper of the import's tests."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

from bs4 import BeautifulSoup

from articles.importing import ImportedArticle, UnreadableFile, read_article
from articles.importing.model import Place

DATA = Path(__file__).parent / "data"
# A quote block says by its shape what these words said in the text.
STRUCTURAL = Counter(
    dict.fromkeys(["säger", "berättar", "i", "på", "vid", "hos", "1", "2", "3"], 9)
)


def read(text: str, filename: str = "page.txt") -> ImportedArticle:
    """Return the article in a text that was saved as UTF-8."""
    return read_article(text.encode(), filename=filename)


def read_if_any(text: str, filename: str) -> ImportedArticle | None:
    """Return the article, or None when the file holds no text at all."""
    try:
        return read(text, filename)
    except UnreadableFile as refused:
        if refused.code != "empty":
            raise
        return None


def words(*texts: str) -> Counter[str]:
    """Count the words of some texts."""
    return Counter(
        word
        for text in texts
        for word in re.findall(r"\w+", unicodedata.normalize("NFC", text))
    )


def entered(article: ImportedArticle, place: Place | None = None) -> Counter[str]:
    """Count the words in the accounts, or those that became one part of the article."""
    placed = [entry.text for entry in article.placed if place in (None, entry.place)]
    rest = [] if place else [*article.dropped, *article.unplaced]
    return words(*placed, *(entry.text for entry in rest))


def shown(article: ImportedArticle) -> Counter[str]:
    """Count the words that the blocks of the body hold."""
    return words(*(text for block in article.body for text in _texts(block)))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        hidden = ("type", "kind", "level", "href", "language")
        return [
            text
            for name, part in value.items()
            if name not in hidden
            for text in _texts(part)
        ]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    if not isinstance(value, str):
        return []
    return [BeautifulSoup(f"<p>{value}</p>", "html.parser").get_text(" ")]


def codes(article: ImportedArticle) -> set[str]:
    """Return the codes of what the editor is told."""
    return {notice.code for notice in article.notices}

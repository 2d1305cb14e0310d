"""Reading an article out of a file: bytes in, `ImportedArticle` out, no database.

The file is the text of a municipal web page, as plain text or HTML, with whatever
furniture came along. Nothing in it is silently lost, and nothing is invented.
"""

from __future__ import annotations

from articles.importing.book import Book
from articles.importing.decoding import decode
from articles.importing.html import is_html, read_html
from articles.importing.model import (
    ArticleImportError,
    ImportedArticle,
    ImportedContact,
    UnreadableFile,
)
from articles.importing.plain_text import read_plain_text

__all__ = [
    "ArticleImportError",
    "ImportedArticle",
    "ImportedContact",
    "UnreadableFile",
    "read_article",
]


def read_article(data: bytes, *, filename: str) -> ImportedArticle:
    """Return the article in a file; raises UnreadableFile when it is not text.

    The name decides nothing but where the content leaves a doubt.
    """
    book = Book()
    text = decode(data, book)
    if is_html(text, filename):
        if filename.lower().endswith((".txt", ".text", ".md")):
            book.note("html_in_text")
        return read_html(text, book)
    return read_plain_text(text, book)

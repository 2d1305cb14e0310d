"""Reading a page that was saved or copied as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.importing.composition import compose
from articles.importing.contact import take_contact
from articles.importing.dates import take_page_facts
from articles.importing.furniture import set_aside_furniture
from articles.importing.lines import split_lines
from articles.importing.model import ImportedArticle
from articles.importing.paragraphs import to_units

if TYPE_CHECKING:
    from articles.importing.book import Book
    from articles.importing.composition import Composition
    from articles.importing.dates import PageFacts
    from articles.importing.model import ImportedContact


def read_plain_text(text: str, book: Book) -> ImportedArticle:
    """Return the article in a clean plain text."""
    facts, lines = take_page_facts(split_lines(text), book)
    lines = set_aside_furniture(lines, book)
    contact, lines = take_contact(lines, book)
    article = compose(to_units(lines, book), book)
    if not article.title:
        book.note("no_title")
    return assemble(article, facts, contact, book)


def assemble(
    article: Composition,
    facts: PageFacts,
    contact: ImportedContact | None,
    book: Book,
) -> ImportedArticle:
    """Return the finished result, with the accounts in the order of the source."""
    return ImportedArticle(
        title=article.title,
        ingress=article.ingress,
        body=tuple(article.body),
        page_updated=facts.updated,
        page_published=facts.published,
        contact=contact,
        report_email=facts.report_email,
        placed=tuple(sorted(book.placed, key=lambda entry: entry.line)),
        dropped=tuple(sorted(book.dropped, key=lambda entry: entry.line)),
        unplaced=tuple(sorted(book.unplaced, key=lambda entry: entry.line)),
        notices=tuple(sorted(book.notices, key=lambda notice: notice.line)),
    )

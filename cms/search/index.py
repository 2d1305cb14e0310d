"""Keeping the index in step with the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connections, router, transaction

from cms.kinds import registry
from cms.log.models import Head, Publication, PublicationKind
from cms.search import database
from cms.search.models import Entry, Word
from cms.search.texts import texts_of
from cms.search.words import SIMPLE, configuration, fold, indexed

BATCH = 500
SHORTEST_WORD = 3

_CHANGING = ["type", "listed", "configuration", "title", "lead", "headings", "body"]


def follow(sender: Any, *, publication: Publication, head: Head, **kwargs: Any) -> None:
    """Bring the index up to date with one new row of the log; two statements.

    Runs in the transaction that publishes. A withdrawal takes three: the words that no
    other page uses go too.
    """
    if head.kind != PublicationKind.PAGE:
        return
    if head.is_public:
        put([entry_of(head, publication.document)])
    else:
        remove(head)


def entry_of(head: Any, document: dict[str, Any]) -> Entry:
    """Return the entry of a public page (not saved)."""
    return Entry(**facts_of(head, document))


def facts_of(head: Any, document: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a page's entry; pure, for the migration too."""
    texts = texts_of(registry.of(head.type), head.title, document)
    name = configuration(head.locale)
    compared = fold if name == SIMPLE else str
    title, lead, headings, body = (
        compared(indexed(text))
        for text in (texts.title, texts.lead, texts.headings, texts.body)
    )
    return {
        "key": head.key,
        "locale": head.locale,
        "type": head.type,
        "listed": head.list_date,
        "configuration": name,
        "title": title,
        "lead": lead,
        "headings": headings,
        "body": body,
    }


def put(entries: list[Entry]) -> None:
    """Write entries and their words over what was there."""
    Entry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["key", "locale"],
        update_fields=_CHANGING,
    )
    if database.keeps_words(connections[router.db_for_write(Word)]):
        words = _words(entries)
        Word.objects.bulk_create(words, ignore_conflicts=True, batch_size=5000)


def remove(head: Head) -> None:
    """Take a withdrawn page out, with the words that only it used."""
    entries = Entry.objects.filter(key=head.key, locale=head.locale)
    entry = entries.first()
    if entry is None:
        return
    entries.delete()
    if not database.keeps_words(connections[router.db_for_write(Word)]):
        return
    words = sorted(words_of(entry))
    database.forget_words(connections[router.db_for_write(Entry)], head.locale, words)


def rebuild() -> int:
    """Throw the index away and derive it from the log again; return how many pages.

    Holds up publishing until it is done.
    """
    alias = router.db_for_write(Entry)
    with transaction.atomic(using=alias):
        database.hold_publishing(connections[alias])
        Entry.objects.all().delete()
        Word.objects.all().delete()
        count = sum(len(batch) for batch in _batches())
        database.count_anew(connections[alias])
    return count


def _batches() -> Iterator[list[Entry]]:
    heads = Head.objects.pages().public().select_related("publication").order_by("id")
    batch: list[Entry] = []
    for head in heads.iterator(chunk_size=BATCH):
        batch.append(entry_of(head, head.publication.document))
        if len(batch) == BATCH:
            put(batch)
            yield batch
            batch = []
    if batch:
        put(batch)
        yield batch


def _words(entries: Iterable[Entry]) -> list[Word]:
    """Return the words of entries, each once for a language."""
    found = {(entry.locale, word) for entry in entries for word in words_of(entry)}
    return [
        Word(locale=locale, word=word, folded=fold(word))
        for locale, word in sorted(found)
    ]


def words_of(entry: Any) -> set[str]:
    """Return the words of an entry; figures and tiny words are left out."""
    return {
        word
        for text in (entry.title, entry.lead, entry.headings, entry.body)
        for word in text.split()
        if len(word) >= SHORTEST_WORD and not word.isdigit()
    }

"""Searching without PostgreSQL: every text of the language is read and compared.

For a first look and for a small site. Finds what the database would find by trigrams;
it knows no grammar.
"""

from __future__ import annotations

from collections.abc import Sequence

from cms.search.database import THRESHOLD
from cms.search.matches import MOST_WORDS, Match, Matches
from cms.search.models import Entry
from cms.search.words import fold, indexed

_WEIGHTS = {"title": 10.0, "lead": 4.0, "headings": 2.0, "body": 1.0}


def match(
    chain: Sequence[str], text: str, *, limit: int, offset: int, page_type: str | None
) -> Matches:
    """Return the pages that match, in the order of ``chain``; one query."""
    asked = list(dict.fromkeys(indexed(text).split()))[:MOST_WORDS]
    if not asked:
        return Matches([], 0, frozenset())
    entries = Entry.objects.filter(locale__in=chain).order_by("-listed", "-id")
    if page_type:
        entries = entries.filter(type=page_type)
    known: dict[tuple[str, str], float] = {}
    scored = [(_score(entry, asked, known), entry) for entry in entries]
    scored = [(score, entry) for score, entry in scored if score]
    scored.sort(key=lambda pair: (chain.index(pair[1].locale), -pair[0]))
    best: dict[object, Match] = {}
    for _rank, entry in scored:
        best.setdefault(entry.key, Match(entry.key, entry.locale))
    alike = (word for (_asked, word), value in known.items() if value >= THRESHOLD)
    found = list(best.values())[offset : offset + limit]
    return Matches(found, len(best), frozenset(map(fold, [*asked, *alike])))


def _score(
    entry: Entry, asked: list[str], known: dict[tuple[str, str], float]
) -> float:
    """Return how well a page answers; 0 unless it has every word or one like it."""
    best = dict.fromkeys(asked, 0.0)
    for part, weight in _WEIGHTS.items():
        for word in set(getattr(entry, part).split()):
            for wanted in asked:
                pair = (wanted, word)
                if pair not in known:
                    known[pair] = _likeness_as_typed(wanted, word)
                if known[pair] >= THRESHOLD:
                    best[wanted] += weight * known[pair] ** 2
    return sum(best.values()) if all(best.values()) else 0.0


def _likeness_as_typed(asked: str, word: str) -> float:
    """Compare without marks, but who types marks means them."""
    bare, bare_word = fold(asked), fold(word)
    alike = likeness(bare, bare_word)
    if alike < THRESHOLD or asked == bare or word == bare_word:
        return alike
    return alike if likeness(asked, word) >= THRESHOLD else 0.0


def likeness(asked: str, word: str) -> float:
    """Return how much of ``asked`` is in a run of ``word``: 0 to 1, by trigrams.

    As ``word_similarity`` of PostgreSQL's pg_trgm does it: the best similarity between
    the trigrams of the one and any run of the other's.
    """
    if asked == word:
        return 1.0
    wanted, there = set(_trigrams(asked)), _trigrams(word)
    hits = [place for place, trigram in enumerate(there) if trigram in wanted]
    if not hits or len(wanted.intersection(there)) < THRESHOLD * len(wanted):
        return 0.0
    best = 0.0
    for first in hits:
        for last in (place for place in hits if place >= first):
            run = set(there[first : last + 1])
            common = len(run & wanted)
            best = max(best, common / len(run | wanted))
    return best


def _trigrams(word: str) -> list[str]:
    padded = f"  {word} "
    return [padded[i : i + 3] for i in range(len(padded) - 2)]

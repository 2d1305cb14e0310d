"""Quotes in running text: «…, säger NAMN, TITEL i ORGANISATION.»

A quote is lifted out only where the text itself marks its beginning, with quotation
marks or a dash. Where it does not, any beginning we chose would put words into a named
official's mouth; the paragraph is left alone and the editor is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.importing.lines import word_set

if TYPE_CHECKING:
    from articles.importing.book import Book

_VERBS = (
    "säger|sade|sa|menar|menade|berättar|berättade|förklarar|förklarade|konstaterar"
    "|tycker|betonar|understryker|påpekar|tillägger|framhåller|avslutar|fortsätter"
)
_CLOSING = '”"»“«'
_VERB = re.compile(
    rf"(?P<before>[{_CLOSING}],?|[,?!…])\s+(?:{_VERBS})\s+(?=\S)", re.IGNORECASE
)
_OPENING = re.compile(r"(?:^|(?<=[.!?:…]\s)|(?<=[.!?:…][”\"»]\s))[”\"»“«„]")
_MARK = re.compile(rf"[{_CLOSING}„]")
_DASH = re.compile(r"(?:^|(?<=[.!?:…]\s))[–—-]\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?]+[”\"»]?(?=\s|$)")
_ABBREVIATIONS = word_set(
    "t.f tf bitr f.d dr prof st kl ca m.fl bl.a t.ex s.k avd nr jr sr fil civ"
)
_PARTICLES = word_set("af av von de del der den van bin ibn el al la le du dos")
_PREPOSITIONS = word_set("i på vid hos av om för till från med och att som")
_PRONOUNS = word_set("han hon hen de dom vi jag man ni du en någon många")
_CLAUSES = word_set(
    "som och men när efter innan då samtidigt medan om i på till vid inför under "
    "med apropå utan för eller att angående kring sedan"
)
_ORGANISATION = re.compile(r"\s(?:i|på|vid|hos|inom)\s(?=[^\W\d_])")
MAX_FIELD = 100
MAX_PARAGRAPH = 20_000
MAX_NAME_WORDS = 5
MAX_TITLE_WORDS = 12


@dataclass(frozen=True)
class Quotation:
    """Words that the source marks as somebody's own."""

    text: str
    name: str
    title: str
    organisation: str


@dataclass(frozen=True)
class Speaker:
    """Who is named after «säger». Not `sure` when the sentence says more than that."""

    name: str
    title: str
    organisation: str
    end: int
    sure: bool = True

    @property
    def label(self) -> str:
        """Name and title as one phrase."""
        return ", ".join(part for part in (self.name, self.title) if part)


def split_quotes(
    paragraph: str, book: Book, number: int = 0, *, may_split: bool = True
) -> list[str | Quotation]:
    """Cut a paragraph into text and marked quotes; tell of quotes that may be there."""
    pieces: list[str | Quotation] = []
    cursor = 0
    if len(paragraph) > MAX_PARAGRAPH:
        return [paragraph]
    for verb in _VERB.finditer(paragraph):
        if verb.start() < cursor:
            continue
        speaker = _read_speaker(paragraph, verb.end())
        begin, text = _quoted(paragraph, cursor, verb)
        if not (speaker and speaker.sure and text and may_split):
            _tell_of_quote(speaker, text, book, number)
            continue
        if before := paragraph[cursor:begin].strip():
            pieces.append(before)
        pieces.append(
            Quotation(text, speaker.name, speaker.title, speaker.organisation)
        )
        cursor = speaker.end
        by_dash = paragraph[begin] in "–—-"
        if by_dash and paragraph[cursor:].strip():
            book.note("quote_continues", number, who=speaker.name)
    if rest := paragraph[cursor:].strip():
        pieces.append(rest)
    return pieces


def _tell_of_quote(speaker: Speaker | None, text: str, book: Book, number: int) -> None:
    """Tell the editor of a quote that was left in the text."""
    if speaker is None:
        if text:
            book.note("quote_without_name", number)
    elif text or speaker.title or " " in speaker.name:
        book.note("possible_quote", number, who=speaker.label)


def read_attribution(text: str) -> Speaker | None:
    """Return the person of a caption under a quote: «– Namn, titel i Organisation»."""
    cleaned = text.strip().lstrip("–—-").strip()
    cleaned = re.sub(rf"^(?:{_VERBS})\s+", "", cleaned, flags=re.IGNORECASE)
    speaker = _read_speaker(cleaned, 0)
    whole = speaker is not None and speaker.end == len(cleaned)
    return speaker if speaker and speaker.sure and whole else None


def _quoted(paragraph: str, cursor: int, verb: re.Match[str]) -> tuple[int, str]:
    """Return where the quote that ends at the verb begins, and its words, or nothing."""
    before = verb["before"]
    closed = before[0] in _CLOSING
    if closed:
        end = verb.start()
        starts = [found.start() for found in _OPENING.finditer(paragraph, cursor, end)]
        whole = [at for at in starts if not _MARK.search(paragraph, at + 1, end)]
        if len(whole) == 1:
            return whole[0], paragraph[whole[0] + 1 : end].strip().removesuffix(",")
    end = verb.start() + (0 if before == "," else len(before.rstrip(",")))
    dashes = list(_DASH.finditer(paragraph, cursor, end))
    if not dashes or (dashes[-1].group().startswith("-") and dashes[-1].start()):
        return 0, ""
    text = paragraph[dashes[-1].end() : end].strip()
    if len(_MARK.findall(text)) % 2:
        return 0, ""
    return dashes[-1].start(), text


def _read_speaker(paragraph: str, start: int) -> Speaker | None:
    """Read «Namn, titel i Organisation.»; None when nobody is named."""
    end = _sentence_end(paragraph, start)
    sentence = paragraph[start:end].strip().rstrip('.!?”"»')
    first, *rest = [part.strip() for part in sentence.split(",")]
    named = _read_name(first)
    if named is None:
        return None
    name, title_before, sure = named
    title, organisation = _read_title([part for part in rest if part])
    sure = sure and title is not None and not (title and title_before)
    title = title_before or title or ""
    longest = max(len(name), len(title), len(organisation))
    return Speaker(name, title, organisation, end, sure and longest <= MAX_FIELD)


def _sentence_end(paragraph: str, start: int) -> int:
    for found in _SENTENCE_END.finditer(paragraph, start):
        word = paragraph[start : found.start()].rsplit(" ", 1)[-1].lower()
        after = paragraph[found.end() :].lstrip()[:1]
        initial = len(word) == 1 and word.isalpha() and found.group() == "."
        if after and (after.islower() or word in _ABBREVIATIONS or initial):
            continue
        return found.end()
    return len(paragraph)


def _read_name(phrase: str) -> tuple[str, str, bool] | None:
    """Return (name, title before the name, whether that is all of the phrase)."""
    words = phrase.split()
    if not words or words[0].lower() in _PRONOUNS:
        return None
    if words[0][0].isupper():
        return _leading_name(words)
    lower = [word for word in words if not word[0].isupper()]
    name = words[len(lower) :]
    titled = words[: len(lower)] == lower and not _PREPOSITIONS.intersection(lower)
    if titled and 2 <= len(name) <= MAX_NAME_WORDS and len(lower) <= 4:
        return " ".join(name), " ".join(lower), True
    return None


def _leading_name(words: list[str]) -> tuple[str, str, bool]:
    length = 0
    for position, word in enumerate(words):
        follows = words[position + 1 : position + 2]
        is_particle = word in _PARTICLES and follows and follows[0][0].isupper()
        if not (word[0].isupper() or is_particle):
            break
        length = position + 1
    sure = length == len(words) <= MAX_NAME_WORDS
    return " ".join(words[:length]), "", sure


def _read_title(parts: list[str]) -> tuple[str | None, str]:
    """Return (title, organisation); title None when the parts are something else."""
    if not parts:
        return "", ""
    if len(parts) > 3 or any(part.split()[0].lower() in _CLAUSES for part in parts):
        return None, ""
    if len(parts[0].split()) > MAX_TITLE_WORDS:
        return None, ""
    organisation = ""
    if len(parts) > 1 and parts[-1][0].isupper():
        organisation = parts.pop()
    title = ", ".join(parts)
    for found in _ORGANISATION.finditer(title):
        if title[found.end()].isupper() and not organisation:
            return title[: found.start()], title[found.end() :]
    return title, organisation

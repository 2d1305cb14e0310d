"""The page's own facts about itself: when it was updated, where errors are reported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from articles.importing.addresses import EMAIL, read_email
from articles.importing.model import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.importing.book import Book
    from articles.importing.lines import Line

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan",
            "februari feb febr",
            "mars mar",
            "april apr",
            "maj",
            "juni jun",
            "juli jul",
            "augusti aug",
            "september sep sept",
            "oktober okt",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = rf"""
    (?:den\s+|(?:mån|tis|ons|tors|fre|lör|sön)(?:dag)?(?:en\s+den)?\.?,?\s+)?
    (?:
        (?P<y1>\d{{4}})[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})(?!\d)
      | (?P<y2>\d{{4}})(?P<m2>\d\d)(?P<d2>\d\d)(?!\d)
      | (?P<d3>\d{{1,2}})(?:\s*:?[ea])?\s+(?P<m3>{_MONTH})\.?,?\s+(?P<y3>\d{{4}})(?!\d)
      | (?P<d4>\d{{1,2}})[./](?P<m4>\d{{1,2}})[-./\s]\s?(?P<y4>\d{{4}})(?!\d)
    )
    (?:(?:T|,?\s*(?:kl\.?|klockan)?\s*)
       (?P<hour>\d{{1,2}})[.:](?P<minute>\d\d)(?:[.:]\d\d)?(?!\d)
       (?P<zone>Z|[+-]\d\d:?\d\d)?
    )?
"""
_UPDATED = (
    r"uppdaterad|uppdaterades|uppdaterat|uppdatering|uppdateringsdatum|ändrad"
    r"|ändrades|ändrat|granskad|reviderad"
)
_PUBLISHED = r"publicerad|publicerades|publicerat|publicering|publiceringsdatum|skapad"
_FACT = re.compile(
    rf"""
    (?:(?:sidan|sida|artikeln|nyheten|texten|innehållet|informationen)\s+)?
    (?:(?:är|blev|har)\s+)?(?:senaste?\s+)?
    (?:(?P<updated>{_UPDATED})|(?P<published>{_PUBLISHED}))
    \s*:?\s*{_DATE}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LABEL_ALONE = re.compile(
    rf"^(?:(?:sidan|artikeln|nyheten|texten|innehållet)\s+)?(?:(?:är|blev)\s+)?"
    rf"(?:senaste?\s+)?(?:{_UPDATED}|{_PUBLISHED})\s*:?$",
    re.IGNORECASE,
)
_DATE_ALONE = re.compile(rf"^{_DATE}$", re.IGNORECASE | re.VERBOSE)
_BAD_DATE = re.compile(
    rf"^(?:sidan\s+)?(?:senaste?\s+)?(?:{_UPDATED}|{_PUBLISHED})\s*:\s*\d[\d\s.:/-]*$",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"^(?:rapportera|anmäl|meddela|påpeka|tipsa om|har du hittat|hittat)"
    r"\s+(?:ett\s+|något\s+)?fel\b[^@]{0,80}$",
    re.IGNORECASE,
)
MAX_FACT = 200
MAX_REST_WORDS = 6


@dataclass
class PageFacts:
    """What the page says of itself."""

    updated: datetime | None = None
    published: datetime | None = None
    report_email: str = ""


def take_page_facts(lines: Sequence[Line], book: Book) -> tuple[PageFacts, list[Line]]:
    """Return the facts of the page, and the lines that state none."""
    facts = PageFacts()
    kept: list[Line] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        after = lines[position + 1] if position + 1 < len(lines) else None
        if len(line.text) > MAX_FACT or (line.markup and line.markup.table):
            taken = 0
        else:
            taken = _take_date(line, after, facts, book) or (
                _take_report(line, after, facts, book)
            )
        if not taken:
            kept.append(line)
        position += taken or 1
    return facts, kept


def _take_date(line: Line, after: Line | None, facts: PageFacts, book: Book) -> int:
    """Take a date from a line (or from a label and the next line); count the lines."""
    if after and _LABEL_ALONE.match(line.text) and _DATE_ALONE.match(after.text):
        matches = list(_FACT.finditer(f"{line.text} {after.text}"))
        if len(matches) == 1:
            if _enter_date(matches[0], line.number, facts, book):
                book.place((line, after), _place_of(matches[0]))
            else:
                book.leave(line, _refusal(matches[0]))
                book.leave(after, _refusal(matches[0]))
            return 2
    matches = list(_FACT.finditer(line.text))
    rest = " ".join(_FACT.sub(" ", line.text).split()).strip(" |,;·–-•.()")
    begins = bool(matches) and len(line.text[: matches[0].start()].strip(" (•|")) == 0
    if not begins or len(rest.split()) > MAX_REST_WORDS:
        if _BAD_DATE.match(line.text):
            book.leave(line, "bad_date")
            return 1
        return 0
    for match in matches:
        if _enter_date(match, line.number, facts, book):
            book.place_piece(line.number, match.group().strip(), _place_of(match))
        else:
            book.leave_piece(line.number, match.group().strip(), _refusal(match))
    if rest:
        book.leave_piece(line.number, rest, "fact_rest")
    return 1


def _enter_date(
    match: re.Match[str], number: int, facts: PageFacts, book: Book
) -> bool:
    """Store the date if it exists and is the first of its kind."""
    moment = _moment(match)
    name = "updated" if match["updated"] else "published"
    if moment is None or getattr(facts, name) is not None:
        return False
    setattr(facts, name, moment)
    if match["hour"] is None:
        book.note("date_without_time", number)
    return True


def _moment(match: re.Match[str]) -> datetime | None:
    """Return the moment that was written, or None if there is no such date."""
    for n in "1234":
        if match[f"y{n}"]:
            year, day = int(match[f"y{n}"]), int(match[f"d{n}"])
            written = match[f"m{n}"]
            month = MONTHS.get(written.lower()) or int(written)
            break
    hour, minute = int(match["hour"] or 0), int(match["minute"] or 0)
    try:
        moment = datetime(year, month, day, hour, minute, tzinfo=STOCKHOLM)
        if match["zone"]:
            written_zone = datetime.strptime(match["zone"], "%z").tzinfo
            moment = moment.replace(tzinfo=written_zone).astimezone(STOCKHOLM)
    except (ValueError, OverflowError):
        return None
    return moment


def _place_of(match: re.Match[str]) -> Place:
    return Place.PAGE_UPDATED if match["updated"] else Place.PAGE_PUBLISHED


def _refusal(match: re.Match[str]) -> str:
    return "second_date" if _moment(match) else "bad_date"


def _take_report(line: Line, after: Line | None, facts: PageFacts, book: Book) -> int:
    """Take the address for reporting errors; count the lines used."""
    found = EMAIL.search(line.text)
    label = line.text[: found.start()] if found else line.text
    if not _REPORT.match(label.strip()):
        return 0
    if found:
        rest = line.text[found.end() :].strip(" .,;")
        if len(rest.split()) > MAX_REST_WORDS:
            return 0
        _enter_report((line,), found, facts, book)
        return 1
    if after and (alone := EMAIL.fullmatch(after.text.strip(" .<>"))):
        _enter_report((line, after), alone, facts, book)
        return 2
    return 0


def _enter_report(
    lines: tuple[Line, ...], found: re.Match[str], facts: PageFacts, book: Book
) -> None:
    if facts.report_email:
        for line in lines:
            book.leave(line, "second_report")
        return
    facts.report_email = read_email(found)
    book.place(lines, Place.REPORT_EMAIL)

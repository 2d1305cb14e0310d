"""Finding the contact block of a page by its labels, in whatever order they stand.

One label alone proves little ("Öppettider" may be a heading in an article about the
library), so that what counts is a run of labels whose values look right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from articles.importing.addresses import (
    EMAIL,
    POSTCODE,
    STREET,
    has_phone,
    read_email,
    read_phones,
    read_postal,
    read_visiting,
)
from articles.importing.lines import ends_sentence, is_short, words_key
from articles.importing.model import ImportedContact, Phone, Place
from articles.importing.opening_hours import looks_like_hours, read_hours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.importing.book import Book
    from articles.importing.lines import Line


class Kind(StrEnum):
    """What a labelled part of a contact block holds."""

    PHONE = "phone"
    VISITING = "visiting"
    POSTAL = "postal"
    EMAIL = "email"
    HOURS = "hours"
    OTHER = "other"


_LABELS = {
    Kind.PHONE: "telefonnummer|telefonväxel|telefon|tel|tfn|ring oss|växel",
    Kind.VISITING: "besöksadresser|besöksadress|besök oss|gatuadress|adress",
    Kind.POSTAL: "postadress|brevadress|post",
    Kind.EMAIL: "e-postadress|e-post|epost|mejladress|mejla oss|mejl|e-mail|email|mail",
    Kind.HOURS: "öppettider|öppettid|öppethållande|öppet",
    Kind.OTHER: (
        "faktureringsadress|fakturaadress|leveransadress|organisationsnummer|org.nr"
        "|org nr|fax|telefax|webbplats|webb|sms|texttelefon|bankgiro|plusgiro"
    ),
}
_KIND = {name: kind for kind, names in _LABELS.items() for name in names.split("|")}
_LABEL = re.compile(
    rf"^(?P<label>{'|'.join(map(re.escape, sorted(_KIND, key=len, reverse=True)))})"
    r"\.?(?:\s*(?P<colon>:)\s*|\s+|$)(?P<value>.*)$",
    re.IGNORECASE,
)
# Labels that also say whose number it is.
_NAMES = ("växel", "telefonväxel")
_HEADINGS = frozenset(
    [
        "kontakt",
        "kontakta oss",
        "kontaktuppgifter",
        "kontaktinformation",
        "kontakta kommunen",
        "kontakt och öppettider",
        "hitta till oss",
    ]
)
MAX_VALUE_LINES = 4
MAX_VALUE = 120


@dataclass
class Section:
    """A label of a contact block and the lines that belong to it."""

    kind: Kind
    start: int
    label: Line
    values: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def end(self) -> int:
        """Position after the last line of the section."""
        return self.start + 1 + len(self.lines)


def take_contact(
    lines: Sequence[Line], book: Book
) -> tuple[ImportedContact | None, list[Line]]:
    """Return the contact block, if there is one, and the lines that are not in it."""
    runs = [run for run in _runs(lines) if _is_contact(run)]
    if not runs:
        return None, list(lines)
    best = max(runs, key=lambda run: len({section.kind for section in run}))
    taken: set[int] = set()
    contact = None
    for run in runs:
        if run is best:
            contact, used = _read_run(run, lines, book)
            taken.update(used)
        else:
            taken.update(range(run[0].start, run[-1].end))
            _set_aside(run, best, book)
    return contact, [line for at, line in enumerate(lines) if at not in taken]


def _runs(lines: Sequence[Line]) -> list[list[Section]]:
    """Return sections that follow one another without anything between."""
    runs: list[list[Section]] = []
    position = 0
    while position < len(lines):
        section = _section_at(lines, position)
        if section is None:
            position += 1
            continue
        if runs and runs[-1][-1].end == section.start:
            runs[-1].append(section)
        else:
            runs.append([section])
        position = section.end
    return [trimmed for run in runs if (trimmed := _trim(run))]


def _trim(run: list[Section]) -> list[Section]:
    """Leave out labels without value at the ends: they are headings of the text.

    A label with a colon is no heading.
    """
    if not any(section.values for section in run):
        return []
    sure = [
        at
        for at, section in enumerate(run)
        if section.values or section.label.text.endswith(":")
    ]
    return run[sure[0] : sure[-1] + 1]


def _is_contact(run: list[Section]) -> bool:
    kinds = {section.kind for section in run if section.values}
    alone = {Kind.PHONE, Kind.EMAIL, Kind.POSTAL}
    return len(kinds - {Kind.OTHER}) > 1 or bool(kinds & alone)


def _section_at(lines: Sequence[Line], start: int) -> Section | None:
    line = lines[start]
    if len(line.text) > MAX_VALUE + 40 or (line.markup and line.markup.table):
        return None
    found = _LABEL.match(line.text)
    if not found:
        return None
    section = Section(_KIND[found["label"].lower()], start, line)
    value = found["value"].strip()
    if value:
        if not _is_value(section, value):
            return None
        if not found["colon"] and not _stands_alone(section.kind, value):
            return None
        is_name = found["label"].lower() in _NAMES
        section.values.append(line.text if is_name else value)
    _take_values(section, lines)
    return section


def _take_values(section: Section, lines: Sequence[Line]) -> None:
    """Take the lines after a label, as long as they look like its value."""
    last = section.label
    first = section.start + 1
    for line in lines[first : first + MAX_VALUE_LINES]:
        if is_label(line.text):
            return
        if line.markup and line.markup.shape not in ("text", "item"):
            return
        near = line.group == last.group
        if not (_is_value if near else _is_certain)(section, line.text):
            return
        section.values.append(line.text)
        section.lines.append(line)
        last = line


def is_label(text: str) -> bool:
    """Tell whether text is a label of a contact block, and not one of its values."""
    found = _LABEL.match(text)
    return bool(found and (not found["value"] or found["colon"]))


def _is_value(section: Section, text: str) -> bool:
    """Tell whether text may be a value of the section, standing close to its label."""
    kind = section.kind
    if len(text) > MAX_VALUE:
        return False
    if kind is Kind.PHONE:
        return len(text) <= 80 and has_phone(text)
    if kind is Kind.EMAIL:
        return bool(EMAIL.search(text)) and len(text.split()) <= 6
    if kind is Kind.HOURS:
        return looks_like_hours(text)
    return not ends_sentence(text) and _may_follow(section, text)


def _may_follow(section: Section, text: str) -> bool:
    """Tell whether text may be the next line of an address, or an odd detail."""
    so_far = " ".join(section.values)
    if section.kind is Kind.OTHER:
        return not so_far and bool(re.search(r"[\d.]", text))
    if POSTCODE.search(so_far):
        return False
    if _is_address_line(text) or not re.search(r"\d", so_far):
        return True
    return section.kind is Kind.VISITING and len(text.split()) <= 2


def _is_address_line(text: str) -> bool:
    return bool(POSTCODE.search(text) or STREET.match(text))


def _is_certain(section: Section, text: str) -> bool:
    """Tell whether text belongs to the section though a blank line stands between."""
    if not _is_value(section, text):
        return False
    if section.kind in (Kind.VISITING, Kind.POSTAL):
        if section.values:
            return len(text) <= 60 and bool(POSTCODE.search(text))
        return _is_address_line(text) or len(text.split()) <= 4
    if not section.values:
        return True
    if section.kind is Kind.PHONE:
        return text[-1].isdigit()
    return section.kind is Kind.HOURS and bool(read_hours(text))


def _stands_alone(kind: Kind, value: str) -> bool:
    """Tell whether a value is plain enough to follow its label without a colon."""
    if kind is Kind.HOURS:
        return bool(read_hours(value))
    if kind is Kind.POSTAL:
        return bool(POSTCODE.search(value))
    return kind in (Kind.PHONE, Kind.EMAIL)


def _read_run(
    run: list[Section], lines: Sequence[Line], book: Book
) -> tuple[ImportedContact, set[int]]:
    """Turn a run of sections into a contact; return the positions it used."""
    used = set(range(run[0].start, run[-1].end))
    name, above = _name_above(run[0], lines)
    used.update(above)
    book.place((lines[at] for at in above), Place.CONTACT)
    values: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    for section in run:
        if not section.values:
            book.drop(section.label, "empty_label")
        elif section.kind is Kind.OTHER or _is_full(section.kind, values):
            for line in (section.label, *section.lines):
                book.leave(line, "contact_detail")
        else:
            values[section.kind].extend(section.values)
            _place_section(section, book)
    book.note("contact_proposed", run[0].label.number)
    return _contact(name, values, run, book), used


def _is_full(kind: Kind, values: dict[Kind, list[str]]) -> bool:
    """Tell whether a block with room for one of this kind has one already."""
    return bool(values[kind]) and kind in (Kind.VISITING, Kind.POSTAL, Kind.EMAIL)


def _place_section(section: Section, book: Book) -> None:
    lines = [section.label, *section.lines]
    if section.kind is not Kind.EMAIL:
        book.place(lines, Place.CONTACT)
        return
    taken = False
    for line in lines:
        found = EMAIL.search(line.text)
        if found and not taken:
            taken = True
            _place_email(line, found, section, book)
        elif line is section.label:
            book.place((line,), Place.CONTACT)
        else:
            book.leave(line, "contact_detail")


def _place_email(
    line: Line, found: re.Match[str], section: Section, book: Book
) -> None:
    """Enter the address, and what stands beside it on the line."""
    label = _LABEL.match(line.text) if line is section.label else None
    start = label.start("value") if label else 0
    before, after = line.text[start : found.start()], line.text[found.end() :]
    beside = [piece.strip() for piece in (before, after) if words_key(piece)]
    book.place_piece(line.number, f"{line.text[:start]}{found.group()}", Place.CONTACT)
    for piece in beside:
        book.leave_piece(line.number, piece, "contact_detail")


def _contact(
    name: str, values: dict[Kind, list[str]], run: list[Section], book: Book
) -> ImportedContact:
    phones: list[Phone] = []
    for value in values[Kind.PHONE]:
        phones.extend(read_phones(value))
    hours_text = "\n".join(values[Kind.HOURS])
    hours = read_hours(hours_text)
    if hours_text and not hours:
        book.note("hours_unstructured", run[0].label.number)
    email = EMAIL.search(" ".join(values[Kind.EMAIL]))
    labels = {phone["label"] for phone in phones} - {""}
    return ImportedContact(
        name=name or (labels.pop() if len(labels) == 1 else ""),
        phones=tuple(phones),
        visiting=read_visiting(values[Kind.VISITING])
        if values[Kind.VISITING]
        else None,
        postal=read_postal(values[Kind.POSTAL]) if values[Kind.POSTAL] else None,
        email=read_email(email) if email else "",
        opening_hours=hours,
        hours_text=hours_text,
    )


def _name_above(first: Section, lines: Sequence[Line]) -> tuple[str, list[int]]:
    """Return the name that stands over the first label, and where the heading is.

    A name is believed only under a heading such as «Kontakt», or close to the label.
    """
    above = first.start - 1
    if above < 0:
        return "", []
    if words_key(lines[above].text) in _HEADINGS:
        return "", [above]
    if not is_short(lines[above].text) or len(lines[above].text) > 60:
        return "", []
    headed = above > 0 and words_key(lines[above - 1].text) in _HEADINGS
    if headed:
        return lines[above].text, [above - 1, above]
    close = lines[above].group == first.label.group and not lines[above].markup
    opens_group = above == 0 or lines[above - 1].group != lines[above].group
    return (lines[above].text, [above]) if close and opens_group else ("", [])


def _set_aside(run: list[Section], best: list[Section], book: Book) -> None:
    """Enter a further run of contact details: repeated ones are furniture."""
    known = {words_key(value) for section in best for value in section.values}
    for section in run:
        repeated = all(words_key(value) in known for value in section.values)
        for line in (section.label, *section.lines):
            if repeated:
                book.drop(line, "repeated")
            else:
                book.leave(line, "second_contact")

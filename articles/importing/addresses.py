"""Reading e-mail addresses, telephone numbers and Swedish street and postal addresses."""

from __future__ import annotations

import re

import phonenumbers

from articles.importing.lines import words_key
from articles.importing.model import Phone, PostalAddress, VisitingAddress

EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?[(\[](?:at|a|snabel-a)[)\]]\s?)"
    r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.[A-Za-zÅÄÖåäö]{2,24}(?![\w-])",
    re.IGNORECASE,
)
_AT = re.compile(r"\s?[(\[](?:at|a|snabel-a)[)\]]\s?", re.IGNORECASE)
POSTCODE = re.compile(r"(?<![\d-])(?:SE?-)?(\d{3}[ \u00a0]?\d{2})(?!\d)")
STREET = re.compile(r"^[^\d:]{2,60}\s\d{1,3}\s?(?:[A-Za-z]|[-–]\d{1,3})?\b(?!\d)")
_BOX = re.compile(r"^(?:box|fack|c/o)\b", re.IGNORECASE)
_COUNTRY = "SE"


def read_email(found: re.Match[str]) -> str:
    """Return the address that was found, with a real @."""
    return _AT.sub("@", found.group())


def has_phone(text: str) -> bool:
    """Tell whether a national or international telephone number stands in text."""
    return bool(_numbers(text))


def _numbers(text: str) -> list[phonenumbers.PhoneNumberMatch]:
    plain = text.replace("\u00a0", " ").replace("–", "-").replace("−", "-")
    matcher = phonenumbers.PhoneNumberMatcher(
        plain, _COUNTRY, leniency=phonenumbers.Leniency.POSSIBLE
    )
    return [match for match in matcher if match.raw_string.startswith(("0", "+", "("))]


def read_phones(text: str) -> list[Phone]:
    """Return the numbers on a line; the words before a number are its label.

    Words after the last number belong to that number's label too.
    """
    phones: list[Phone] = []
    start = 0
    for match in _numbers(text):
        label = _label(text[start : match.start])
        phones.append(
            Phone(
                label=label,
                e164=phonenumbers.format_number(
                    match.number, phonenumbers.PhoneNumberFormat.E164
                ),
                display=text[match.start : match.end].replace("\u00a0", " "),
            )
        )
        start = match.end
    if phones and (rest := _label(text[start:])):
        last = phones[-1]
        last["label"] = f"{last['label']} ({rest})" if last["label"] else rest
    return phones


def _label(text: str) -> str:
    return text.strip(" \u00a0:,;.|/–-()")


def read_visiting(lines: list[str]) -> VisitingAddress:
    """Return a visiting address: «Stadshuset: Odengatan 37, Sandviken»."""
    address = VisitingAddress(
        building="", street="", postcode="", city="", access_info=""
    )
    before: list[str] = []
    after: list[str] = []
    for part in _parts(lines):
        rest = part
        if not address["postcode"] and (found := POSTCODE.search(part)):
            address["postcode"] = found.group(1).replace("\u00a0", " ")
            after = [*_some(part[found.end() :]), *after]
            rest = part[: found.start()]
        for piece in _some(rest):
            if not address["street"] and STREET.match(piece):
                address["street"] = piece
            else:
                (after if address["street"] else before).append(piece)
    if not address["street"] and not after and len(before) > 1:
        after = [before.pop()]
    address["building"] = ", ".join(before)
    if after:
        address["city"], *others = after
        address["access_info"] = ", ".join(others)
    return address


def read_postal(lines: list[str]) -> PostalAddress:
    """Return a postal address: «Sandvikens kommun, 811 80 Sandviken»."""
    address = PostalAddress(recipient="", line="", postcode="", city="")
    recipients: list[str] = []
    street: list[str] = []
    city: list[str] = []
    for part in _parts(lines):
        found = POSTCODE.search(part)
        if found and not address["postcode"]:
            address["postcode"] = found.group(1).replace("\u00a0", " ")
            recipients.extend(_some(part[: found.start()]))
            city.extend(_some(part[found.end() :]))
        elif address["postcode"]:
            city.append(part)
        elif _BOX.match(part) or STREET.match(part):
            street.append(part)
        else:
            recipients.append(part)
    address["recipient"] = ", ".join(recipients)
    address["line"] = ", ".join(street)
    address["city"] = ", ".join(city)
    return address


def _parts(lines: list[str]) -> list[str]:
    return [
        part
        for line in lines
        for piece in re.split(r"[,:;]", line)
        for part in _some(piece)
    ]


def _some(text: str) -> list[str]:
    cleaned = text.strip(" \u00a0.–-")
    return [cleaned] if words_key(cleaned) else []

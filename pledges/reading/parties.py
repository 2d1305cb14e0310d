"""Who is responsible, who signed, who meets: organisations as residents read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cms.reading.shapes import Reference
from pledges.reading.words import Readers, Text

PARTNER = "pledges.partner"


@dataclass(frozen=True)
class Party:
    """An organisation: its official name, and what it is in the reader's language.

    ``logo`` is an image in its sizes; ``logo_alt`` is empty when it says nothing more
    than the name.
    """

    key: str
    name: Text
    explanation: Text
    kind: str
    police_unit: str
    org_no: str
    url: str
    logo: dict[str, Any] | None
    logo_alt: Text


@dataclass(frozen=True)
class ContactPerson:
    """Somebody to turn to, with what they have agreed to show."""

    name: str
    title: Text
    organisation: Party | None
    phone: str
    email: str


@dataclass(frozen=True)
class Group:
    """A working group: organisations and roles, no members by name."""

    name: Text
    mission: Text
    convener: Party | None
    convener_role: Text
    members: list[Party]
    meets: Text
    level: str


def party(key: str | None, found: Mapping[str, Reference], by: Readers) -> Party | None:
    """Return an organisation, or nothing when it is not public."""
    reference = found.get(key or "")
    if reference is None:
        return None
    speaker = by.speaker(reference)
    return Party(
        key=reference.key,
        name=Text(speaker.document["name"], by.source_lang, "ltr"),
        explanation=speaker.say("display_name"),
        kind=speaker.document["kind"],
        police_unit=speaker.document["police_unit"],
        org_no=speaker.document["org_no"],
        url=speaker.document["url"],
        logo=speaker.document["logo"],
        logo_alt=speaker.say("logo_alt"),
    )


def parties(
    keys: Iterable[str], found: Mapping[str, Reference], by: Readers
) -> list[Party]:
    """Return the organisations that are public, in the order given."""
    each = (party(key, found, by) for key in keys)
    return [one for one in each if one]


def contact_person(
    key: str, found: Mapping[str, Reference], by: Readers
) -> ContactPerson | None:
    """Return a person, or nothing when they are not public."""
    reference = found.get(key)
    if reference is None:
        return None
    speaker = by.speaker(reference)
    facts = speaker.document
    return ContactPerson(
        name=facts["name"],
        title=speaker.say("role_title"),
        organisation=party(facts["organisation"], found, by),
        phone=facts["phone"],
        email=facts["email"],
    )


def contact_people(
    keys: Iterable[str], found: Mapping[str, Reference], by: Readers
) -> list[ContactPerson]:
    """Return the people that are public, in the order given."""
    each = (contact_person(key, found, by) for key in keys)
    return [one for one in each if one]


def group(key: str | None, found: Mapping[str, Reference], by: Readers) -> Group | None:
    """Return a working group that is public and active."""
    reference = found.get(key or "")
    if reference is None or not reference.document["active"]:
        return None
    speaker = by.speaker(reference)
    return Group(
        name=speaker.say("name"),
        mission=speaker.say("mission"),
        convener=party(speaker.document["convener"], found, by),
        convener_role=speaker.say("convener_role"),
        members=parties(speaker.document["members"], found, by),
        meets=speaker.say("meeting_frequency"),
        level=speaker.document["level"],
    )

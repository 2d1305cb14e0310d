"""Partners, people and working groups as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.core.blocks.media import image_document
from pledges.documents.figures import day
from pledges.documents.keys import key_of, keys_of

if TYPE_CHECKING:
    from pledges.models import Partner, Person, WorkingGroup


def partner_document(partner: Partner) -> dict[str, Any]:
    """Return the partner; the address for reminders is nobody else's business."""
    return {
        "display_name": partner.display_name,
        "logo_alt": partner.logo_alt,
        "facts": {
            "name": partner.name,
            "kind": partner.kind,
            "police_unit": partner.police_unit,
            "org_no": partner.org_no,
            "url": partner.url,
            "logo": image_document(partner.logo) if partner.logo else None,
        },
    }


def person_document(person: Person) -> dict[str, Any]:
    """Return the person; how to reach them only when they have agreed to it."""
    shown = person.publish_contact
    return {
        "role_title": person.role_title,
        "facts": {
            "name": person.name,
            "organisation": key_of(person.organisation),
            "phone": person.phone if shown else "",
            "email": person.email if shown else "",
            "valid_from": day(person.valid_from),
            "valid_to": day(person.valid_to),
        },
        "references": {"partners": _named(person.organisation)},
    }


def working_group_document(group: WorkingGroup) -> dict[str, Any]:
    """Return the group: organisations and roles, no members by name."""
    members = keys_of(group.members)
    return {
        "name": group.name,
        "mission": group.mission,
        "convener_role": group.convener_role,
        "meeting_frequency": group.meeting_frequency,
        "facts": {
            "convener": key_of(group.convener),
            "members": members,
            "level": group.level,
            "active": group.active,
        },
        "references": {"partners": [*_named(group.convener), *members]},
    }


def _named(original: Any) -> list[str]:
    key = key_of(original)
    return [key] if key else []

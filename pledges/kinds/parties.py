"""Who makes pledges and works for them: organisations, people, working groups."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from cms.kinds.kinds import SharedKind
from cms.kinds.media import ImageFile
from cms.kinds.members import Fact, Hidden, Media, Ref, Text
from pledges.kinds import keys
from pledges.staff_choices import Level, PartnerCategory

_FOR_STAFF = "It tells the staff whom to choose; a page shows whoever it names."
_NO_PLACE = "No page has a place for it yet."


class Partner(SharedKind):
    """An organisation. Its official name is the same in every language.

    The address for reminders is nobody else's business, and not here.
    """

    type_name = "pledges.partner"
    verbose_name = _("partner")
    template = "pledges/shared/partner.html"
    styles = ("pledges/pledges.css",)
    example_key = keys.PARTNER
    example = {
        "name": "Exempel kommun",
        "display_name": "kommunen",
        "logo_alt": "Ett träd",
        "kind": "municipality",
        "police_unit": "Exempelbygden",
        "org_no": "212000-0000",
        "url": "https://kommun.example.org/",
        "logo": {
            "src": "/media/images/trad.width-480.webp",
            "width": 480,
            "height": 480,
            "srcset": [{"src": "/media/images/trad.width-480.webp", "width": 480}],
        },
    }

    name: Annotated[str, Fact(_("name"))]
    display_name: Annotated[str, Text(_("what it is"))] = ""
    logo_alt: Annotated[
        str, Text(_("text alternative of the logo"), unseen=_NO_PLACE)
    ] = ""
    kind: Annotated[
        str,
        Fact(
            _("kind"),
            source="category",
            choices=dict(PartnerCategory.choices),
            unseen="The name says it.",
        ),
    ]
    police_unit: Annotated[str, Fact(_("police district"), unseen=_NO_PLACE)] = ""
    org_no: Annotated[str, Fact(_("organisation number"), unseen=_NO_PLACE)] = ""
    url: Annotated[str, Fact(_("website"), unseen=_NO_PLACE)] = ""
    logo: Annotated[ImageFile | None, Media(_("logo"), unseen=_NO_PLACE)] = None


class Person(SharedKind):
    """Somebody who answers for a pledge, with what they have agreed to show."""

    type_name = "pledges.person"
    verbose_name = _("person")
    template = "pledges/shared/person.html"
    styles = ("pledges/pledges.css",)
    example_key = keys.PERSON
    example = {
        "name": "Eva Exempel",
        "role_title": "trygghetssamordnare",
        "organisation": keys.PARTNER,
        "phone": "+4626240000",
        "email": "eva@example.org",
        "valid_from": "2026-01-01",
        "valid_to": "2027-12-31",
    }

    name: Annotated[str, Fact(_("name"))]
    role_title: Annotated[str, Text(_("title"))]
    organisation: Annotated[str | None, Ref(_("organisation"), relation="partners")] = (
        None
    )
    phone: Annotated[str, Fact(_("telephone at work"), source="shown_phone")] = ""
    email: Annotated[str, Fact(_("e-mail at work"), source="shown_email")] = ""
    valid_from: Annotated[str | None, Hidden(_("from"), reason=_FOR_STAFF)] = None
    valid_to: Annotated[str | None, Hidden(_("to"), reason=_FOR_STAFF)] = None


class WorkingGroup(SharedKind):
    """Who meets about what: organisations and roles, no members by name."""

    type_name = "pledges.working_group"
    verbose_name = _("working group")
    template = "pledges/shared/working_group.html"
    styles = ("pledges/pledges.css",)
    example_key = keys.GROUP
    example = {
        "name": "Trygghetsgruppen",
        "mission": "Gruppen arbetar för trygga platser.",
        "convener_role": "trygghetssamordnaren",
        "meeting_frequency": "en gång i månaden",
        "convener": keys.PARTNER,
        "members": [keys.PARTNER],
        "level": "operative",
        "active": True,
    }

    name: Annotated[str, Text(_("name"))]
    mission: Annotated[str, Text(_("task"))] = ""
    convener_role: Annotated[str, Text(_("convener's role"))] = ""
    meeting_frequency: Annotated[str, Text(_("meets"))] = ""
    convener: Annotated[str | None, Ref(_("convener"), relation="partners")] = None
    members: Annotated[list[str], Ref(_("members"), relation="partners")] = []
    level: Annotated[
        str,
        Fact(
            _("level"),
            choices=dict(Level.choices),
            unseen="The task of the group says it.",
        ),
    ]
    active: Annotated[bool, Fact(_("active"))] = True

"""What residents said, and what came of it."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from cms.kinds.kinds import SharedKind, Worded
from cms.kinds.members import Fact, Id, Inner, Ref, Text
from pledges.choices import DialogueCategory
from pledges.kinds import keys


class Finding(Worded):
    """One thing that many said; ``mentions`` is how many."""

    named_by = "theme"

    id: Annotated[str, Id()]
    theme: Annotated[str, Text(_("Theme"))]
    text: Annotated[str, Text(_("text"))]
    mentions: Annotated[int | None, Fact(_("How many said it"))] = None


class Dialogue(SharedKind):
    """A dialogue, or several alike, with what was heard. No personal data."""

    type_name = "pledges.dialogue"
    verbose_name = _("dialogue")
    template = "pledges/shared/dialogue.html"
    styles = ("pledges/pledges.css",)
    example_key = keys.DIALOGUE
    example = {
        "title": "Dialog på torget",
        "method": "Vi stod på torget en lördag.",
        "findings": [
            {
                "id": "f1",
                "theme": "Ljus",
                "text": "Vägen till stationen är mörk.",
                "mentions": 12,
            }
        ],
        "what_we_take_further": "Vi ser över belysningen.",
        "what_we_cannot_do": "Vi kan inte flytta hållplatsen.",
        "kind": "street",
        "date_from": "2025-10-01",
        "date_to": "2025-10-31",
        "occasions": 2,
        "participants": 40,
        "place": keys.PLACE,
        "organisers": [keys.PARTNER],
        "feedback_published_on": "2025-11-20",
        "languages_offered": ["sv", "fi"],
    }

    title: Annotated[str, Text(_("Title"))]
    method: Annotated[str, Text(_("how it was done"))] = ""
    findings: Annotated[list[Finding], Inner(_("Finding"))] = []
    what_we_take_further: Annotated[str, Text(_("what we take further"))]
    what_we_cannot_do: Annotated[str, Text(_("what we cannot do"))] = ""
    kind: Annotated[
        str,
        Fact(
            _("kind"),
            source="category",
            choices=dict(DialogueCategory.choices),
        ),
    ]
    date_from: Annotated[str, Fact(_("first day"))]
    date_to: Annotated[str | None, Fact(_("last day"))] = None
    occasions: Annotated[int, Fact(_("number of dialogues"))] = 1
    participants: Annotated[
        int | None, Fact(_("participants"), source="participants_count")
    ] = None
    place: Annotated[str | None, Ref(_("place"), relation="places")] = None
    organisers: Annotated[list[str], Ref(_("organisers"), relation="partners")] = []
    feedback_published_on: Annotated[
        str | None,
        Fact(_("participants were told the results on")),
    ] = None
    languages_offered: Annotated[
        list[str],
        Fact(_("languages with interpreter"), source="language_tags"),
    ] = []

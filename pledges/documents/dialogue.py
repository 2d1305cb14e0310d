"""Dialogues as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pledges.documents.figures import day
from pledges.documents.keys import key_of, keys_of

if TYPE_CHECKING:
    from pledges.models import CitizenDialogue


def dialogue_document(dialogue: CitizenDialogue) -> dict[str, Any]:
    organisers, place = keys_of(dialogue.organisers), key_of(dialogue.place)
    tags = dialogue.languages_offered.split(",")
    return {
        "title": dialogue.title,
        "method": dialogue.method,
        "findings": [
            {"id": each.id, "theme": each.value["theme"], "text": each.value["text"]}
            for each in dialogue.findings
        ],
        "what_we_take_further": dialogue.what_we_take_further,
        "what_we_cannot_do": dialogue.what_we_cannot_do,
        "facts": {
            "kind": dialogue.kind,
            "date_from": day(dialogue.date_from),
            "date_to": day(dialogue.date_to),
            "occasions": dialogue.occasions,
            "participants": dialogue.participants_count,
            "place": place,
            "organisers": organisers,
            "mentions": {each.id: each.value["mentions"] for each in dialogue.findings},
            "feedback_published_on": day(dialogue.feedback_published_on),
            "languages_offered": [tag.strip() for tag in tags if tag.strip()],
        },
        "references": {
            "partners": organisers,
            "places": [place] if place else [],
        },
    }

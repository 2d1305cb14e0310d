"""Examples of what the API says of pledges."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

KEY = "7f6c3a0e-5b1f-4a53-9e41-1c1f2d3b4a5e"


def _words(text: str, lang: str = "fi") -> Json:
    return {"text": text, "lang": lang}


PARTY: Json = {
    "key": "5b8f2f5e-35b5-4d0e-8d5e-0d6c0a1f7e11",
    "name": "Sandvikens kommun",
    "explanation": None,
    "kind": "municipality",
    "police_unit": "",
    "org_no": "212000-0000",
    "url": "",
    "logo": None,
    "logo_alt": None,
}

_REPORT: Json = {
    "activity": "c9a8f8a7-3b53-4a4e-9b63-8f0f1b8f5a10",
    "pledge": KEY,
    "status": "delayed",
    "value": 2,
    "text": _words("Kaksi kävelytietä on valmiina."),
    "reason": _words("Pylväät tulevat myöhässä."),
    "evidence_url": "",
}

_REFERENCE: Json = {
    "key": "1d6f8a0c-9e0b-4a57-bf2f-3c8d3f0b7a21",
    "title": _words("Seuranta, tertiaali 1"),
    "path": "/fi/loften/2026/seuranta-1/",
    "period_start": "2026-01-01",
    "period_end": "2026-04-30",
    "is_final": False,
    "published_at": "2026-06-10T08:00:00Z",
}

_OCCASION: Json = {
    "label": _words("Tertiaali 1 2026"),
    "period_start": "2026-01-01",
    "period_end": "2026-04-30",
    "due_on": "2026-06-15",
    "is_final": False,
    "state": "published",
    "followup": _REFERENCE,
}

_TIMELINE: Json = {
    "followups": [_OCCASION],
    "followup_overdue": False,
    "next_followup": None,
}

_DIALOGUE: Json = {
    "title": _words("Keskusteluja torilla"),
    "kind": "street",
    "method": _words("Seisoimme torilla lauantaina."),
    "date_from": "2025-10-01",
    "date_to": None,
    "place": {
        "key": "2b9a1a3e-6d0b-4f57-8a5f-5c1f0b2d4e42",
        "name": _words("Kävelytie joen varrella"),
    },
    "organisers": [PARTY],
    "occasions": 2,
    "participants": 40,
    "languages_offered": ["sv", "fi"],
    "findings": [
        {
            "theme": _words("Valo"),
            "text": _words("Tie asemalle on pimeä."),
            "mentions": 12,
        }
    ],
    "take_further": _words("Tarkistamme valaistuksen."),
    "cannot_do": None,
    "feedback_published_on": "2025-11-20",
}

_ACTIVITY: Json = {
    "key": _REPORT["activity"],
    "title": _words("Valaistaan kävelyteitä"),
    "description_html": None,
    "schedule": None,
    "unit": _words("kävelytietä"),
    "kind": "lighting",
    "responsible": [PARTY],
    "cooperating": [],
    "start": None,
    "due": "2026-10-31",
    "is_overdue": False,
    "target": {"op": "exact", "value": 8},
    "aggregation": "latest",
    "actual": 2,
    "is_met": False,
    "status": "delayed",
    "history": [{"followup": _REFERENCE, "report": _REPORT}],
    "places": [],
    "indicator": None,
    "replaced_by": None,
}

PLEDGE: Json = {
    "key": KEY,
    "number": 1,
    "title": _words("Lisää valoa pimeisiin paikkoihin"),
    "path": "/fi/loften/2026/lisaa-valoa/",
    "promise": _words("Lupaamme valaista kahdeksan kävelytietä."),
    "programme": {"title": _words("Kansalaislupaukset 2026"), "path": "/fi/loften/2026/"},
    "period_start": "2026-01-01",
    "period_end": "2026-12-31",
    "phase": "ongoing",
    "outcome": None,
    "outcome_summary": None,
    "withdrawn_on": None,
    "withdrawn_reason": None,
    "background_html": _words("<p>Moni pitää paikkoja pimeinä.</p>"),
    "goal": None,
    "expected_effects_html": None,
    "parties": [PARTY],
    "focus_areas": [
        {"title": _words("Trygghet", "sv"), "path": "/fi/fokusomraden/trygghet/"}
    ],
    "indicators": [],
    "places": [],
    "people": [
        {
            "name": "Jonas Ek", "title": _words("turvallisuuskoordinaattori"),
            "organisation": PARTY, "phone": "", "email": "kommun@example.org",
        }
    ],
    "dialogues": [_DIALOGUE],
    "feedback_url": "",
    "activities": [_ACTIVITY],
    **_TIMELINE,
}  # fmt: skip

PROGRAMME: Json = {
    "key": "e2b7c7a4-6a3f-4d44-8b0a-b2a7f5b9d101",
    "title": _words("Kansalaislupaukset 2026"),
    "path": "/fi/loften/2026/",
    "period_start": "2026-01-01",
    "period_end": "2026-12-31",
    "phase": "ongoing",
    "parties": [PARTY],
    "basis_html": None,
    "signed_on": "2025-12-18",
    "signed_at": None,
    "signatures": [
        {
            "party": PARTY, "name": "Ove Brändström",
            "title": _words("kunnanhallituksen puheenjohtaja"),
        }
    ],
    "dialogues": [],
    "predecessor": None,
    "police_url": "",
    "register_no": "",
    **_TIMELINE,
    "pledges": [PLEDGE],
}  # fmt: skip

FOLLOW_UP: Json = {
    "kind": "follow_up",
    "followup": _REFERENCE,
    "reports": [_REPORT],
    "effects_html": "",
    "caveat": "",
    "next_steps": "Syksyllä pystytetään loput pylväät.",
    "programme": PROGRAMME,
}

_GROUP: Json = {
    "name": _words("Turvallisuusryhmä"),
    "mission": _words("Ryhmä työskentelee turvallisten paikkojen puolesta."),
    "convener": PARTY,
    "convener_role": None,
    "members": [PARTY],
    "meets": None,
    "level": "operative",
}

FOCUS_CARD: Json = {
    "link": {"title": _words("Trygghet", "sv"), "path": "/fi/fokusomraden/trygghet/"},
    "why": _words("Kotimatkan pitää tuntua turvalliselta."),
    "group": _GROUP,
}

FOCUS_AREA: Json = {
    "kind": "focus_area",
    "goals": ["Useampi tuntee olonsa turvalliseksi."],
    "former_names": [{"name": _words("Trygg i Sandviken", "sv"), "years": "–2019"}],
    "group": _GROUP,
    "indicators": [],
    "pledges": [PLEDGE],
}

"""Keys for the examples of kinds. All made up."""

from __future__ import annotations

PARTNER = "5b8f2f5e-35b5-4d0e-8d5e-0d6c0a1f7e11"
PERSON = "c4c0a6a1-95f5-4a43-8c35-3f0f5a8f1c20"
GROUP = "8d1f6f7a-4f4f-4e0e-9a52-27c5a0de7b31"
PLACE = "2b9a1a3e-6d0b-4f57-8a5f-5c1f0b2d4e42"
DIALOGUE = "9f3b5d7c-1e2a-4c4b-b6d8-7a9c0e1f2b53"
INDICATOR = "3c5e7a9b-8d6f-4b2a-9c1e-0f2d4b6a8c64"
SURVEY = "6a8c0e2f-4b6d-4f8a-8c0e-1a3c5e7f9b75"
FOCUS_AREA = "0d2f4b6a-9c1e-4a3c-9e7f-2b4d6f8a0c86"
PROGRAMME = "e2b7c7a4-6a3f-4d44-8b0a-b2a7f5b9d101"
PLEDGE = "7f6c3a0e-5b1f-4a53-9e41-1c1f2d3b4a5e"
ACTIVITY = "c9a8f8a7-3b53-4a4e-9b63-8f0f1b8f5a10"
OCCASION = "1d6f8a0c-9e0b-4a57-bf2f-3c8d3f0b7a21"
SIGNATORY = "4e6a8c0d-2f4b-4d6e-8a0c-5d7f9b1a3c97"
LINE = "a1c3e5f7-9b1d-4f3a-8c5e-6e8a0c2d4fa8"

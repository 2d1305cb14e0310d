"""Telephone numbers: stored in one way, shown as people write them (R-11)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from cms.core.blocks.phone import PhoneBlock, PhoneNumberBlock, display, to_e164


@pytest.mark.parametrize(
    "text",
    [
        "026-24 00 00",
        "026240000",
        "+46 26 24 00 00",
        "0046 26 240000",
        "(026) 24 00 00",
    ],
)
def test_every_usual_way_of_writing_is_the_same_number(text):
    assert to_e164(text) == "+4626240000"


@pytest.mark.parametrize("text", ["", "växeln", "1", "026-24 00 00 00 00 00 00"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValidationError):
        to_e164(text)


@pytest.mark.parametrize(
    ("e164", "shown"),
    [
        ("+4626240000", "026-24 00 00"),
        ("+46701740605", "070-174 06 05"),
        ("nonsense", "nonsense"),
    ],
)
def test_number_is_shown_as_within_the_country(e164, shown):
    assert display(e164) == shown


def test_saved_number_is_e164_and_is_never_translated():
    block = PhoneNumberBlock(max_length=30)

    assert block.clean("026-24 00 00") == "+4626240000"
    assert block.get_translatable_segments("+4626240000") == []


def test_document_has_both_forms():
    block = PhoneBlock()
    value = block.to_python({"label": "Växel", "number": "+4626240000"})

    assert block.to_document(value) == {
        "label": "Växel",
        "e164": "+4626240000",
        "display": "026-24 00 00",
    }

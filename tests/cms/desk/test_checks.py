"""What is said about a translated segment, check by check."""

from __future__ import annotations

import pytest

from cms.desk.checks import ERROR, WARNING, check


def codes(source, target):
    return [finding.code for finding in check(source, target)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("23 lampor", "23 lamppua"),
        ("23 lampor", "٢٣ مصباحًا"),
        ("1 200 svar", "1,200 answers"),
        ("1 200 svar", "1\u00a0200 vastausta"),
        ("2018–2019", "٢٠١٨–٢٠١٩"),
        ("1,92 i index", "1.92 index"),
        ("Klockan 08.00", "Kello 8.00"),
        ("m² mark", "m² maata"),
        ("Skriv till a1@example.org", "Kirjoita a1@example.org"),
        ("Se https://example.org/2018.", "Katso https://example.org/2018."),
        ('<a id="a1">här</a>', 'täällä <a id="a1">tämä</a>'),
        ("Hej", "Hej"),
    ],
)
def test_faithful_translation_passes(source, target):
    assert codes(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("23 lampor", "lamppuja", "numbers"),
        ("lampor", "5 lamppua", "numbers"),
        ("23 lampor", "32 lamppua", "numbers"),
        ("två 5 och 5", "kaksi 5", "numbers"),
        ("a@example.org", "b@example.org", "addresses"),
        ("https://example.org/a", "https://example.org/b", "addresses"),
        ('<a id="a1">x</a>', "x", "links"),
        ('<a id="a1">x</a>', '<a id="a1">x</a> <a id="a1">x</a>', "links"),
        (
            "Ett två tre fyra fem sex sju.",
            "Ett två tre fyra fem sex sju.",
            "untranslated",
        ),
        ("Tel", "\u2066Tel", "isolates"),
        ("Tel", "Tel\u2069\u2066", "isolates"),
    ],
)
def test_fault_is_an_error(source, target, code):
    findings = check(source, target)

    assert code in [finding.code for finding in findings if finding.severity == ERROR]
    assert all(finding.message for finding in findings)


def test_number_is_named_once_for_each_that_is_missing():
    (finding,) = check("Ring 1 eller 5 eller 5", "Soita 1")

    assert finding.message.endswith("5, 5")


def test_very_short_translation_is_only_a_warning():
    source = "Kommunen byter lampor på många platser där det är mörkt."
    (finding,) = check(source, "Kunta.")

    assert (finding.code, finding.severity) == ("length", WARNING)

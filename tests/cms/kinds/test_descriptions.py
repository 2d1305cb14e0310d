"""What must hold of every member of every kind, by what its kind says of it.

Generated over the registry: a kind that forgets something fails here, whoever owns it.
"""

from __future__ import annotations

import json
from typing import Annotated

import pytest
from django.utils.translation import override

from cms.gate import passages
from cms.gate.reviews import compare_documents
from cms.kinds import labels, registry
from cms.kinds.kinds import Part
from cms.kinds.members import Fact, Hidden, Html, Ref, Text
from cms.kinds.merging import with_facts
from cms.kinds.references import named
from cms.kinds.structure import fields
from cms.search.texts import texts_of
from tests.cms.kinds import checks, scratch, variations

CASES = variations.cases()
#: The languages of the staff, but for that in which labels are written.
TRANSLATED = [code for code in checks.staff_languages() if code != "en"]
MEMBERS = variations.by_member(CASES)
REVIEWED = [case for case in CASES if not case.place.member.follows]
WORDS = [case for case in CASES if isinstance(case.place.member, Text)]
SHARED = [case for case in CASES if isinstance(case.place.member, Fact)]
REFERENCES = [case for case in CASES if isinstance(case.place.member, Ref)]


def ids(cases):
    return [case.id for case in cases]


@pytest.mark.parametrize("kind", list(registry.every()), ids=lambda k: k.type_name)
def test_example_has_every_member_and_is_as_its_kind_says(kind):
    example = kind.example if kind in set(registry.blocks()) else kind.sample()

    kind.model_validate(example)
    assert {field.name for field in fields(kind)} <= set(example)
    for field in fields(kind):
        if field.shapes:
            assert example[field.name], f"{field.name} shows none of its parts"


@pytest.mark.parametrize("member", MEMBERS)
def test_example_has_a_value_for_every_member(member):
    """A list of the example has at least one row in which there is something."""
    values = [case.place.value for case in MEMBERS[member]]
    is_derived = MEMBERS[member][0].place.member.follows

    assert is_derived or any(value not in (None, "", []) for value in values)


@pytest.mark.django_db
@pytest.mark.parametrize("case", REVIEWED, ids=ids(REVIEWED))
def test_reviewer_sees_each_change(case):
    compared = compare_documents(case.kind, case.document, case.changed())

    (row,) = [row for row in compared.changed if row.path.startswith(case.place.path)]
    assert row.before != row.after
    assert row.is_text == isinstance(case.place.member, Text)


@pytest.mark.django_db
@pytest.mark.parametrize("case", WORDS, ids=ids(WORDS))
def test_language_reviewer_sees_each_text_beside_its_swedish(case):
    swedish = passages.passages(case.kind, case.document, {})
    finnish = passages.passages(case.kind, case.changed(), {})
    before = {each.path: each.text for each in swedish if each.is_text}
    after = {each.path: each.text for each in finnish if each.is_text}

    differing = {
        path for path in {*before, *after} if before.get(path) != after.get(path)
    }

    assert len(differing) == 1
    assert differing.pop().startswith(case.place.path)


@pytest.mark.parametrize("case", SHARED, ids=ids(SHARED))
def test_fact_is_read_from_the_original(case):
    changed = case.changed()
    merged = with_facts(case.kind, case.document, changed, "sv")

    assert case.value_in(merged) == case.value_in(changed)
    assert case.value_in(merged) != case.place.value


@pytest.mark.parametrize("case", WORDS, ids=ids(WORDS))
def test_words_are_those_of_the_translation(case):
    translation = case.changed()
    merged = with_facts(case.kind, translation, case.document, "sv")

    assert case.value_in(merged) == case.value_in(translation)


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_search_finds_the_words_or_the_kind_says_why_not(case):
    member = case.place.member
    before = texts_of(case.kind, "", case.document)
    after = texts_of(case.kind, "", case.changed())
    is_title = case.place.path == "title"

    assert (before != after) == bool(member.weight) or is_title
    if isinstance(member, Text) and not member.weight:
        assert member.unsearched


@pytest.mark.parametrize("case", REFERENCES, ids=ids(REFERENCES))
def test_what_a_text_names_is_in_the_index(case):
    before = set(named(case.kind, case.document))
    added = set(named(case.kind, case.changed())) - before

    assert added
    relations = {relation for relation, _key in added}
    assert relations == {case.place.member.relation or case.place.field.name}


@pytest.mark.parametrize("case", WORDS, ids=ids(WORDS))
def test_links_in_formatted_words_are_in_the_index(case):
    if not isinstance(case.place.member, Html):
        return
    key = "99999999-2222-4333-8444-555555555555"
    text = json.dumps(case.changed(), ensure_ascii=False)
    for word in ("Xylofon", "xylofon"):
        text = text.replace(word, f'<a href=\\"cms:{key}\\">x</a>')
    document = json.loads(text)

    assert ("link", key) in set(named(case.kind, document))


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("part", checks.parts(), ids=lambda part: part.__name__)
def test_staff_have_a_name_for_everything_in_their_language(part, language):
    assert checks.staff_have_a_name_for_it(part, language) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_member_without_a_name_in_a_language_is_found(language):
    found = checks.staff_have_a_name_for_it(scratch.HasAnUnknownName, language)

    assert [fault.partition(":")[0] for fault in found] == ["HasAnUnknownName.tune"]


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_each_place_has_a_name(case):
    for language in checks.staff_languages():
        with override(language):
            assert labels.of_place(case.place, {}), language


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_what_is_hidden_says_why(case):
    if isinstance(case.place.member, Hidden):
        assert case.place.member.reason


def test_a_member_that_does_not_say_what_it_is_cannot_be_defined():
    with pytest.raises(TypeError, match="does not say what it is"):

        class Forgetful(Part):
            note: str

    with pytest.raises(TypeError, match="does not say what it is"):

        class Undecided(Part):
            note: Annotated[str, Text("Note"), Fact("Note")]

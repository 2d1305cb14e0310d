"""What readers must find of a member of a kind, as checks that say what is wrong.

Each takes the places of one member: it is enough that one of the rows of an example
shows a member, because rows differ in what there is to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import override

from cms.kinds import registry
from cms.kinds.kinds import Json, Part
from cms.kinds.members import Fact, Hidden, Member
from cms.kinds.structure import by_name, fields
from tests.cms.kinds.variations import Case
from tests.cms.kinds.world import NOTHING, SOURCE, TRANSLATED, World, differing
from tools.messages import ROOT, catalogues

Faults = list[str]


def every_language_answers_with_a_fact(world: World, cases: list[Case]) -> Faults:
    """What changes in Swedish changes in every language, and to the same (3)."""
    faults = []
    for case in cases:
        example, document = world.examples[case.name], case.changed()
        swedish = _asked(world, case, SOURCE)
        before = world.unchanged(example, swedish.values())
        others = [_asked(world, case, tag) for tag in TRANSLATED]
        addresses = [at for asked in others for at in asked.values()]
        known = world.unchanged(example, addresses)
        with world.changed(example, document):
            for name, address in swedish.items():
                after = world.read(address)
                if after == before[address]:
                    continue
                for asked in others:
                    found = world.read(asked[name])
                    faults += [
                        f"{asked[name]}: {case.id}: {fault}"
                        for fault in _follows(
                            before[address], after, known[asked[name]], found
                        )
                    ]
    return faults


def _follows(before: Any, after: Any, other: Any, found: Any) -> Iterator[str]:
    """Say where another language does not follow the Swedish answer.

    What was the same in both is no word, and is the same in both again.
    """
    if isinstance(before, str):
        if found == other:
            yield "nothing has changed"
        return
    changed = differing(before, after)
    if differing(other, found) != changed:
        yield f"changed {differing(other, found)} and not {changed}"
    yield from (
        f"{path} is {found.get(path)} and not {after.get(path)}"
        for path in changed
        if before.get(path) == other.get(path)
        and before.get(path) not in NOTHING
        and found.get(path) != after.get(path)
    )


def the_api_answers_with_it(world: World, cases: list[Case]) -> Faults:
    """Some answer differs when the member alone does, or the member is hidden (4)."""
    if isinstance(_member(cases), Hidden) or any(
        _is_answered(world, case) for case in cases
    ):
        return []
    return [f"No answer of the API has {cases[0].id}."]


def _is_answered(world: World, case: Case) -> bool:
    example, document = world.examples[case.name], case.changed()
    answers = world.answers(example, SOURCE)
    if not example.is_page:
        return any(_differences(world, case, answers.values()))
    place = case.place.path.partition(".")[0]
    answered = by_name(case.kind)[place].member.answered or place
    if answered.endswith("="):
        (new,) = set(document[place]) - set(case.document[place])
        address = f"/api/v1/{answered}{new}"
        return any(_differences(world, case, [address]))
    own = [answers[case.name]]
    return any(
        path.partition(".")[0] == answered
        for paths in _differences(world, case, own)
        for path in paths
    )


def the_page_shows_it(world: World, cases: list[Case]) -> Faults:
    """Some page differs when the member alone does, or it says why not (5)."""
    member = _member(cases)
    if isinstance(member, Hidden) or member.unseen:
        return []
    for case in cases:
        example, document = world.examples[case.name], case.changed()
        before = world.pages(example, SOURCE, example.document)
        now = world.pages(example, SOURCE, document)
        same = world.unchanged(example, before.values())
        with world.changed(example, document):
            if any(world.read(at) != same[before[name]] for name, at in now.items()):
                return []
    return [f"No page shows {cases[0].id}, and nothing says why."]


def staff_have_a_name_for_it(part: type[Part], language: str) -> Faults:
    """The words of a kind for the staff are in each of their languages (9).

    They are written in English. A member may go by the name of what holds it.
    """
    translated = _translated_words(language)
    return [
        f"{place}: «{text}» is not translated to {language}."
        for place, text in _words_of(part)
        if text and text not in translated
    ]


@cache
def _translated_words(language: str) -> frozenset[str]:
    """Return the English words that our catalogue of a language has."""
    (catalogue,) = (row for row in catalogues(ROOT) if row.tag == language)
    return frozenset(entry.msgid for entry in catalogue.read().translated_entries())


def _words_of(part: type[Part]) -> Iterator[tuple[str, str]]:
    """Yield what the staff call a kind, its members and their coded values."""
    with override("en"):
        if hasattr(part, "verbose_name"):
            yield part.__name__, str(part.verbose_name)
        for field in fields(part):
            yield f"{part.__name__}.{field.name}", str(field.member.label)
            choices = getattr(field.member, "choices", None) or {}
            for code, label in choices.items():
                yield f"{part.__name__}.{field.name}={code}", str(label)


def parts() -> list[type[Part]]:
    """Every kind, and every part that stands in one."""
    found: dict[type[Part], None] = {}

    def look(part: type[Part]) -> None:
        if part not in found:
            found[part] = None
            for field in fields(part):
                for shape in field.shapes.values():
                    look(shape)

    for kind in registry.every():
        look(kind)
    return list(found)


def staff_languages() -> list[str]:
    return [code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES]


def _member(cases: list[Case]) -> Member:
    return cases[0].place.member


def _asked(world: World, case: Case, tag: str) -> dict[str, str]:
    """Return every address at which something of the member may be, by what is there.

    The page of another language keeps its own address.
    """
    example = world.examples[case.name]
    pages = world.pages(example, tag, case.changed())
    return {
        **{f"page {name}": quote(at) for name, at in pages.items()},
        **world.answers(example, tag),
    }


def _differences(world: World, case: Case, addresses: Any) -> Iterator[set[str]]:
    """Yield the paths at which answers differ, of those that do."""
    example = world.examples[case.name]
    same = world.unchanged(example, addresses)
    with world.changed(example, case.changed()):
        for address, before in same.items():
            after = world.read(address)
            if after == before:
                continue
            yield differing(before, after) if isinstance(before, dict) else {address}


def facts(members: dict[str, list[Case]]) -> dict[str, list[Case]]:
    return {n: c for n, c in members.items() if isinstance(_member(c), Fact)}


def document_has(case: Case, document: Json) -> bool:
    return case.value_in(document) == case.value_in(case.changed())

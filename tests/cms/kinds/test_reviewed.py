"""What reviewers are shown of every member of every kind, and what they decide about."""

from __future__ import annotations

import pytest

from cms.desk.pairs import Pairs, Version
from cms.engine import localize
from cms.kinds.members import Text
from tests.cms.kinds import variations

WORDS = [c for c in variations.cases() if isinstance(c.place.member, Text)]
TRANSLATED = [case for case in WORDS if case.place.value not in (None, "", [])]

pytestmark = pytest.mark.django_db


def ids(cases):
    return [case.id for case in cases]


def pairs(case, *, swedish, finnish):
    """Texts that readers have, and the new ones; what is the same in both is kept."""
    before = Version(case.document, case.document)
    return Pairs(case.kind, Version(swedish, finnish), public=before)


@pytest.mark.parametrize("case", TRANSLATED, ids=ids(TRANSLATED))
def test_text_that_is_as_it_was_stands_out_when_its_swedish_has_changed(case):
    found = pairs(case, swedish=case.changed(), finnish=case.document)

    (shown,) = [pair for pair in found.all if pair.public.is_changed]
    assert shown.path.startswith(case.place.path)
    assert shown.public.source_changes
    assert not shown.public.target_changes
    assert found.kept == ([] if case.place.path == localize.SLUG else [shown])


@pytest.mark.parametrize("case", WORDS, ids=ids(WORDS))
def test_text_that_follows_its_swedish_is_shown_then_and_now_in_both(case):
    found = pairs(case, swedish=case.changed(), finnish=case.changed())

    (shown,) = [pair for pair in found.all if pair.public.is_changed]
    assert shown.public.source_changes
    assert shown.public.target_changes
    assert found.kept == []


@pytest.mark.parametrize("case", WORDS, ids=ids(WORDS))
def test_text_that_is_taken_away_is_shown(case):
    whole = case.changed()
    empty = [] if isinstance(case.place.value, list) else ""
    case.place_in(whole, empty)
    version = Version(whole, whole)

    found = Pairs(case.kind, version, Version(case.changed(), case.changed()))

    gone = [pair for pair in found.all if not pair.now.source]
    assert gone
    assert all(pair.public.before.target for pair in gone)

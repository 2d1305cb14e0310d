"""What each type of page shows besides its own document, in one or a few queries.

:func:`with_details` is called by the public site, the API and previews alike.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from cms.log import drawn
from cms.log.models import Action, Publication
from cms.reading import listing
from cms.reading.library import Library
from cms.reading.selections import (
    Criterion,
    Selection,
    below,
    naming,
    of_types,
    with_keys,
)
from cms.reading.shapes import ListItem, Reading, Reference
from cms.reading.shared import texts
from pledges.accounts import residents_today
from pledges.reading.charts import INDICATOR, SURVEY, WithCharts, charts_of
from pledges.reading.followups import FollowUpView, followup
from pledges.reading.parties import PARTNER, Group, group
from pledges.reading.pledges import PledgeView
from pledges.reading.programmes import (
    FOLLOW_UP,
    PLEDGE,
    PROGRAMME,
    ProgrammeView,
    Shelf,
)
from pledges.reading.words import (
    Link,
    Speaker,
    Text,
    page_as_reference,
    readers_of,
)

OVERVIEW, FOCUS_AREA = "pledges.overview", "pledges.focus_area"
FOCUS_AREAS, ARTICLE = "pledges.focus_areas", "articles.article"
#: How the log calls it that a text belongs to a focus area.
IN_AREA = "focus_areas"
ARTICLES_SHOWN = 6


@dataclass(frozen=True)
class PledgePage(WithCharts):
    pledge: PledgeView


@dataclass(frozen=True)
class ProgrammePage(WithCharts):
    programme: ProgrammeView


@dataclass(frozen=True)
class FollowUpPage(WithCharts):
    """A report with the pledges it is about, as they stood after it."""

    followup: FollowUpView
    programme: ProgrammeView


@dataclass(frozen=True)
class FormerName:
    """A name of before, and until when it was used, as far as is known."""

    name: Text
    years: str


@dataclass(frozen=True)
class FocusCard:
    """A focus area in a list or on a card."""

    link: Link
    why: Text
    group: Group | None


@dataclass(frozen=True)
class FocusAreaPage(WithCharts):
    group: Group | None
    goals: list[Text]
    former_names: list[FormerName]
    pledges: list[PledgeView]
    articles: list[ListItem]


@dataclass(frozen=True)
class FocusAreasPage(WithCharts):
    areas: list[FocusCard]


@dataclass(frozen=True)
class OverviewPage(WithCharts):
    """Every programme; ``focus_areas`` are what one may choose among."""

    programmes: list[ProgrammeView]
    focus_areas: list[tuple[str, Link]]


@dataclass(frozen=True)
class Cards(WithCharts):
    """What the cards in the text of any page show, by key."""

    pledges: dict[str, PledgeView] = field(default_factory=dict)
    focus_areas: dict[str, FocusCard] = field(default_factory=dict)


def with_details(library: Library, reading: Reading) -> Reading:
    """Return the reading with what its type shows, its cards and its charts."""
    wanted = _wanted(reading)
    if not wanted:
        drawn.nothing_else()
    found = texts(library, reading.requested, *wanted) if wanted else []
    own = page_as_reference(reading)
    everything = {each.key: each for each in [*reading.references.values(), *found]}
    shelf = Shelf({**everything, own.key: own}, readers_of(reading), residents_today())
    build = _BUILDERS.get(reading.type, _cards)
    surveys = [each for each in found if each.type == SURVEY]
    shown = build(library, reading, shelf) or WithCharts()
    charts = charts_of(everything, surveys)
    return replace(reading, details=replace(shown, charts=charts))


def _wanted(reading: Reading) -> list[Criterion]:
    """Return the texts that the page needs besides those it names."""
    parts: list[Criterion] = []
    ancestors = reading.document.get("ancestors", [])
    if reading.type in {PLEDGE, FOLLOW_UP} and ancestors:
        parts += _programmes([ancestors[-1]], pledges=reading.type == FOLLOW_UP)
    elif reading.type == PROGRAMME:
        parts += _programmes([reading.key], pledges=True)
    elif reading.type == OVERVIEW:
        parts.append(of_types(PROGRAMME, PLEDGE, FOLLOW_UP, FOCUS_AREA, PARTNER))
    elif reading.type == FOCUS_AREAS:
        parts.append(of_types(FOCUS_AREA, "pledges.working_group", PARTNER))
    elif reading.type == FOCUS_AREA:
        parts.append(naming(uuid.UUID(reading.key), IN_AREA, PLEDGE))
        parts.append(of_types(PROGRAMME, FOLLOW_UP, PARTNER))
    elif shown := [r for r in reading.references.values() if r.type == PLEDGE]:
        above = {each.document["ancestors"][-1] for each in shown}
        parts += _programmes(above, pledges=False)
    if any(each.type == INDICATOR for each in reading.references.values()):
        parts.append(of_types(SURVEY, PARTNER))
    return parts


def _programmes(keys: Iterable[str], *, pledges: bool) -> list[Criterion]:
    """Return programmes with their follow-ups, and their pledges if asked for."""
    ids = [uuid.UUID(key) for key in keys]
    types = [FOLLOW_UP, PLEDGE] if pledges else [FOLLOW_UP]
    return [with_keys(ids), below(ids, *types)]


def _pledge(library: Library, reading: Reading, shelf: Shelf) -> PledgePage | None:
    view = shelf.pledge(reading.key)
    return PledgePage(view) if view else None


def _programme(
    library: Library, reading: Reading, shelf: Shelf
) -> ProgrammePage | None:
    view = shelf.full_programme(reading.key)
    return ProgrammePage(view) if view else None


def _follow_up(library: Library, reading: Reading, shelf: Shelf) -> FollowUpPage | None:
    own = shelf.texts[reading.key]
    programme = shelf.full_programme(own.parent or "")
    if programme is None:
        return None
    return FollowUpPage(followup(own, shelf.by), programme)


def _overview(library: Library, reading: Reading, shelf: Shelf) -> OverviewPage:
    areas = [(a.key, shelf.by.link(a)) for a in shelf.of(FOCUS_AREA)]
    return OverviewPage(shelf.all_programmes(), areas)


def _focus_areas(library: Library, reading: Reading, shelf: Shelf) -> FocusAreasPage:
    return FocusAreasPage([_focus_card(each, shelf) for each in shelf.of(FOCUS_AREA)])


def _focus_card(reference: Reference, shelf: Shelf) -> FocusCard:
    speaker = shelf.by.speaker(reference)
    working_group = speaker.document.get("working_group")
    return FocusCard(
        shelf.by.link(reference),
        speaker.say("ingress"),
        group(working_group, shelf.texts, shelf.by),
    )


def _focus_area(library: Library, reading: Reading, shelf: Shelf) -> FocusAreaPage:
    key = uuid.UUID(reading.key)
    articles = Selection(relation=IN_AREA, named=key, type=ARTICLE)
    found = listing.page_of(library, reading.requested, articles, limit=ARTICLES_SHOWN)
    document, speaker = reading.document, shelf.by.speaker(shelf.texts[reading.key])
    return FocusAreaPage(
        group=group(document["working_group"], shelf.texts, shelf.by),
        goals=[speaker.say_of(goal, "text") for goal in document["goals"]],
        former_names=_former_names(reading, speaker),
        pledges=shelf.pledges(
            each
            for each in shelf.of(PLEDGE)
            if reading.key in each.document["focus_areas"]
        ),
        articles=found.items,
    )


def _former_names(reading: Reading, speaker: Speaker) -> list[FormerName]:
    """Return what the area was called before: as stated, and as the log knows (I11).

    A corrected spelling is no renaming: what a publication of mere wording replaced
    does not count.
    """
    rows = Publication.objects.filter(
        key=reading.key, locale=reading.served.code, action=Action.PUBLISH
    ).order_by("id")
    renamed: dict[str, str] = {}
    previous = None
    for title, significance, moment in rows.values_list(
        "title", "significance", "published_at"
    ):
        if previous and title != previous and significance != "wording":
            renamed[previous] = f"–{moment.year}"
        previous = title
    stated = reading.document["former_names"]
    names = {
        row["name"]: FormerName(speaker.say_of(row, "name"), row["years"])
        for row in stated
    }
    lang = (reading.served.html_lang, reading.served.direction)
    names |= {
        name: FormerName(Text(name, *lang), years) for name, years in renamed.items()
    }
    names.pop(reading.title, None)
    return list(names.values())


def _cards(library: Library, reading: Reading, shelf: Shelf) -> Cards:
    """Return what the cards in the text of any other page show."""
    shown: dict[str, dict[str, Any]] = {"pledges": {}, "focus_areas": {}}
    for key, reference in reading.references.items():
        if reference.type == PLEDGE and (view := shelf.pledge(key)):
            shown["pledges"][key] = view
        elif reference.type == FOCUS_AREA:
            shown["focus_areas"][key] = _focus_card(reference, shelf)
    return Cards(**shown)


_BUILDERS: dict[str, Callable[[Library, Reading, Shelf], WithCharts | None]] = {
    PLEDGE: _pledge,
    PROGRAMME: _programme,
    FOLLOW_UP: _follow_up,
    OVERVIEW: _overview,
    FOCUS_AREAS: _focus_areas,
    FOCUS_AREA: _focus_area,
}

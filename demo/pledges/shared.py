"""Who and what pledges refer to: partners, people, groups, places, surveys, dialogues.

Each maker returns the Swedish originals with the text they were made from, in the
order in which they may be translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from demo.pledges import texts
from demo.pledges.maker import Maker, stream
from pledges.models import (
    CitizenDialogue,
    Partner,
    Person,
    Place,
    SafetySurvey,
    SurveyIndicator,
    SurveyResult,
    WorkingGroup,
)

Made = tuple[Any, dict[str, Any]]


def make_shared(maker: Maker) -> Iterator[Made]:
    """Yield every block that pages refer to, public in Swedish, with its text."""
    yield from _partners(maker)
    yield from _people(maker)
    yield from _working_groups(maker)
    yield from _places(maker)
    yield from _dialogues(maker)
    yield from _indicators(maker)
    yield from _surveys(maker)


def _partners(maker: Maker) -> Iterator[Made]:
    names = ("name", "display_name", "category", "url", "reminder_email")
    for item in texts.read("partners"):
        yield maker.block(Partner, item["key"], texts.swedish(item, *names)), item


def _people(maker: Maker) -> Iterator[Made]:
    names = ("name", "role_title", "phone", "email", "publish_contact")
    for item in texts.read("people"):
        fields = texts.swedish(item, *names)
        fields["organisation"] = maker.named(Partner, item["organisation"])
        yield maker.block(Person, item["key"], fields), item


def _working_groups(maker: Maker) -> Iterator[Made]:
    names = ("name", "mission", "convener_role", "meeting_frequency", "level")
    for item in texts.read("working_groups"):
        fields = texts.swedish(item, *names)
        fields["convener"] = maker.named(Partner, item["convener"])
        fields["members"] = maker.named(Partner, item["members"])
        fields["parent"] = maker.named(WorkingGroup, item["parent"])
        yield maker.block(WorkingGroup, item["key"], fields), item


def _places(maker: Maker) -> Iterator[Made]:
    names = (
        "name", "measure", "category", "locality", "geometry", "precision",
        "publish_on_map", "lighting_status", "reported_via", "fixed_on",
    )  # fmt: skip
    for item in texts.read("places"):
        fields = texts.swedish(item, *names)
        fields["lighting_owner"] = maker.named(Partner, item["lighting_owner"])
        yield maker.block(Place, item["key"], fields), item


def _dialogues(maker: Maker) -> Iterator[Made]:
    names = (
        "title", "category", "date_from", "date_to", "occasions", "participants_count",
        "languages_offered", "method", "what_we_take_further", "what_we_cannot_do",
    )  # fmt: skip
    for item in texts.read("dialogues"):
        fields = texts.swedish(item, *names)
        fields["organisers"] = maker.named(Partner, item["organisers"])
        found = [texts.swedish(each, "theme", "text") for each in item["findings"]]
        fields["findings"] = stream("finding", found)
        yield maker.block(CitizenDialogue, item["key"], fields), item


def _indicators(maker: Maker) -> Iterator[Made]:
    names = ("code", "label", "question_text", "unit", "polarity")
    for item in texts.read("surveys")["indicators"]:
        fields = texts.swedish(item, *names)
        yield maker.block(SurveyIndicator, item["code"], fields), item


def _surveys(maker: Maker) -> Iterator[Made]:
    names = (
        "name", "method", "year", "area_name", "n_asked", "n_answered",
        "method_break", "method_break_note",
    )  # fmt: skip
    for item in texts.read("surveys")["surveys"]:
        survey = maker.find(SafetySurvey, item["key"])
        if survey is None:
            fields = texts.swedish(item, *names)
            fields["commissioner"] = maker.named(Partner, "kommunen")
            survey = maker.new(SafetySurvey, item["key"], fields)
            survey.results = list(_results(maker, item["results"]))
            survey.save()
        yield maker.publish(survey), item


def _results(maker: Maker, rows: list[dict[str, Any]]) -> Iterator[SurveyResult]:
    for order, row in enumerate(rows):
        yield SurveyResult(
            sort_order=order,
            indicator=maker.named(SurveyIndicator, row["indicator"]),
            dimension=row["dimension"],
            group=row["group"],
            value=Decimal(str(row["value"])),
            n=row["n"],
            margin=Decimal(str(row["margin"])),
        )

"""Focus areas, programmes, pledges and follow-ups of the demo, in Swedish.

A pledge says how it went only when its final follow-up is public (I3), and a
follow-up reports on pledges that are public: so pledges are published, then followed
up, then published once more with their outcome.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from articles.models import ArticlePage
from cms.core.models import ContactBlock
from demo import swedish
from demo.pledges import texts
from demo.pledges.maker import Maker, nine_o_clock, stream
from home.models import HomePage
from pledges.models import (
    CitizenDialogue,
    FocusArea,
    FocusAreaIndexPage,
    FollowUp,
    FollowUpLine,
    Partner,
    Person,
    Place,
    PlannedFollowUp,
    Pledge,
    PledgeActivity,
    PledgeIndexPage,
    PledgeProgramme,
    SafetySurvey,
    Signatory,
    SurveyIndicator,
    WorkingGroup,
)

Item = dict[str, Any]
Made = tuple[Any, Item]


class Pages:
    """Makes the pages of the demo's pledges below the front page."""

    def __init__(self, maker: Maker, home: HomePage, contact: ContactBlock) -> None:
        self.maker = maker
        self.home = home
        self.contact = contact
        articles = ArticlePage.objects.filter(locale=maker.sv)
        self.known: swedish.Known = {
            "article": dict(articles.values_list("slug", "pk"))
        }

    def make(self) -> Iterator[Made]:
        """Yield every page, public in Swedish, with its text; parents come first."""
        lists = texts.read("index_pages")
        yield self._index(PledgeIndexPage, lists["pledges"])
        yield self._index(FocusAreaIndexPage, lists["focus_areas"])
        for item in texts.read("focus_areas"):
            yield self._focus_area(item)
        for item in texts.programmes():
            programme = self._programme(item)
            yield programme, item
            pledges = [
                (self._pledge(programme, it, item), it) for it in item["pledges"]
            ]
            for report in item["follow_ups"]:
                yield self._followup(programme, report), report
            for pledge, pledge_item in pledges:
                yield self._with_outcome(pledge, pledge_item), pledge_item

    def _common(self, item: Item, *names: str) -> Item:
        """Return the fields of every page, with links to articles resolved."""
        fields = texts.swedish(item, "title", "slug", "ingress", "mt_policy", *names)
        if body := item.get("body", {}).get(texts.SOURCE):
            fields["body"] = swedish.stored_body(body, self.known)
        fields.setdefault("mt_policy", "draft_only")
        return {**fields, "contact_block": self.contact, "translation_priority": "must"}

    def _index(self, model: Any, item: Item) -> Made:
        fields = self._common(item) | {"show_in_menus": True}
        page = self.maker.child(self.home, model, "index", fields)
        return self.maker.publish(page), item

    def _focus_area(self, item: Item) -> Made:
        named = self.maker.named
        goals = [goal[texts.SOURCE] for goal in item["goals"]]
        former = [texts.swedish(each, "name", "years") for each in item["former_names"]]
        fields = self._common(
            item, "sensitivity", "category", "valid_from", "valid_to"
        ) | {
            "goals": stream("goal", goals),
            "former_names": stream("former_name", former),
            "working_group": named(WorkingGroup, item["working_group"]),
            "indicators": named(SurveyIndicator, item["indicators"]),
            "imported_updated_at": nine_o_clock(item["valid_from"]),
        }
        parent = self.maker.find(FocusAreaIndexPage, "index")
        page = self.maker.child(parent, FocusArea, item["key"], fields)
        return self.maker.publish(page), item

    def _programme(self, item: Item) -> PledgeProgramme:
        named = self.maker.named
        names = (
            "period_start", "period_end", "basis", "signed_on", "signed_at_place",
            "cadence", "register_no",
        )  # fmt: skip
        fields = self._common(item, *names) | {
            "parties": named(Partner, item["parties"]),
            "dialogues": named(CitizenDialogue, item["dialogues"]),
            "surveys": named(SafetySurvey, item["surveys"]),
            "predecessor": named(PledgeProgramme, item["predecessor"]),
            "imported_updated_at": nine_o_clock(item["published"]),
        }
        page = self.maker.child(
            self.maker.find(PledgeIndexPage, "index"), PledgeProgramme, item["key"],
            fields,
            signatories=[self._signatory(each, item) for each in item["signatories"]],
            planned_followups=[self._planned(it) for it in item["planned_followups"]],
        )  # fmt: skip
        return self.maker.publish(page)

    def _signatory(self, item: Item, programme: Item) -> Signatory:
        fields = texts.swedish(item, "person_name", "role_title")
        fields["partner"] = self.maker.named(Partner, item["partner"])
        name = f"{programme['key']}-{item['partner']}"
        return self.maker.new(Signatory, name, fields)

    def _planned(self, item: Item) -> PlannedFollowUp:
        names = ("label", "period_start", "period_end", "due_on", "is_final")
        fields = texts.swedish(item, *names)
        return self.maker.new(PlannedFollowUp, item["key"], fields)

    def _pledge(self, programme: Any, item: Item, period: Item) -> Pledge:
        named = self.maker.named
        names = ("number", "background", "goal", "expected_effects")
        fields = self._common(item, *names) | {
            "focus_areas": named(FocusArea, item["focus_areas"]),
            "indicators": named(SurveyIndicator, item["indicators"]),
            "dialogues": named(CitizenDialogue, item["dialogues"]),
            "areas": named(Place, item["areas"]),
            "contact_persons": named(Person, item["contact_persons"]),
            "imported_updated_at": nine_o_clock(period["published"]),
        }
        page = self.maker.child(
            programme, Pledge, item["key"], fields,
            activities=[self._activity(each) for each in item["activities"]],
        )  # fmt: skip
        return self.maker.publish(page)

    def _activity(self, item: Item) -> PledgeActivity:
        named = self.maker.named
        names = (
            "title", "description", "schedule_text", "unit", "category", "start", "due",
            "target_op", "target_value", "aggregation",
        )  # fmt: skip
        fields = texts.swedish(item, *names) | {
            "responsible": named(Partner, item["responsible"]),
            "also_responsible": named(Partner, item["also_responsible"]),
            "cooperating": named(Partner, item["cooperating"]),
            "places": named(Place, item["places"]),
        }
        return self.maker.new(PledgeActivity, item["key"], fields)

    def _followup(self, programme: Any, item: Item) -> FollowUp:
        names = ("effect_text", "caveat", "next_steps", "approval_reference")
        fields = self._common(item, *names) | {
            "occasion": self.maker.named(PlannedFollowUp, item["occasion"]),
            "approved_by_parties": list(programme.parties.all()),
            "imported_updated_at": nine_o_clock(item["published"]),
        }
        page = self.maker.child(
            programme, FollowUp, item["key"], fields,
            lines=[self._line(each, item) for each in item["lines"]],
        )  # fmt: skip
        return self.maker.publish(page)

    def _line(self, item: Item, report: Item) -> FollowUpLine:
        fields = texts.swedish(item, "status_after", "text", "reason")
        fields["activity"] = self.maker.named(PledgeActivity, item["activity"])
        if item["value"] is not None:
            fields["value"] = Decimal(str(item["value"]))
        name = f"{report['key']}-{item['activity']}"
        return self.maker.new(FollowUpLine, name, fields)

    def _with_outcome(self, page: Pledge, item: Item) -> Pledge:
        if page.outcome == item["outcome"]:
            return page
        page.outcome = item["outcome"]
        page.outcome_summary = item["outcome_summary"][texts.SOURCE]
        return self.maker.publish_again(page)

    def publish_update(self, item: Item) -> Pledge | None:
        """Publish what has changed in a pledge since it was translated, once."""
        update = item["update"]
        page = self.maker.named(Pledge, item["key"])
        activity = next(
            each
            for each in page.activities.all()
            if each.pk == self.maker.named(PledgeActivity, update["activity"]).pk
        )
        text = update["text"][texts.SOURCE]
        if getattr(activity, update["field"]) == text:
            return None
        setattr(activity, update["field"], text)
        page.activities.add(activity)
        return self.maker.publish_again(page, significance=update["significance"])

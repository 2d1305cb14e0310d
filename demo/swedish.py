"""The Swedish side of the demo: written, reviewed and published like anybody's text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from articles.models import ArticleIndexPage, ArticlePage
from cms.core.blocks.from_document import body_value
from cms.core.models import BasePage, ContactBlock
from cms.gate import actions as gate
from cms.gate import record
from demo import content
from home.models import HomePage, StandardPage
from pledges.models import FocusArea

Block = dict[str, Any]
#: A page with the text it is made from.
Draft = tuple[Any, dict[str, Any]]
#: The primary keys of what blocks may name, by kind and name.
Known = Mapping[str, Mapping[str, int]]

IMPORTED_TIME = {"polisen-och-kommunen-fortsatter-tillsammans": time(15, 59)}


def make_front_page() -> HomePage:
    """Return the Swedish front page as a draft, in place of Wagtail's sample page."""
    existing = HomePage.objects.filter(locale__language_code="sv").first()
    if existing:
        return existing
    root = Page.objects.get(depth=1)
    for sample in root.get_children().type(Page).exact_type(Page):
        Site.objects.filter(root_page=sample).delete()
        sample.delete()
    root = Page.objects.get(depth=1)
    text = content.site()["home"]["sv"]
    page = HomePage(
        title=text["title"],
        slug="home",
        ingress=text["ingress"],
        locale=Locale.objects.get(language_code="sv"),
        translation_priority="must",
        mt_policy="draft_only",
    )
    root.add_child(instance=page)
    Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": page}
    )
    return page


def publish(
    obj: Any, *, by: User, approver: User, significance: str = "content"
) -> Any:
    """Take an object with unsaved changes through review; return it as published."""
    revision = obj.save_revision(user=by)
    gate.submit_for_review(obj, by=by)
    gate.approve(obj, by=approver, revision_id=revision.pk, significance=significance)
    return type(obj).objects.get(pk=obj.pk)


def make_contact(people: dict[str, User]) -> ContactBlock:
    """Return Medborgarservice, published."""
    sv = Locale.objects.get(language_code="sv")
    existing = ContactBlock.objects.filter(locale=sv).first()
    if existing:
        return existing
    text = content.site()["contact"]["sv"]
    block = ContactBlock(
        locale=sv,
        name=text["name"],
        explanation=text["explanation"],
        phones=json.dumps(
            [
                {"type": "phone",
                 "value": {"label": phone["label"], "number": phone["e164"]}}
                for phone in text["phones"]
            ]
        ),
        **{f"visiting_{name}": text["visiting"][name]
           for name in ("building", "street", "postcode", "city")},
        visiting_access_info=text["visiting"]["access_info"],
        **{f"postal_{name}": text["postal"][name]
           for name in ("recipient", "line", "postcode", "city")},
        email=text["email"],
        opening_hours=json.dumps(list(_opening(text["opening_hours"]))),
        hours_text=text["hours_text"],
        languages_served=", ".join(text["languages_served"]),
        interpreter_info=text["interpreter_info"],
    )  # fmt: skip
    block.save()
    return publish(block, by=people["editor"], approver=people["approver"])


def _opening(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Group weekdays with the same hours into one block."""
    hours: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        days = hours.setdefault((row["opens"], row["closes"]), [])
        days.append(str(row["weekday"]))
    for (opens, closes), days in hours.items():
        value = {"days": days, "opens": opens, "closes": closes}
        yield {"type": "opening", "value": value}


def make_drafts(home: HomePage, contact: ContactBlock) -> list[Draft]:
    """Write the Swedish pages as drafts without a body, the front page first.

    They link to one another, so all must exist before the first is published.
    """
    home.contact_block = contact
    news = _child(home, ArticleIndexPage, content.site()["news"], contact,
                  show_in_menus=True, translation_priority="must")  # fmt: skip
    statement = _child(
        home, StandardPage, content.site()["accessibility"], contact,
        translation_priority="must", mt_policy="forbidden",
    )  # fmt: skip
    return [
        (home, content.site()["home"]),
        (news, content.site()["news"]),
        (statement, content.site()["accessibility"]),
        *[(_article(news, text, contact), text) for text in content.articles()],
    ]


def publish_drafts(
    drafts: Iterable[Draft], known: Known, people: dict[str, User]
) -> None:
    """Write the bodies and publish what was never public, from the top down."""
    for page, text in drafts:
        if record.head_of(page) is None:
            page.body = stored_body(text["sv"].get("body", []), known)
            if areas := text.get("focus_areas"):
                keys = [known["focus_area"][name] for name in areas]
                page.focus_areas = FocusArea.objects.filter(pk__in=keys)
            publish(page, by=people["editor"], approver=people["approver"])


def stored_body(blocks: Iterable[Block], known: Known) -> str:
    """Return the raw body, with what blocks name by name turned into keys of rows."""
    return json.dumps(body_value([_resolved(block, known) for block in blocks]))


def _resolved(block: Block, known: Known) -> Block:
    match block["type"]:
        case "link_list":
            links = [
                {**link, "page": known["article"][link["article"]]}
                if link["kind"] == "page"
                else link
                for link in block["links"]
            ]
            return {**block, "links": links}
        case "pledge_card":
            return {**block, "page": known["pledge"][block["pledge"]]}
        case "focus_area_card":
            return {**block, "page": known["focus_area"][block["focus_area"]]}
        case "chart":
            rows = [known["indicator"][name] for name in block["indicators"]]
            return {**block, "indicators": rows}
        case "places":
            return {**block, "places": [known["place"][p] for p in block["places"]]}
    return block


def _child(
    parent: Page, model: type[BasePage], text: dict[str, Any],
    contact: ContactBlock, **fields: Any,
) -> Any:  # fmt: skip
    existing = model.objects.child_of(parent).filter(slug=text["slug"]).first()
    if existing:
        return existing
    page = model(
        title=text["sv"]["title"],
        slug=text["slug"],
        ingress=text["sv"]["ingress"],
        contact_block=contact,
        locale=parent.locale,
        **fields,
    )
    parent.add_child(instance=page)
    return page


def _article(news: Page, text: dict[str, Any], contact: ContactBlock) -> ArticlePage:
    day = date.fromisoformat(text["news_date"])
    moment = datetime.combine(day, IMPORTED_TIME.get(text["slug"], time(9)))
    return _child(
        news, ArticlePage, text, contact,
        news_date=day,
        category=text["category"],
        sensitivity=text["sensitivity"],
        mt_policy=text["mt_policy"],
        imported_updated_at=timezone.make_aware(moment),
        translation_priority="must" if len(text["translations"]) > 3 else "on_demand",
    )  # fmt: skip


def publish_update(text: dict[str, Any], people: dict[str, User]) -> bool:
    """Publish the changed paragraph of an article; return whether there was any."""
    update = text.get("update")
    page = ArticlePage.objects.get(slug=text["slug"], locale__language_code="sv")
    before = update and text["sv"]["body"][update["block_index"]]["html"]
    blocks = [dict(block) for block in page.body.raw_data]
    changed = [block for block in blocks if before and block["value"] == before]
    if not update or not changed:
        return False
    changed[0]["value"] = update["html"]
    page.body = json.dumps(blocks)
    publish(page, by=people["editor2"], approver=people["approver"],
            significance=update["significance"])  # fmt: skip
    return True

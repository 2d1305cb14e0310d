"""Bringing articles in. What comes in is a draft and goes through review like any other.

Wagtail's page editor is the usual way to make an article; this module is for files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from articles.importing import ArticleImportError, read_article
from articles.importing.model import ImportedArticle, ImportedContact
from articles.models import ArticleIndexPage, ArticlePage
from cms.core.blocks.from_document import body_value
from cms.core.models import ContactBlock
from cms.gate.errors import NotAllowed
from cms.gate.rules import is_source

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LONGEST_TITLE = 255  # what the column holds; the house rule is shorter


@dataclass
class ImportReport:
    """The draft, and everything an editor should know about how it came about."""

    page: ArticlePage
    article: ImportedArticle
    contact: ContactBlock | None = None
    contact_is_new: bool = False
    contact_differences: list[str] = field(default_factory=list)
    unmatched_links: list[str] = field(default_factory=list)


@transaction.atomic
def import_article(
    data: bytes,
    *,
    filename: str,
    parent: ArticleIndexPage,
    by: User | None = None,
) -> ImportReport:
    """Turn the text of a web page into a draft below ``parent``.

    Raises ``ArticleImportError`` when the file cannot be read or holds no article,
    ``NotAllowed`` when ``by`` may not write there or it is not the Swedish tree.
    """
    if not is_source(parent):
        raise NotAllowed(_("Articles are brought in in Swedish and then translated."))
    if by is not None and not parent.permissions_for_user(by).can_add_subpage():
        raise NotAllowed(_("You may not write articles there."))
    article = _read(data, filename)
    report = ImportReport(page=ArticlePage(), article=article)
    if article.contact:
        _match_contact(article.contact, parent.locale, report)
    body = _body(article, parent.locale, report)
    day = article.page_published or article.page_updated or timezone.now()
    page = ArticlePage(
        title=article.title,
        ingress=article.ingress,
        body=json.dumps(body_value(body)),
        news_date=timezone.localtime(day).date(),
        contact_block=report.contact,
        imported_updated_at=article.page_updated,
        locale=parent.locale,
        owner=by,
    )
    parent.add_child(instance=page)
    page.save_revision(user=by, log_action=True, clean=False)
    report.page = page
    return report


def _read(data: bytes, filename: str) -> ImportedArticle:
    """Return what the file holds, if a page can be made of it."""
    article = read_article(data, filename=filename)
    if not article.title:
        raise ArticleImportError(_("The file has no heading to use as a title."))
    if len(article.title) > LONGEST_TITLE:
        raise ArticleImportError(
            _("The first line is too long to be a title: “%(start)s…”.")
            % {"start": article.title[:60]}
        )
    return article


def default_parent() -> ArticleIndexPage | None:
    """Return the Swedish list of articles, if there is exactly one."""
    sources = [
        page
        for page in ArticleIndexPage.objects.select_related("locale")
        if is_source(page)
    ]
    return sources[0] if len(sources) == 1 else None


def _match_contact(
    contact: ImportedContact, locale: Locale, report: ImportReport
) -> None:
    """Find the contact block with the same number or address, or propose a new one."""
    numbers = {phone["e164"] for phone in contact.phones}
    for block in ContactBlock.objects.filter(locale=locale):
        theirs = {phone.value["number"] for phone in block.phones}
        same_mail = bool(contact.email) and contact.email == block.email
        if same_mail or numbers & theirs:
            report.contact = block
            report.contact_differences = _differences(contact, block)
            return
    report.contact = _proposed_contact(contact, locale)
    report.contact_is_new = True


def _differences(contact: ImportedContact, block: ContactBlock) -> list[str]:
    """Say where the page and the block we have do not agree."""
    ours, theirs = block.document(), contact.document()
    found = []
    for name in ("visiting", "postal", "email", "opening_hours"):
        if theirs[name] and not _agrees(ours[name], theirs[name]):
            found.append(f"{name}: {theirs[name]!r}")
    return found


def _agrees(ours: Any, theirs: Any) -> bool:
    """Say whether everything the page said is also what we have."""
    if isinstance(theirs, dict):
        return all(
            not value or ours.get(name) == value for name, value in theirs.items()
        )
    return bool(ours == theirs)


def _proposed_contact(contact: ImportedContact, locale: Locale) -> ContactBlock:
    """Return a new contact block as a draft, for somebody to complete and submit."""
    document = contact.document()
    phones = [
        {"type": "phone", "value": {"label": p["label"], "number": p["e164"]}}
        for p in document["phones"]
    ]
    block = ContactBlock(
        locale=locale,
        name=contact.name or _("New contact"),
        phones=json.dumps(phones),
        visiting_access_info=document["visiting"]["access_info"],
        email=contact.email,
        opening_hours=json.dumps(
            [
                {"type": "opening", "value": {"days": [str(row["weekday"])],
                 "opens": row["opens"], "closes": row["closes"]}}
                for row in document["opening_hours"]
            ]
        ),
        hours_text="" if document["opening_hours"] else contact.hours_text,
        **{f"visiting_{name}": document["visiting"][name]
           for name in ("building", "street", "postcode", "city")},
        **{f"postal_{name}": document["postal"][name]
           for name in ("recipient", "line", "postcode", "city")},
    )  # fmt: skip
    block.save()
    block.save_revision()
    return block


def _body(
    article: ImportedArticle, locale: Locale, report: ImportReport
) -> list[dict[str, Any]]:
    """Return the blocks, with links without an address matched with our pages."""
    blocks = []
    for block in article.body:
        if block["type"] != "link_list":
            blocks.append(block)
            continue
        links = [_link(link, locale, report) for link in block["links"]]
        kept = [link for link in links if link]
        if kept:
            blocks.append({**block, "links": kept})
    return blocks


def _link(
    link: dict[str, Any], locale: Locale, report: ImportReport
) -> dict[str, Any] | None:
    if link["kind"] != "unresolved":
        return link
    page = Page.objects.filter(locale=locale, title__iexact=link["text"]).first()
    if page is None:
        report.unmatched_links.append(link["text"])
        return None
    return {"kind": "page", "page": page.pk, "text": ""}

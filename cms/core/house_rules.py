"""What a page must be like before it may be reviewed or published.

Each rule names its requirement, which `docs/requirements.md` explains.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from cms.gate.errors import Issue
from cms.kinds.media import Picture
from cms.kinds.structure import fields
from cms.log.models import Head
from cms.reading import languages, safety
from cms.reading.models import Language

MAX_TITLE = 90
MAX_INGRESS = 400


# First parts of addresses that lead elsewhere than to pages, now or soon.
RESERVED_SLUGS = frozenset(
    {
        "admin", "api", "documents", "embed", "feeds", "livez", "media", "readyz",
        "search", "sok", "static", "well-known",
    }
)  # fmt: skip


class Page(Protocol):
    """What the rules ask of a page; ``locale`` and ``body`` are Wagtail's."""

    translation_key: UUID
    title: str
    ingress: str
    locale: Any
    body: Any
    kind: Any

    def public_path(self) -> str: ...

    def is_safety_critical(self) -> bool: ...

    def is_front_page(self) -> bool: ...


def page_issues(page: Page) -> Iterator[Issue]:
    """Yield what is wrong with the page as it stands."""
    yield from _address_issues(page)
    if len(page.title) > MAX_TITLE:
        yield Issue(
            "title_length", _("The title is longer than 90 characters."), "title"
        )
    if not page.ingress.strip():
        yield Issue("ingress", _("Write a lead: it is shown in lists."), "ingress")
    if len(page.ingress) > MAX_INGRESS:
        message = _("The lead is longer than 400 characters.")
        yield Issue("ingress_length", message, "ingress")
    yield from _heading_issues(page)
    yield from _picture_issues(page)
    yield from _quote_issues(page)
    yield from _emergency_issues(page)


def _address_issues(page: Page) -> Iterator[Issue]:
    """An address must not hide another: that of a language, or of another page."""
    code = page.locale.language_code
    path = page.public_path()
    rest = path.removeprefix(languages.prefix_of(code))
    slug, _slash, below = rest.strip("/").partition("/")
    reserved = slug.lower() in RESERVED_SLUGS or slug.lower() in languages.catalogue()
    if slug and not below and reserved:
        text = _("The address '%(slug)s' is needed for something else.")
        yield Issue("reserved_slug", text % {"slug": slug}, "slug")
    elif _hides_another(page, code, path, rest):
        text = _("Another page has the address %(path)s: choose another one.")
        yield Issue("address_taken", text % {"path": path}, "slug")


def _hides_another(page: Page, code: str, path: str, rest: str) -> bool:
    """Say whether readers of a language would find this page in place of another.

    They find a page that is not translated at its Swedish address, after their tag.
    """
    others = Head.objects.pages().public().exclude(key=page.translation_key)
    source = languages.source_code()
    if code != source:
        return others.filter(path=rest, locale=source).exists()
    tags = (languages.prefix_of(tag) + path for tag in languages.catalogue())
    return others.filter(path__in=tags).exclude(locale=source).exists()


def _heading_issues(page: Page) -> Iterator[Issue]:
    """R-20: levels do not jump."""
    level = 1
    for block in page.body:
        if block.block_type != "heading":
            continue
        next_level = int(block.value["level"] or 2)
        if next_level > level + 1:
            text = _("The heading '%(heading)s' skips a level.")
            yield Issue(
                "heading_level", text % {"heading": block.value["text"]}, "body"
            )
        level = next_level


def _picture_issues(page: Page) -> Iterator[Issue]:
    """An image is described in the language of the page, or said to decorate."""
    for field in fields(page.kind):
        prefix = getattr(field.member, "prefix", None)
        if prefix and any(issubclass(s, Picture) for s in field.shapes.values()):
            said = getattr(page, f"{prefix}alt"), getattr(page, f"{prefix}decorative")
            if getattr(page, f"{prefix}image_id") and not _is_described(*said):
                yield _not_described(field.member.label, f"{prefix}alt")
    for block in page.body:
        kind = getattr(block.block, "kind", None)
        if kind is None or not issubclass(kind, Picture) or not block.value["image"]:
            continue
        if not _is_described(block.value["alt"], block.value["decorative"]):
            yield _not_described(kind.verbose_name, "body")


def _is_described(alt: str, decorative: bool) -> bool:
    return decorative or bool(alt.strip())


def _not_described(name: Any, field: str) -> Issue:
    text = _("%(name)s: describe the image, or say that it only decorates.")
    return Issue("alt", text % {"name": name}, field)


def _quote_issues(page: Page) -> Iterator[Issue]:
    """R-26: nobody is quoted without having approved it."""
    for block in page.body:
        if block.block_type == "quote" and not block.value["approved"]:
            text = _("%(name)s has not approved the quote yet.")
            yield Issue("quote_approval", text % {"name": block.value["name"]}, "body")


def front_page_stays(page: Page) -> Iterator[Issue]:
    """What every page of a language leads to stays while readers are offered it."""
    code = page.locale.language_code
    if not page.is_front_page() or not Language.objects.offers(code):
        return
    if code == languages.source_code():
        text = _(
            "Every page leads to the front page, in every language: change its text "
            "instead."
        )
    else:
        text = _(
            "Readers are offered %(language)s, and every page in it leads to its front "
            "page: change its text instead, or stop offering the language first."
        )
    yield Issue("front_page", text % {"language": languages.name_of(code)})


def _emergency_issues(page: Page) -> Iterator[Issue]:
    """Nobody reads about violence without seeing where to call, in the language."""
    code = page.locale.language_code
    if page.is_safety_critical() and not safety.numbers_are_public(code):
        text = _(
            "The page is safety-critical, and there are no public emergency numbers in "
            "its language (%(language)s). Publish those first."
        )
        message = text % {"language": languages.name_of(code)}
        yield Issue("emergency_numbers", message, "sensitivity")

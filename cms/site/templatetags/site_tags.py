"""What the public templates need beyond Django's own tags.

Every tag reads the context of one page: ``reading`` (what is shown), ``language``
(what the reader asked for) and ``base_url``. None of them queries the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any
from urllib.parse import unquote

from django import template
from django.conf import settings
from django.template.base import (
    FilterExpression,
    Parser,
    TextNode,
    Token,
)
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cms.kinds import registry
from cms.log import clock
from cms.site import formatting

register = template.Library()

TOC_FROM = 4

# The reader's word for each state of a language version.
STATE_NAMES = {
    "source": gettext_noop("original text"),
    "current": gettext_noop("checked translation"),
    "minor": gettext_noop("checked translation"),
    "outdated": gettext_noop("partly out of date"),
    "machine": gettext_noop("machine translated, not checked"),
    "missing": gettext_noop("not translated"),
}
LANGUAGE_HINTS = {
    "sv": gettext_noop("in Swedish"),
    "sv-x-lattlast": gettext_noop("in easy-to-read Swedish"),
    "fi": gettext_noop("in Finnish"),
    "en": gettext_noop("in English"),
    "ar": gettext_noop("in Arabic"),
    "so": gettext_noop("in Somali"),
    "uk": gettext_noop("in Ukrainian"),
    "fa-af": gettext_noop("in Dari"),
    "ti": gettext_noop("in Tigrinya"),
    "ckb": gettext_noop("in Sorani Kurdish"),
}
NOTICE_RANK = {"critical": 0, "machine": 1, "not_translated": 2, "outdated": 3}
NOTICE_TONES = {
    "critical": {"critical"},
    "warning": {"machine", "outdated"},
    "information": {"not_translated", "shown_in_swedish"},
    "checked": {"human", "machine_checked"},
}


@cache
def _attributes(html_lang: str, direction: str) -> SafeString:
    return format_html(' lang="{}" dir="{}"', html_lang, direction)


# -- Language of parts -------------------------------------------------------


@register.simple_tag
def lang_attrs(html_lang: str | None, direction: str | None = None) -> SafeString:
    """Write ``lang`` and ``dir`` for a text in a known language, else nothing."""
    return _attributes(html_lang, direction or "ltr") if html_lang else SafeString("")


@register.simple_tag
def part_lang(
    part: Any, html_lang: str | None = None, direction: str | None = None
) -> SafeString:
    """Mark the words of a part: in Swedish while they are not translated, else in the
    language of what the part stands in, where that is given.
    """
    own = part.get("lang") if isinstance(part, Mapping) else part.lang
    return _attributes(own, "ltr") if own else lang_attrs(html_lang, direction)


def _is_foreign(context: Mapping[str, Any]) -> bool:
    reading = context.get("reading")
    if reading is None:
        return False
    return reading.served.html_lang != reading.requested.html_lang


@register.simple_tag(takes_context=True)
def served_lang(context: Mapping[str, Any]) -> SafeString:
    """Mark the content when it is in another language than the page around it."""
    if not _is_foreign(context):
        return SafeString("")
    served = context["reading"].served
    return _attributes(served.html_lang, served.direction)


@register.simple_tag(takes_context=True)
def ui_lang(context: Mapping[str, Any]) -> SafeString:
    """Mark interface words that stand inside content in another language."""
    if not _is_foreign(context):
        return SafeString("")
    requested = context["reading"].requested
    return _attributes(requested.html_lang, requested.direction)


@register.simple_tag(takes_context=True)
def language_hint(context: Mapping[str, Any], tag: str | None) -> str:
    """Say which language a link leads to, when the reader might not expect it."""
    requested = context["language"].tag.lower()
    if not tag or tag.lower() == requested:
        return ""
    known = LANGUAGE_HINTS.get(tag.lower())
    return _(known) if known else formatting.autonym(tag)


@register.simple_tag(takes_context=True)
def autonym(context: Mapping[str, Any], tag: str) -> str:
    """Return a language's own name, as the site itself writes it when it can."""
    for choice in language_choices(context):
        if choice.tag == tag:
            return choice.autonym
    return formatting.autonym(tag)


@register.simple_tag(takes_context=True)
def named(context: Mapping[str, Any], key: str | None) -> Any:
    """Return the text with a key that the page names, as this reader gets it, or None.

    See `cms.reading.shapes.Reference`: ``title``, ``path`` and, when its words are not
    in the reader's language, ``html_lang`` and ``direction``.
    """
    return context["reading"].references.get(key or "")


# -- The page's frame --------------------------------------------------------


@register.simple_tag(takes_context=True)
def language_choices(context: Mapping[str, Any]) -> list[Any]:
    """Return the languages to choose from, on a page or on an error page."""
    reading = context.get("reading")
    return list(reading.languages if reading else context.get("languages") or [])


@register.simple_tag(takes_context=True)
def navigation_links(context: Mapping[str, Any]) -> list[Any]:
    """Return the main navigation, on a page or on an error page."""
    reading = context.get("reading")
    return list(reading.navigation if reading else context.get("navigation") or [])


@register.simple_tag(takes_context=True)
def home_address(context: Mapping[str, Any]) -> str:
    """Return the path of the home page in the reader's language."""
    language = context.get("language")
    if context.get("home_path"):
        return context["home_path"]
    if language is None or language.tag == "sv":
        return "/"
    return f"/{language.tag}/"


@register.simple_tag(takes_context=True)
def municipality(context: Mapping[str, Any]) -> str:
    """Return who publishes this site, in the reader's language."""
    return _(context.get("site_name") or settings.CMS_SITE_NAME)


@register.simple_tag(takes_context=True)
def style_sheets(context: Mapping[str, Any]) -> list[str]:
    """Return the style sheets of what this page shows, beyond those of every page."""
    reading = context.get("reading")
    return registry.styles(reading) if reading else []


@register.filter
def state_name(state: str) -> str:
    """Return what a language version is, in the reader's words."""
    known = STATE_NAMES.get(state)
    return _(known) if known else ""


class WrittenNode(template.Node):
    """What follows from one value alone."""

    def __init__(self, value: FilterExpression, write: Callable[[str], str]) -> None:
        self.value = value
        self.write = write

    def render(self, context: template.Context) -> SafeString:
        return conditional_escape(self.write(self.value.resolve(context)))


def _written(
    parser: Parser, token: Token, write: Callable[[str], str]
) -> template.Node:
    """Return plain text when the value stands in the template itself."""
    _tag, argument = token.split_contents()
    value = parser.compile_filter(argument)
    node = WrittenNode(value, write)
    return (
        node
        if value.is_var or value.filters
        else TextNode(node.render(template.Context()))
    )


@register.tag
def asset(parser: Parser, token: Token) -> template.Node:
    """Write the address of a static file."""
    return _written(parser, token, static)


@register.tag
def icon(parser: Parser, token: Token) -> template.Node:
    """Draw an icon of the sprite; it never carries meaning alone."""
    return _written(parser, token, _drawn)


def _drawn(name: str) -> SafeString:
    return format_html(
        '<svg class="icon icon--{0}" width="24" height="24" aria-hidden="true"'
        ' focusable="false"><use href="{1}#{0}"></use></svg>',
        name,
        static("site/icons.svg"),
    )


# -- The content -------------------------------------------------------------


@register.filter
def ordered_notices(passport: Any) -> list[Any]:
    """Return the notices with the most urgent first, else in the order given."""
    return sorted(passport.notices, key=lambda notice: NOTICE_RANK.get(notice.code, 9))


@register.filter
def passport_tone(passport: Any) -> str:
    """Say how loudly the passport speaks: the most serious notice decides."""
    codes = {notice.code for notice in passport.notices}
    for tone, loud in NOTICE_TONES.items():
        if codes & loud:
            return tone
    return "information"


@register.filter
def first_sentence(text: str) -> str:
    """Return what a notice says first, which is what everyone must see."""
    first, end, _rest = text.partition(". ")
    return first + end.rstrip()


@register.filter
def other_sentences(text: str) -> str:
    """Return what a notice says after its first sentence."""
    return text.partition(". ")[2]


@register.simple_tag(takes_context=True)
def render_blocks(
    context: template.Context, blocks: Iterable[Mapping[str, Any]]
) -> SafeString:
    """Render the blocks of a body; a type this site does not know yet is left out."""
    page: Any = context.template
    found = []
    with context.push():
        for block in blocks:
            if registry.knows_block(block.get("type", "")):
                shown = registry.block(block["type"]).template
                context["block"] = block
                found.append(page.engine.get_template(shown).render(context))
    return mark_safe("".join(found))  # noqa: S308


@register.filter
def table_of_contents(body: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the main headings when the text is long enough to need a list."""
    headings = [
        block
        for block in body or []
        if block.get("type") == "heading" and block.get("level") == 2
    ]
    return headings if len(headings) >= TOC_FROM else []


@register.filter
def trusted_html(html: str) -> SafeString:
    """Mark a document's HTML as safe: the log stores it sanitised (an allow-list)."""
    return mark_safe(html or "")  # noqa: S308


@register.filter
def quoted(text: str, tag: str) -> str:
    """Put a quotation between the marks of its language."""
    return formatting.quoted(text, tag)


@register.filter
def srcset(image: Mapping[str, Any]) -> str:
    """Write the sizes of an image as a ``srcset`` attribute."""
    return ", ".join(
        f"{item['src']} {item['width']}w" for item in image.get("srcset") or []
    )


@register.filter
def is_film_file(url: str) -> bool:
    """Say whether an address is a film the browser can play itself."""
    return url.partition("?")[0].lower().endswith((".mp4", ".webm", ".ogv"))


# -- Dates, numbers, addresses -----------------------------------------------


@register.simple_tag(takes_context=True)
def moment(context: Mapping[str, Any], value: formatting.Moment) -> SafeString:
    """Write date and time in the reader's language, with its machine value."""
    found = formatting.as_moment(value)
    shown = formatting.format_moment(found, context["language"].tag)
    return _time_element(found, shown)


@register.simple_tag(takes_context=True)
def day(context: Mapping[str, Any], value: formatting.Moment) -> SafeString:
    """Write a date in the reader's language, with its machine value."""
    found = formatting.as_moment(value)
    shown = formatting.format_day(found, context["language"].tag)
    return _time_element(found, shown)


def _time_element(value: formatting.Moment, shown: str) -> SafeString:
    exact = formatting.machine_value(value)
    return format_html('<time datetime="{}">{}</time>', exact, shown)


@register.filter
def file_size(size: int, tag: str) -> str:
    """Return the size of a file as the language writes numbers."""
    return formatting.format_size(size, tag)


@register.filter
def duration(value: int | str | None) -> str:
    """Return the length of a film from seconds; text is shown as it is."""
    return formatting.format_duration(value) if isinstance(value, int) else value or ""


@register.filter
def breakable(address: str) -> SafeString:
    """Let a long e-mail address break after its at sign."""
    user, at, host = address.partition("@")
    return (
        format_html("{}{}<wbr>{}", user, at, host)
        if host
        else format_html("{}", address)
    )


@register.filter
def mail_address(href: str) -> str:
    """Return the visible address of a ``mailto:`` link."""
    return unquote((href or "").removeprefix("mailto:").partition("?")[0])


@register.simple_tag(takes_context=True)
def contact_hours(
    context: Mapping[str, Any], contact: Mapping[str, Any]
) -> list[formatting.HoursRow]:
    """Return the regular opening hours, grouped by day."""
    hours = contact.get("opening_hours") or []
    return formatting.opening_hours(hours, context["language"].tag)


@register.simple_tag(takes_context=True)
def contact_exceptions(
    context: Mapping[str, Any], contact: Mapping[str, Any]
) -> list[formatting.HoursRow]:
    """Return the exceptional opening hours from today on."""
    exceptions = contact.get("exceptions") or []
    today = timezone.localdate(clock.now())
    return formatting.coming_exceptions(
        exceptions, context["language"].tag, today=today
    )

"""Kinds: what a page, a shared block and a block of a body consist of.

A kind is one typed class in the app that owns it. Nothing else in the project lists
what a text consists of; `cms.kinds.members` says what a member can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Annotated, Any, ClassVar, get_args

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field

from cms.kinds.choices import Sensitivity, TranslationPriority
from cms.kinds.members import (
    Body,
    Fact,
    Hidden,
    Id,
    Media,
    Member,
    Read,
    Ref,
    Text,
    Weight,
)

Json = dict[str, Any]


class Part(BaseModel):
    """Members that belong together: an address, one row of a table of activities.

    Rows that have words carry an ``id`` or a ``key``, by which a row in one language
    finds the same row in another.
    """

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    #: Templates read a kind; they do not make one.
    do_not_call_in_templates: ClassVar[bool] = True
    #: The member that a row is called by, on the screens of the staff.
    named_by: ClassVar[str] = ""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        for name, field in cls.model_fields.items():
            marks = [m for m in field.metadata if isinstance(m, Member | Id | Read)]
            if len(marks) != 1:
                raise TypeError(f"{cls.__name__}.{name} does not say what it is.")

    @classmethod
    def answer(cls, values: Json, links: Any) -> Json | None:
        """Return what readers get of the part, or nothing when nothing is left.

        For what follows from what the log has; ``links`` finds the target of a key
        (see `cms.kinds.resolving`).
        """
        return values


class Worded(Part):
    """A part whose words may be those of the original, until they are translated."""

    lang: Annotated[str | None, Read()] = None
    """The language of the words, when it is not that of the text around them."""


class BlockKind(Part):
    """A block of a body. ``id`` names it in its page, the same in every language.

    A subclass says what bodies call it: ``type: Annotated[Literal["quote"], Id()]``.
    """

    type_name: ClassVar[str] = ""
    #: What the staff call it.
    verbose_name: ClassVar[Any]
    template: ClassVar[str]
    example: ClassVar[Json] = {}
    #: Style sheets that show it, as ``{% static %}`` names them.
    styles: ClassVar[tuple[str, ...]] = ()
    #: A heading of this kind stands in the list of contents.
    is_heading: ClassVar[bool] = False

    type: Annotated[str, Id()]
    id: Annotated[
        str,
        Id(),
        Field(description="Names the block in this page; good for an anchor."),
    ]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.type_name = get_args(cls.model_fields["type"].annotation)[0]


class Kind(Part):
    """What pages and shared blocks have in common. ``type_name`` is ``<app>.<what>``.

    The ``example`` has a value for every member that a subclass adds. Examples name each
    other: ``example_key`` is the key by which others name that of this kind.
    """

    type_name: ClassVar[str] = ""
    verbose_name: ClassVar[Any]
    example: ClassVar[Json] = {}
    example_key: ClassVar[str] = ""
    #: Style sheets that show it, as ``{% static %}`` names them.
    styles: ClassVar[tuple[str, ...]] = ()
    #: Members that a reader of the document meets after those that a subclass adds.
    read_last: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def sample(cls) -> Json:
        """Return an example with every member of the kind."""
        return cls.example

    @classmethod
    def turns(cls, document: Json) -> Iterable[date]:
        """Yield the days from which the document tells readers something else.

        For what follows from the calendar, such as that a period has ended: the first
        day on which readers are told so. Whoever keeps copies hears of it on that day.
        A document may be older than some of the members.
        """
        return ()


class SharedKind(Kind):
    """A shared block: what pages refer to and show as it is now.

    ``template`` shows the draft by itself to the staff who write it. It extends the one
    that stands here and has what readers meet in its block ``shown``.
    """

    template: ClassVar[str] = "site/types/shared_block.html"


def example_address(name: str) -> str:
    """Return an address as files have them: it says the SHA-256 of the bytes."""
    return f"/media/files/{sha256(name.encode()).hexdigest()}/{name}"


#: The key by which examples name that of a contact block.
CONTACT_KEY = "0b9d5b52-7a3e-4f0e-8f0b-54d0c9c2b6f1"
SAFETY_CRITICAL = Sensitivity.SAFETY_CRITICAL.value


class PageKind(Kind):
    """A page. Of a kind that nobody knows this is what readers get.

    ``schema_type`` is its type in schema.org; ``schema_facts`` are properties of that,
    each with the member whose value it has; ``schema_period`` names the members with
    the first and the last day that it is about. ``feed`` is the name of its feed in the
    address and what readers call that. A page that ``lists_children`` shows the pages
    below it, newest first; one that ``shows_news`` shows the newest that ``is_news``.
    ``below`` are pages that are made when they are read: the end of the address, and
    the dotted path of what makes the reading out of that of the page above
    (see `cms.site.below`).
    """

    template: ClassVar[str] = "site/types/standard.html"
    schema_type: ClassVar[str] = "WebPage"
    schema_facts: ClassVar[Mapping[str, str]] = {}
    schema_period: ClassVar[tuple[str, str] | None] = None
    feed: ClassVar[tuple[str, Any] | None] = None
    lists_children: ClassVar[bool] = False
    is_news: ClassVar[bool] = False
    shows_news: ClassVar[bool] = False
    below: ClassVar[Mapping[str, str]] = {}
    read_last: ClassVar[tuple[str, ...]] = (
        "body", "contact_block", "sign_video", "seo_title", "search_description",
        "sensitivity", "show_in_menus", "translation_priority", "ancestors",
        "sort_key", "list_date",
    )  # fmt: skip

    title: Annotated[str, Text(_("Title"), weight=Weight.TITLE)]
    slug: Annotated[
        str,
        Text(
            _("Address"),
            weight=None,
            unsearched="It says what the title says.",
            unseen="It is the end of the page's address.",
            answered="path",
        ),
    ] = ""
    ingress: Annotated[str, Text(_("Lead"), weight=Weight.LEAD)] = ""
    body: Annotated[list[Json], Body(_("Text"))] = []
    contact_block: Annotated[
        str | None, Ref(_("Contact"), relation="contact", answered="contact")
    ] = None
    sign_video: Annotated[str | None, Media(_("Film in Swedish Sign Language"))] = None
    seo_title: Annotated[
        str,
        Text(
            _("Title for search engines"),
            weight=None,
            unsearched="It says what the title says, for other search engines.",
        ),
    ] = ""
    search_description: Annotated[
        str,
        Text(
            _("Description for search engines"),
            weight=None,
            unsearched="It says what the lead says, for other search engines.",
        ),
    ] = ""
    sensitivity: Annotated[
        str, Fact(_("Sensitivity"), choices=dict(Sensitivity.choices), detail=False)
    ] = "normal"
    show_in_menus: Annotated[
        bool, Hidden(_("Shown in the menu"), reason="The menu itself shows it.")
    ] = False
    translation_priority: Annotated[
        str,
        Hidden(
            _("Translation"),
            choices=dict(TranslationPriority.choices),
            reason="It is for those who plan translations.",
        ),
    ] = "on_demand"
    ancestors: Annotated[
        list[str],
        Hidden(
            _("Pages above"),
            source="ancestor_keys",
            reason="The way down to the page shows them.",
            follows=True,
        ),
    ] = []
    sort_key: Annotated[
        str,
        Hidden(
            _("Place in the menu"),
            source="menu_sort_key",
            reason="The menu itself shows it.",
            follows=True,
        ),
    ] = ""
    list_date: Annotated[
        str,
        Hidden(_("Date in lists"), reason="Lists show it.", follows=True),
    ] = ""

    @classmethod
    def sample(cls) -> Json:
        return {**_PAGE, **cls.example}


#: What every example of a page has besides its own members.
_PAGE: Json = {
    "title": "En sida",
    "slug": "en-sida",
    "ingress": "Vad sidan handlar om.",
    "body": [],
    "contact_block": CONTACT_KEY,
    "sign_video": example_address("teckenspraksfilm.mp4"),
    "seo_title": "En sida för sökmotorer",
    "search_description": "Vad sökmotorer säger om sidan.",
    "sensitivity": "normal",
    "show_in_menus": False,
    "translation_priority": "on_demand",
    "ancestors": [],
    "sort_key": "",
    "list_date": "2018-02-02T12:00:00+01:00",
}

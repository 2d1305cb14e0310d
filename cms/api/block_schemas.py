"""The blocks of a body, each with an example.

A front end leaves out a block whose type it does not know: new ones may come.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cms.api.shapes import LanguageTag, Shape, example

_KEY = "7f6c3a0e-5b1f-4a53-9e41-1c1f2d3b4a5e"
_PDF = {
    "url": "/documents/1/plan.pdf",
    "file_type": "PDF",
    "size": 1240000,
    "language": "sv",
    "accessible": True,
}


class ImageSize(Shape):
    """One size of an image; the address is relative to this site."""

    src: str
    width: int


class ImageFile(Shape):
    """An image in its largest size, and in ``srcset`` in all, smallest first."""

    src: str
    width: int
    height: int
    srcset: list[ImageSize]


class Picture(Shape):
    """An image with its words. An empty ``alt``: the image only decorates."""

    alt: str
    caption: str
    credit: str
    image: ImageFile


class Block(Shape):
    id: str = Field(description="Names the block in this page; good for an anchor.")


class HeadingBlock(Block):
    """A heading in the text; the title of the page is level 1."""

    model_config = example(type="heading", id="a1", level=2, text="Tre fokusområden")

    type: Literal["heading"]
    level: Literal[2, 3]
    text: str


class ParagraphBlock(Block):
    """One or several paragraphs of running text."""

    model_config = example(
        type="paragraph", id="a2", html='<p>Läs om <a href="/loften/">löftena</a>.</p>'
    )

    type: Literal["paragraph"]
    html: str


class ListBlock(Block):
    """A list with bullets, or with numbers when ``ordered``. Items are formatted."""

    model_config = example(
        type="list", id="a3", ordered=False, items=["droger", "<strong>ljus</strong>"]
    )

    type: Literal["list"]
    ordered: bool
    items: list[str]


class QuoteBlock(Block):
    """What a named person said. Quotation marks are the front end's to add."""

    model_config = example(
        type="quote",
        id="a4",
        text="Det blir ljusare.",
        name="Mikaela Nordlund",
        title="säkerhetschef",
        organisation="Sandvikens kommun",
    )

    type: Literal["quote"]
    text: str
    name: str
    title: str
    organisation: str


class FactsBlock(Block):
    """A box with facts beside the text."""

    model_config = example(
        type="facts", id="a5", heading="Fakta", html="<p>23 lampor</p>"
    )

    type: Literal["facts"]
    heading: str
    html: str


class CalloutBlock(Block):
    """Something the reader must not miss; ``emergency`` before anything else."""

    model_config = example(
        type="callout", id="a6", tone="warning", heading="Obs", html="<p>Koka.</p>"
    )

    type: Literal["callout"]
    tone: Literal["info", "warning", "emergency"]
    heading: str
    html: str


class PageLink(Shape):
    """A page of this site. ``lang`` is the language of ``text`` and ``served_lang``
    that of the page, each when it is not the reader's.
    """

    model_config = example(
        kind="page", key=_KEY, text="Löften", path="/so/loften/", lang="sv",
        served_lang="sv",
    )  # fmt: skip

    kind: Literal["page"]
    key: str
    text: str
    path: str
    lang: LanguageTag | None
    served_lang: LanguageTag | None


class ExternalLink(Shape):
    """Another website, and the language it is in."""

    model_config = example(
        kind="external", url="https://polisen.se/", text="Polisen", language="sv"
    )

    kind: Literal["external"]
    url: str
    text: str
    language: LanguageTag


class FileFacts(Shape):
    """A file: type, bytes, language, and whether a screen reader can read it."""

    url: str
    file_type: str
    size: int
    language: LanguageTag
    accessible: bool


class FileLink(FileFacts):
    """A file in a list of links."""

    model_config = example(kind="document", text="Planen", **_PDF)

    kind: Literal["document"]
    text: str


AnyLink = Annotated[PageLink | ExternalLink | FileLink, Field(discriminator="kind")]


class LinkListBlock(Block):
    """Where to read on."""

    model_config = example(
        type="link_list", id="a7", heading="Mer information",
        links=[
            {
                "kind": "page", "key": _KEY, "text": "Löften", "path": "/loften/",
                "lang": None, "served_lang": None,
            },
            {
                "kind": "external", "url": "https://polisen.se/", "text": "Polisen",
                "language": "sv",
            },
            {"kind": "document", "text": "Planen", **_PDF},
        ],
    )  # fmt: skip

    type: Literal["link_list"]
    heading: str
    links: list[AnyLink]


class ImageBlock(Block, Picture):
    """An image in the text."""

    model_config = example(
        type="image", id="a8", alt="En lampa", caption="", credit="Eva Exempel",
        image={
            "src": "/media/images/lampa.width-960.webp", "width": 960, "height": 480,
            "srcset": [
                {"src": "/media/images/lampa.width-480.webp", "width": 480},
                {"src": "/media/images/lampa.width-960.webp", "width": 960},
            ],
        },
    )  # fmt: skip

    type: Literal["image"]


class VideoBlock(Block):
    """A film: captions as WebVTT, a transcript, minutes.seconds; empty when absent."""

    model_config = example(
        type="video", id="a9", title="Så byts en lampa", url="/documents/2/film.mp4",
        captions_url="/documents/3/film.vtt", transcript_html="<p>En lampa byts.</p>",
        duration="1.20",
    )  # fmt: skip

    type: Literal["video"]
    title: str
    url: str
    captions_url: str
    transcript_html: str
    duration: str


class TableBlock(Block):
    """A table of plain text; which cells are headings, the two flags say."""

    model_config = example(
        type="table", id="b1", caption="Lampor per ort", header_row=True,
        header_column=True, rows=[["Plats", "Lampor"], ["Storvik", "12"]],
    )  # fmt: skip

    type: Literal["table"]
    caption: str
    header_row: bool
    header_column: bool
    rows: list[list[str]]


class DocumentBlock(Block, FileFacts):
    """One file to open."""

    model_config = example(type="document", id="b2", title="Planen", **_PDF)

    type: Literal["document"]
    title: str


class PledgeCardBlock(Block):
    """Pledges to show as cards; ``details`` of the page has them by key."""

    model_config = example(type="pledge_card", id="b3", pledges=[_KEY])

    type: Literal["pledge_card"]
    pledges: list[str]


class FocusAreaCardBlock(Block):
    """Focus areas to show as cards; ``details`` of the page has them by key."""

    model_config = example(type="focus_area_card", id="b4", focus_areas=[_KEY])

    type: Literal["focus_area_card"]
    focus_areas: list[str]


class ChartBlock(Block):
    """Survey questions to draw; ``surveys/{key}`` has the figures of each."""

    model_config = example(type="chart", id="b5", indicators=[_KEY])

    type: Literal["chart"]
    indicators: list[str]


class PlacesBlock(Block):
    """Places to list and to map; ``places.geojson`` has those that are on the map."""

    model_config = example(type="places", id="b6", heading="Platserna", places=[_KEY])

    type: Literal["places"]
    heading: str
    places: list[str]


AnyBlock = Annotated[
    HeadingBlock
    | ParagraphBlock
    | ListBlock
    | QuoteBlock
    | FactsBlock
    | CalloutBlock
    | LinkListBlock
    | ImageBlock
    | VideoBlock
    | TableBlock
    | DocumentBlock
    | PledgeCardBlock
    | FocusAreaCardBlock
    | ChartBlock
    | PlacesBlock,
    Field(discriminator="type"),
]

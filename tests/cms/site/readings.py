"""Readings with every kind of block, as a resident could meet them.

The texts are examples; the shape is the one that templates are promised.
"""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from cms.kinds import registry

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PATHS = {
    "sv": "/nyheter/fortsatt-samarbete/",
    "sv-x-lattlast": "/sv-x-lattlast/nyheter/fortsatt-samarbete/",
    "fi": "/fi/uutiset/yhteistyo-jatkuu/",
    "en": "/en/news/cooperation-continues/",
    "ar": "/ar/nyheter/fortsatt-samarbete/",
    "so": "/so/nyheter/fortsatt-samarbete/",
}
LANGUAGES = {
    "sv": ("Svenska", "sv", "ltr"),
    "sv-x-lattlast": ("Lättläst svenska", "sv", "ltr"),
    "fi": ("Suomi", "fi", "ltr"),
    "en": ("English", "en", "ltr"),
    "ar": ("العربية", "ar", "rtl"),
    "so": ("Soomaali", "so", "ltr"),
}
STATES = {
    "sv": "source",
    "sv-x-lattlast": "current",
    "fi": "current",
    "en": "outdated",
    "ar": "machine",
    "so": "missing",
}
TITLES = {
    "sv": "Fortsatt samarbete med Polisen för ett tryggare Sandviken",
    "fi": "Yhteistyö poliisin kanssa jatkuu turvallisemman Sandvikenin puolesta",
    "ar": "استمرار التعاون مع الشرطة من أجل Sandviken أكثر أمانًا",
}
INGRESSES = {
    "sv": "De tre områden som står i fokus för samarbetet är droger, relationsvåld och "
    "trygghet på offentliga platser.",
    "fi": "Yhteistyön kolme painopistealuetta ovat huumeet, lähisuhdeväkivalta ja "
    "turvallisuus julkisilla paikoilla.",
    "ar": "مجالات التعاون الثلاثة هي المخدرات والعنف في العلاقات الوثيقة والأمان "
    "في الأماكن العامة.",
}
PARAGRAPHS = {
    "sv": "<p>Fem medborgardialoger om trygghet genomfördes i oktober. De visar "
    "tillsammans med <strong>trygghetsundersökningar</strong> att trafikmiljön är det "
    'som flest upplever som otryggt. Läs om <a href="/loften/">medborgarlöften</a>.</p>',
    "fi": "<p>Lokakuussa pidettiin viisi asukasvuoropuhelua turvallisuudesta. Yhdessä "
    "<strong>turvallisuuskyselyjen</strong> kanssa ne osoittavat, että liikenneympäristö "
    'koetaan turvattomimmaksi. Lue <a href="/fi/lupaukset/">kansalaislupauksista</a>.</p>',
    "ar": "<p>أُجريت في أكتوبر خمسة حوارات مع السكان حول الأمان. وتُظهر مع "
    "<strong>استطلاعات الشعور بالأمان</strong> أن بيئة المرور هي أكثر ما يثير القلق. "
    'اتصل بالرقم <bdi dir="ltr">026-24 00 00</bdi>. '
    'اقرأ عن <a href="/ar/loften/">التعهدات</a>.</p>',
}
QUOTES = {
    "sv": "Det är ett åtagande som polisen och kommunen gör till medborgarna för att "
    "öka tryggheten.",
    "fi": "Se on sitoumus, jonka poliisi ja kunta antavat asukkaille turvallisuuden "
    "lisäämiseksi.",
    "ar": "إنه التزام تقدّمه الشرطة والبلدية للسكان من أجل زيادة الأمان.",
}
ROLES = {"sv": "säkerhetschef", "fi": "turvallisuuspäällikkö", "ar": "مدير الأمن"}
HEADINGS = {
    "sv": (
        "Medborgarlöften om trafik och obelysta platser",
        "Tre fokusområden",
        "Trygghetsundersökningen i siffror",
        "Brottsförebyggande samverkansöverenskommelse",
    ),
    "fi": (
        "Kansalaislupaukset liikenteestä ja valaisemattomista paikoista",
        "Kolme painopistealuetta",
        "Turvallisuuskysely lukuina",
        "Rikostenehkäisy-yhteistyösopimus",
    ),
    "ar": (
        "تعهدات بشأن المرور والأماكن غير المضاءة",
        "ثلاثة مجالات تركيز",
        "استطلاع الأمان بالأرقام",
        "اتفاقية التعاون",
    ),
}


def language(tag: str) -> SimpleNamespace:
    """A language as the reader meets it."""
    autonym, html_lang, direction = LANGUAGES[tag]
    return SimpleNamespace(
        tag=tag,
        code=tag.lower(),
        autonym=autonym,
        html_lang=html_lang,
        direction=direction,
    )


def choices(current: str, **states: str) -> list[SimpleNamespace]:
    """The languages to choose from, each with its state for this page."""
    return [
        SimpleNamespace(
            tag=tag,
            autonym=autonym,
            html_lang=html_lang,
            direction=direction,
            path=PATHS[tag],
            state=states.get(tag, STATES[tag]),
            is_current=tag == current,
        )
        for tag, (autonym, html_lang, direction) in LANGUAGES.items()
    ]


def passport(
    requested: str, served: str, *codes: tuple[str, str], **facts: Any
) -> SimpleNamespace:
    """What kind of translation this is; facts replace those of a Swedish original."""
    standard = {
        "requested": requested,
        "served": served,
        "origin": "source",
        "review": "none",
        "reviewed_on": None,
        "freshness": "current",
        "fallback_reason": None,
        "source_updated_at": dt.datetime(2018, 2, 2, 15, 59, tzinfo=STOCKHOLM),
        "translation_updated_at": None,
        "source_path": PATHS["sv"],
        "notices": [SimpleNamespace(code=code, text=text) for code, text in codes],
    }
    return SimpleNamespace(**(standard | facts))


def contact(text_language: str = "sv") -> dict[str, Any]:
    """The contact block every page shows."""
    words = {
        "sv": ("Frågor, synpunkter och felanmälan.", "Tolk kan ordnas."),
        "fi": ("Kysymykset, palaute ja vikailmoitukset.", "Tulkki voidaan järjestää."),
        "ar": ("للأسئلة والملاحظات.", "يمكن توفير مترجم شفوي."),
    }[text_language]
    return {
        "name": "Medborgarservice",
        "explanation": words[0],
        "phones": [
            {"label": "Växel", "e164": "+4626240000", "display": "026-24 00 00"}
        ],
        "visiting": {
            "building": "Stadshuset",
            "street": "Odengatan 37",
            "postcode": "",
            "city": "Sandviken",
            "access_info": "",
        },
        "postal": {
            "recipient": "Sandvikens kommun",
            "line": "",
            "postcode": "811 80",
            "city": "SANDVIKEN",
        },
        "email": "medborgarservice@sandviken.se",
        "opening_hours": [
            {"weekday": day, "opens": "08:00", "closes": "17:00"} for day in range(5)
        ],
        "exceptions": [
            {
                "date": "2999-12-24",
                "closed": True,
                "opens": "",
                "closes": "",
                "note": "",
            }
        ],
        "hours_text": "",
        "languages_served": ["sv", "fi", "en", "uk"],
        "interpreter_info": words[1],
        "html_lang": LANGUAGES[text_language][1],
        "direction": LANGUAGES[text_language][2],
    }


def picture() -> dict[str, Any]:
    """An image in two sizes."""
    return {
        "type": "image",
        "id": "bild",
        "alt": "Två poliser och två kommunvakter på ett torg",
        "caption": "Trygghetsvandring på Köpmangatan.",
        "credit": "Eva Exempel",
        "image": {
            "src": "/media/torg-800.jpg",
            "width": 800,
            "height": 450,
            "srcset": [
                {"src": "/media/torg-400.jpg", "width": 400},
                {"src": "/media/torg-800.jpg", "width": 800},
            ],
        },
    }


def body(text_language: str) -> list[dict[str, Any]]:
    """Every block type, in the order an editor could have used them."""
    html = PARAGRAPHS[text_language]
    first, second, third, fourth = HEADINGS[text_language]
    return [
        {"type": "paragraph", "id": "p1", "html": html},
        {"type": "heading", "id": "h1", "level": 2, "text": first},
        {"type": "paragraph", "id": "p2", "html": html},
        {
            "type": "quote",
            "id": "q1",
            "text": QUOTES[text_language],
            "name": "Rolf Sundqvist",
            "title": ROLES[text_language],
            "organisation": "Sandvikens kommun",
        },
        {"type": "heading", "id": "h2", "level": 2, "text": second},
        {"type": "list", "id": "l1", "ordered": False, "items": [first, second, third]},
        {"type": "heading", "id": "h3", "level": 3, "text": third},
        {"type": "list", "id": "l2", "ordered": True, "items": [third, second]},
        {"type": "facts", "id": "f1", "heading": second, "html": html},
        {
            "type": "callout",
            "id": "c1",
            "tone": "emergency",
            "heading": "112",
            "html": html,
        },
        {"type": "heading", "id": "h4", "level": 2, "text": third},
        {
            "type": "table",
            "id": "t1",
            "caption": third,
            "header_row": True,
            "header_column": True,
            "rows": [
                ["", "2015", "2016", "2017"],
                ["Trafikmiljö", "31 %", "34 %", "36 %"],
                ["Dålig belysning", "22 %", "25 %", "24 %"],
            ],
        },
        picture(),
        {
            "type": "video",
            "id": "v1",
            "title": second,
            "url": "/media/film.mp4",
            "captions_url": "/media/film.vtt",
            "captions": [
                {"language": "sv", "url": "/media/film.vtt"},
                {"language": "fi", "url": "/media/film-fi.vtt"},
            ],
            "transcript_html": html,
            "duration": 185,
        },
        {"type": "heading", "id": "h5", "level": 2, "text": fourth},
        {
            "type": "document",
            "id": "d1",
            "title": fourth,
            "url": "/media/plan.pdf",
            "file_type": "pdf",
            "size": 1240000,
            "language": "sv",
            "accessible": False,
        },
        {"type": "callout", "id": "c2", "tone": "info", "heading": "", "html": html},
        links(text_language),
        {"type": "from_the_future", "id": "x1"},
    ]


def links(text_language: str) -> dict[str, Any]:
    """«Mer information»: inside, outside and a file."""
    return {
        "type": "link_list",
        "id": "m1",
        "heading": {"sv": "Mer information", "fi": "Lisätietoja"}.get(
            text_language, "مزيد من المعلومات"
        ),
        "links": [
            {
                "kind": "page",
                "key": "0c3f",
                "text": HEADINGS[text_language][0],
                "path": "/loften/",
                "lang": text_language,
                "served_lang": None if text_language == "sv" else "sv",
            },
            {
                "kind": "external",
                "url": "https://polisen.se/",
                "text": "Polisen i Gävleborg",
                "language": "sv",
            },
            {
                "kind": "document",
                "url": "/media/dari.pdf",
                "text": "Broschyr",
                "file_type": "pdf",
                "size": 340000,
                "language": "fa-AF",
            },
        ],
    }


def nav(title: str, path: str, tag: str | None = None, **more: Any) -> SimpleNamespace:
    """A link of the menu or the breadcrumbs."""
    direction = LANGUAGES[tag][2] if tag else None
    return SimpleNamespace(
        title=title, path=path, html_lang=tag, direction=direction, **more
    )


def reading(
    requested: str = "sv", served: str | None = None, **changes: Any
) -> SimpleNamespace:
    """A published article, as one reader meets it; changes replace whole fields."""
    served = served or requested
    text = served if served in TITLES else "sv"
    document = {
        "title": TITLES[text],
        "seo_title": "",
        "search_description": "",
        "ingress": INGRESSES[text],
        "body": body(text),
        "news_date": "2018-02-02",
        "category": None,
        "hero": picture(),
    }
    standard: dict[str, Any] = {
        "requested": language(requested),
        "served": language(served),
        "key": "7f6c3a0e-5b1f-4a53-9e41-1c1f2d3b4a5e",
        "type": "articles.article",
        "path": PATHS[requested],
        "title": TITLES[text],
        "document": document,
        "passport": passport(requested, served),
        "languages": choices(requested),
        "breadcrumbs": [nav("Sandvikens kommun", "/"), nav("Nyheter", "/nyheter/")],
        "navigation": [
            nav("Nyheter", "/nyheter/", is_current=True),
            nav("Medborgarlöften", "/loften/", is_current=False),
            nav("Kontakt", "/kontakt/", is_current=False),
        ],
        "children": [],
        "next_page": None,
        "previous_page": None,
        "contact": contact(text),
        "first_published_at": dt.datetime(2018, 2, 2, 9, 0, tzinfo=STOCKHOLM),
        "content_updated_at": dt.datetime(2018, 2, 2, 15, 59, tzinfo=STOCKHOLM),
        "translation_updated_at": None,
        "publication": 57,
        "details": None,
        "is_preview": False,
    }
    told = standard | changes
    kind = registry.page(told["type"])
    told = {"kind": kind, "template": kind.template, **told}
    return SimpleNamespace(**told)

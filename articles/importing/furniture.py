"""What stands on a web page without being part of what it says.

Some words are furniture wherever they stand alone ("Lyssna"); others may be headings
in a text ("Meny" on a page about school lunches) and are judged by where they stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from articles.importing.lines import words_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.importing.book import Book
    from articles.importing.lines import Line

_ALWAYS = frozenset(
    """
    translate|translate this page|översätt|översätt sidan|other languages
    lyssna|lyssna på sidan|lyssna på texten|lyssna på innehållet|talande webb
    aktivera talande webb|lyssna med readspeaker
    skriv ut|skriv ut sidan|dela|dela sidan|dela den här sidan|tipsa|tipsa en vän
    dela på facebook|dela på twitter|dela på x|dela på linkedin|dela via e-post
    meny|öppna meny|öppna menyn|visa meny|stäng meny|stäng menyn|huvudmeny
    sök på webbplatsen|sök på sidan|sök på sandviken.se|vad söker du|öppna sök|stäng sök
    till innehållet|till sidans innehåll|till huvudinnehållet
    gå till innehållet|gå direkt till innehållet
    hoppa till innehåll|hoppa till innehållet|hoppa till huvudinnehållet
    hoppa över navigering|skip to content|skip to main content
    till toppen|till sidans topp|upp till toppen|till början av sidan|tillbaka till toppen
    godkänn alla|acceptera alla|acceptera alla kakor|godkänn kakor|godkänn alla kakor
    tillåt alla kakor|endast nödvändiga kakor|hantera kakor|cookieinställningar
    kakor på webbplatsen|jag förstår|jag godkänner|avvisa alla
    hjälpte informationen dig|hade du nytta av sidan|var sidan till hjälp
    rapportera fel på sidan|rapportera ett fel på sidan
    du är här|stäng|logga in|förstora texten|anpassa webbplatsen|visa sidan i mobilen
    """.replace("\n", "|").split("|")
)
_BY_PLACE = frozenset(
    """
    sök|start|startsida|startsidan|hem|till startsidan|språk|languages|language|nyheter
    in english|english|suomeksi|suomi|lättläst|teckenspråk|svenska|kontakt|kontakta oss
    självservice|e-tjänster|tillgänglighet|om webbplatsen|om kakor|facebook|instagram
    twitter|linkedin|youtube|x|ja|nej|tillbaka|föregående|nästa|visa mer|visa alla
    nyhetsarkiv|alla nyheter|aktuellt|press|personuppgifter|behandling av personuppgifter
    tillgänglighetsredogörelse|följ oss|sociala medier|webbkarta|a-ö
    """.replace("\n", "|").split("|")
)
ALWAYS = frozenset(words_key(word) for word in _ALWAYS) - {""}
BY_PLACE = frozenset(words_key(word) for word in _BY_PLACE) - {""}

_COOKIES = re.compile(
    r"^(?:vi|den här (?:webbplatsen|sidan)|webbplatsen|\S+\.se) använder "
    r"(?:s\.?k\.? )?(?:kakor|cookies|webbkakor)\b"
    r"|^genom att (?:fortsätta|surfa|klicka)\b.{0,120}\b(?:kakor|cookies)\b",
    re.IGNORECASE,
)
_CRUMB_START = re.compile(r"^(?:du är här:?\s*)?(?:start|startsidan?|hem|home)\b", re.I)
_CRUMB_MARKS = re.compile(r"\s+[/>»]\s+|\s*[›→]\s*")
_OWNER = re.compile(
    r"^(?:sid|innehålls|text)ansvarig\b|^sidans ansvarige\b|^ansvarig för sidan\b"
    r"|^ansvarig utgivare\b|^webbredaktör\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"^(?:foto|bild|fotograf|illustration|bildtext)\s*:", re.IGNORECASE
)


def is_furniture_by_place(text: str) -> bool:
    """Tell whether text is furniture when it stands outside the running text."""
    return words_key(text) in BY_PLACE


def set_aside_furniture(lines: Sequence[Line], book: Book) -> list[Line]:
    """Drop what is furniture anywhere, list what belongs to an image or an owner."""
    kept: list[Line] = []
    for line in lines:
        shape = line.markup.shape if line.markup else "text"
        if shape in ("table", "quote", "item") or (
            line.markup and line.markup.level == 1
        ):
            kept.append(line)
        elif code := _furniture_code(line.text):
            book.drop(line, code)
        elif len(line.text) <= 200 and _OWNER.match(line.text):
            book.leave(line, "page_owner")
        elif len(line.text) <= 300 and _CAPTION.match(line.text):
            book.leave(line, "image_caption")
        else:
            kept.append(line)
    return kept


def _furniture_code(text: str) -> str:
    key = words_key(text)
    if not key:
        return "separator"
    if key in ALWAYS:
        return "interface"
    if len(text) <= 400 and _COOKIES.match(text):
        return "cookies"
    return "breadcrumb" if _is_breadcrumb(text) else ""


def _is_breadcrumb(text: str) -> bool:
    if len(text) > 250 or text.endswith("."):
        return False
    steps = [step for step in _CRUMB_MARKS.split(text) if step.strip()]
    if len(steps) < 2 or any(len(step) > 80 for step in steps):
        return False
    if _CRUMB_START.match(text):
        return True
    arrows = len(re.findall(r"\s[>»]\s|[›→]", text))
    return len(steps) >= 3 and arrows == len(steps) - 1

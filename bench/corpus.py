"""Content to measure with: seeded, so that two runs measure the same.

``prepare`` gives this process a database with all tables, ``make_site`` a small
municipality by the real actions, and ``fill_log`` any number of articles in any number
of languages, straight into the log: in bulk, but with the log's own hashes and heads, so
that ``verify_log`` has nothing to say. What listens to ``appended`` is told only when
asked for. ``rows`` are articles for the import, with the same texts.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from bench.servers import ROOT, delivery_root
from cms.kinds import registry
from cms.kinds.references import named
from tests.postgres import installed_binaries

if TYPE_CHECKING:
    from articles.models import ArticlePage
    from bench.servers import Database
    from cms.log.models import Publication
    from tests.factories.site import Municipality

SEED = 2018
TAGS = ("sv", "sv-x-lattlast", "fi", "en", "ar", "so")
_FIRST_DAY = date(2012, 1, 1)
_SPACE = UUID("6b6f6d6d-756e-4000-8000-62656e636800")

# Enough words for sentences that compress and are found as real ones are.
_WORDS = {
    "sv": (
        "kommunen byter lampor längs gångvägen mellan skolan och stationen i vår "
        "trygghet belysning tunneln under järnvägen Storvik Järbo Gästrike Sandviken "
        "bygglov avfall sophämtning förskola hemtjänst fritidsgården badhuset "
        "biblioteket öppettider synpunkter invånare möte dialog vandring polisen "
        "räddningstjänsten vinterväghållning snöröjning parkering cykelväg busshållplats "
        "och att det som för med till på av en ett den de har ska kan inte också efter "
        "under hela veckan måndag onsdag personal ansvarig beslut nämnden budget plan "
        "arbete åtgärd uppföljning resultat enkäten visar fler känner trygga ute sent"
    ),
    "fi": (
        "kunta vaihtaa valaisimet kävelytien varrella koulun ja aseman välillä keväällä "
        "turvallisuus valaistus tunneli rautatien alla rakennuslupa jätehuolto päiväkoti "
        "kotipalvelu uimahalli kirjasto aukioloajat asukkaat kokous poliisi pelastuslaitos "
        "talvikunnossapito pysäköinti pyörätie bussipysäkki ja että se joka kanssa on ei "
        "myös jälkeen koko viikon maanantai keskiviikko päätös lautakunta suunnitelma työ"
    ),
    "en": (
        "the municipality replaces lamps along the path between school and station in "
        "spring safety lighting tunnel under railway building permit waste collection "
        "preschool home care swimming hall library opening hours residents meeting police "
        "rescue service snow clearing parking cycle path bus stop and that which with on "
        "of a has will can not also after week Monday Wednesday decision committee plan"
    ),
    "ar": (
        "البلدية تستبدل المصابيح على طول الممر بين المدرسة والمحطة في الربيع الأمان "
        "الإضاءة النفق تحت السكة الحديدية رخصة البناء النفايات الحضانة الرعاية المسبح "
        "المكتبة ساعات العمل السكان اجتماع الشرطة الإنقاذ الثلج موقف الدراجات الحافلة "
        "و أن مع على من هذا سوف يمكن أيضا بعد الأسبوع الاثنين قرار اللجنة خطة عمل"
    ),
    "so": (
        "degmada ayaa beddelaysa nalalka jidka u dhexeeya dugsiga iyo saldhigga guga "
        "ammaanka iftiinka tunelka tareenka ruqsad dhismo qashin xannaano daryeel dabaal "
        "maktabad saacadaha dadka shir booliis gurmad baraf baarkin baaskiil bas iyo in "
        "oo la ka ku waa ma sidoo kale kadib toddobaad isniin arbaco go'aan guddi qorshe"
    ),
}
_WORDS["sv-x-lattlast"] = _WORDS["sv"]
_VOCABULARY = {tag: words.split() for tag, words in _WORDS.items()}


@dataclass(frozen=True)
class Text:
    """One article in one language, as an editor would have written it."""

    number: int
    tag: str
    title: str
    slug: str
    ingress: str
    day: date
    blocks: list[dict[str, Any]]


def text(number: int, tag: str = "sv") -> Text:
    """The article with this number: about 12 blocks and 3.4 kB in Swedish."""
    dice = random.Random(f"{SEED}/{tag}/{number}")  # noqa: S311
    words = _VOCABULARY[tag]

    def sentence(length: int) -> str:
        said = " ".join(dice.choices(words, k=length))
        return said[0].upper() + said[1:] + "."

    def paragraph() -> dict[str, Any]:
        said = " ".join(sentence(dice.randint(8, 16)) for _ in range(4))
        return {"type": "paragraph", "html": f"<p>{said}</p>"}

    def heading() -> dict[str, Any]:
        return {"type": "heading", "level": 2, "text": sentence(4).rstrip(".")}

    quote = {"type": "quote", "text": sentence(12), "name": "Eva Exempel",
             "title": "enhetschef", "organisation": "Sandvikens kommun",
             "approved": True}  # fmt: skip
    blocks = [
        *(paragraph(), heading(), paragraph(), paragraph()),
        {"type": "list", "ordered": False, "items": [sentence(6) for _ in range(4)]},
        *(quote, heading(), paragraph(), paragraph()),
        {"type": "facts", "heading": sentence(2).rstrip("."),
         "html": f"<p>{sentence(14)}</p>"},
        {"type": "link_list", "heading": sentence(2).rstrip("."), "links": [
            {"kind": "external", "url": "https://polisen.se/", "text": "Polisen",
             "language": "sv"}]},
        paragraph(),
    ]  # fmt: skip
    return Text(
        number=number,
        tag=tag,
        title=f"{sentence(5).rstrip('.')} {number}",
        slug=f"nyhet-{number}",
        ingress=f"{sentence(18)} {name_of(number).capitalize()}.",
        day=_FIRST_DAY + timedelta(days=number % 5000),
        blocks=blocks,
    )


def name_of(number: int) -> str:
    """A word that stands in one article only, in all its languages."""
    syllables = ("ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu")
    return "kvarn" + "".join(syllables[int(digit)] for digit in str(number))


def fingerprint(numbers: Iterable[int], tags: Sequence[str] = ("sv",)) -> str:
    """The same for the same content, whoever makes it and where."""
    digest = sha256()
    for number in numbers:
        for tag in tags:
            digest.update(repr(text(number, tag)).encode())
    return digest.hexdigest()[:16]


def prepare(database: Database, *, settings: str = "bench.settings") -> None:
    """Make this process one of the product's on this database, and make its tables.

    Migrating takes half a minute, so what it made is kept as a dump until a migration
    changes.
    """
    use(database, settings=settings)
    from django.core.management import call_command  # noqa: PLC0415

    kept = ROOT / "var" / "bench" / f"tables-{_migrations()}.dump"
    tools = installed_binaries(os.environ)
    if tools and (tools / "pg_dump").exists():
        place = ["-h", str(database.folder), "-U", "postgres", "-d", database.name]
        if not kept.exists():
            call_command("migrate", verbosity=0)
            kept.parent.mkdir(parents=True, exist_ok=True)
            part = kept.with_suffix(f".{os.getpid()}")
            command = [str(tools / "pg_dump"), *place, "-Fc", "-f", str(part)]
            subprocess.run(command, check=True)
            part.rename(kept)
        else:
            command = [str(tools / "pg_restore"), *place, str(kept)]
            subprocess.run(command, check=True)
    # Also what is done after a migration, and all of it without the tools.
    call_command("migrate", verbosity=0)


def _migrations() -> str:
    """A name for the migrations as they are now, of every app."""
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    loader = MigrationLoader(None)
    digest = sha256()
    for name in sorted(loader.disk_migrations):
        module = sys.modules[loader.disk_migrations[name].__module__]
        digest.update(repr(name).encode() + Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:12]


def use(database: Database, *, settings: str = "bench.settings") -> None:
    """Make this process one of the product's; no statement of it has a time limit."""
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    os.environ["DATABASE_URL"] = f"{database.url}&statement_timeout=0&lock_timeout=0"
    os.environ["DELIVERY_ROOT"] = delivery_root(database.url)
    os.environ["LOG_LEVEL"] = "ERROR"
    import django  # noqa: PLC0415

    django.setup()


def publish_articles(site: Municipality, numbers: Iterable[int]) -> list[ArticlePage]:
    """Real pages with the same texts, by the import and its approvals, in Swedish."""
    from articles import bulk  # noqa: PLC0415
    from articles.importing.rows import read_rows  # noqa: PLC0415
    from cms.gate.batch import publish_imported  # noqa: PLC0415
    from tests.factories.people import person  # noqa: PLC0415

    lines = (json.dumps(row).encode() for row in rows(numbers))
    made = bulk.plan(read_rows(lines))
    if made.problems:
        raise ValueError(f"The corpus is not in order: {made.problems[:3]}")
    pages = bulk.carry_out(made, by=person("editor"))
    for start in range(0, len(pages), bulk.BATCH):
        publish_imported(
            pages[start : start + bulk.BATCH],
            submitted_by=person("editor"),
            approved_by=person("approver"),
        )
    return pages


def make_site(tags: Sequence[str] = TAGS) -> Municipality:
    """A municipality with a list of articles, by the gate, and all its languages."""
    from cms.desk.setup import add_language  # noqa: PLC0415
    from tests.factories.site import build_site  # noqa: PLC0415

    site = build_site()
    for tag in tags:
        add_language(tag, visible=True)
    return site


def fill_log(
    site: Municipality,
    numbers: Iterable[int],
    tags: Sequence[str] = TAGS,
    *,
    announce: bool = False,
) -> int:
    """Put articles on record as published, in bulk; return how many rows it took.

    Only the log knows them: there are no pages at the desk. With ``announce`` what
    listens to the log is told of each row, as after a publication.
    """
    from django.db import transaction  # noqa: PLC0415

    count = 0
    with transaction.atomic():
        source_ids: dict[UUID, int] = {}
        left = iter(numbers)
        while some := list(islice(left, 200)):
            entries = [_facts(site, text(n, tag)) for n in some for tag in tags]
            count += len(_write(entries, source_ids, announce=announce))
    return count


def key_of(number: int) -> UUID:
    """The translation key of the article with this number in the log."""
    return uuid5(_SPACE, str(number))


def path_of(number: int, tag: str = "sv") -> str:
    """The public path of the article with this number."""
    prefix = "" if tag == "sv" else f"/{tag}"
    return f"{prefix}/nyheter/nyhet-{number}/"


def _facts(site: Municipality, said: Text) -> dict[str, Any]:
    """The fields of a row that do not depend on where in the log it stands."""
    moment = datetime(said.day.year, said.day.month, said.day.day, 11, tzinfo=UTC)
    code = said.tag.lower()
    source = code == "sv"
    machine = said.tag == "so"
    return {
        "key": key_of(said.number),
        "locale": code,
        "kind": "page",
        "type": "articles.article",
        "action": "publish",
        "path": path_of(said.number, said.tag),
        "parent_key": site.index.translation_key,
        "title": said.title,
        "document": _document(site, said, moment),
        "significance": "first",
        "origin": "source" if source else ("machine" if machine else "human"),
        "review": "none" if machine else "approved",
        "reviewed_on": None if machine else said.day,
        "content_updated_at": moment,
        "published_at": moment,
        "actor": "bench",
    }


def _document(site: Municipality, said: Text, moment: datetime) -> dict[str, Any]:
    """The document as articles.documents would have made it."""
    blocks = []
    for place, block in enumerate(said.blocks):
        shown = {name: part for name, part in block.items() if name != "approved"}
        block_id = str(uuid5(_SPACE, f"{said.number}/{place}"))
        blocks.append({"type": shown.pop("type"), "id": block_id, **shown})
    return {
        "title": said.title,
        "seo_title": "",
        "search_description": "",
        "ingress": said.ingress,
        "body": blocks,
        "contact_block": str(site.contact.translation_key),
        "ancestors": [
            str(site.home.translation_key),
            str(site.index.translation_key),
        ],
        "news_date": said.day.isoformat(),
        "category": "Trygghet",
        "hero": None,
        "sign_video": None,
        "show_in_menus": False,
        "sort_key": "",
        "list_date": moment.isoformat(),
        "sensitivity": "normal",
        "translation_priority": "on_demand",
        "references": {"focus_areas": []},
    }


def _write(
    entries: list[dict[str, Any]], source_ids: dict[UUID, int], *, announce: bool
) -> list[Publication]:
    """Append rows in bulk, as cms.log.entries.append does one by one."""
    from cms.log import chain, coverage, heads  # noqa: PLC0415
    from cms.log.models import (  # noqa: PLC0415
        Head,
        HeadReference,
        Publication,
    )
    from cms.log.signals import appended  # noqa: PLC0415

    last = Publication.objects.order_by("-id").values_list("id", "row_hash").first()
    number, previous = last or (0, chain.GENESIS)
    rows = []
    for facts in entries:
        number += 1
        row = Publication(pk=number, **facts, previous_hash=previous)
        if row.locale == "sv":
            source_ids[row.key] = number
        else:
            row.source_publication_id = source_ids[row.key]
        row.content_hash = chain.content_hash(row)
        row.row_hash = previous = chain.row_hash(row)
        rows.append(row)
    Publication.objects.bulk_create(rows)
    made = Head.objects.bulk_create(heads.advance(None, row) for row in rows)
    references = (
        HeadReference(head=head, relation=relation, key=UUID(key))
        for row, head in zip(rows, made, strict=True)
        for relation, key in dict.fromkeys(named(registry.of(row.type), row.document))
    )
    HeadReference.objects.bulk_create(references)
    families: dict[UUID, dict[str, Head]] = {}
    for head in made:
        families.setdefault(head.key, {})[head.locale] = head
    coverage.count(({}, family) for family in families.values())
    _move_sequence_to(number)
    if announce:
        for row, head in zip(rows, made, strict=True):
            appended.send(Publication, publication=row, head=head)
    return rows


def _move_sequence_to(number: int) -> None:
    """Let the next ordinary append go on after the rows that brought their numbers."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('log_publication', 'id'), %s)",
            [number],
        )


def rows(numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The same articles as lines of a file for ``import_articles``."""
    for number in numbers:
        said = text(number)
        yield {
            "id": f"bench-{number}",
            "title": said.title,
            "slug": said.slug,
            "ingress": said.ingress,
            "date": said.day.isoformat(),
            "category": "Trygghet",
            "parent": "/nyheter/",
            "body": "".join(_html(block) for block in said.blocks),
        }


def _html(block: dict[str, Any]) -> str:
    """A block as the HTML of an older site."""
    kind = block["type"]
    if kind == "heading":
        return f"<h2>{block['text']}</h2>"
    if kind == "list":
        items = "".join(f"<li>{item}</li>" for item in block["items"])
        return f"<ul>{items}</ul>"
    if kind == "quote":
        return f"<p>– {block['text']} säger {block['name']}, {block['title']}.</p>"
    if kind == "link_list":
        links = (f'<a href="{x["url"]}">{x["text"]}</a>' for x in block["links"])
        return f"<p>{' '.join(links)}</p>"
    return str(block["html"])

"""A small site that is the same each time: keys, numbers, dates and file names.

Every type of page and of block is in it, and each state that a reader can meet.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from typing import Any
from unittest import mock
from zlib import crc32

import time_machine
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model
from django.test import override_settings
from PIL import Image, UnidentifiedImageError

from cms.core.models import ContentImage
from cms.gate import actions
from pledges.models import SurveyResult
from tests.factories import pages, pledges
from tests.factories.pages import (
    fresh,
    make_emergency,
    make_standard,
    publish,
)
from tests.factories.people import person
from tests.factories.places import TUNNEL, line
from tests.factories.pledges import (
    make_focus_area,
    make_focus_index,
    make_indicator,
    make_place,
    make_promises,
    make_report,
    make_survey,
    make_working_group,
)
from tests.factories.site import Municipality, build_site
from tests.factories.town import every_block
from tests.factories.translations import translate

NOW = datetime(2026, 6, 20, 9, tzinfo=UTC)
ARABIC_SLUG = "مصابيح-جديدة"
#: What Django draws keys with.
DRAWN = uuid.uuid4


@contextmanager
def example_site() -> Iterator[dict[str, str]]:
    """Build the site and stand still in its time; answer with keys by name.

    Needs a transaction in a database that has nothing but what migrations put there.
    """
    with ExitStack() as stack:
        media = stack.enter_context(tempfile.TemporaryDirectory())
        stack.enter_context(override_settings(MEDIA_ROOT=media))
        clock = stack.enter_context(time_machine.travel(NOW, tick=False))
        with _nothing_left_to_chance():
            found = _build(clock)
        yield {name: str(page.translation_key) for name, page in found.items()}


@contextmanager
def _nothing_left_to_chance() -> Iterator[None]:
    """Count where keys would be drawn, and number rows from where the tables end."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(
            no_style(), apps.get_models(include_auto_created=True)
        ):
            cursor.execute(statement)
    with ExitStack() as stack:
        stack.enter_context(mock.patch("uuid.uuid4", _counter(0)))
        stack.enter_context(mock.patch("cms.log.files.checksum", _sum_of_size))
        for module in (pages, pledges):
            stack.enter_context(mock.patch.object(module, "free_number", _one_more()))
        for model in apps.get_models():
            family = crc32(model._meta.label.encode())
            for field in model._meta.local_fields:
                if field.default is DRAWN:
                    stack.enter_context(
                        mock.patch.object(field, "_get_default", _counter(family))
                    )
        yield


def _one_more() -> Callable[[type[Model]], int]:
    """Return a stand-in for free_number: names do not tell how many rows there are."""
    numbers = count(1)
    return lambda model: next(numbers)


def _counter(family: int) -> Any:
    """Return a stand-in for uuid4: each model counts for itself, so that one object
    more changes few keys.
    """
    numbers = count(1)
    return lambda: uuid.UUID(f"{family:08x}-0000-4000-8000-{next(numbers):012x}")


def _sum_of_size(content: Any) -> str:
    """Return a stand-in for a checksum: encoders of images differ, sizes do not."""
    content.seek(0)
    try:
        told = repr(Image.open(content).size).encode()
    except UnidentifiedImageError:
        content.seek(0)
        told = content.read()
    content.seek(0)
    return sha256(told).hexdigest()


def _build(clock: Any) -> dict[str, Any]:
    site = build_site()
    contact = site.contact
    translate(contact, "fi", {"explanation": "kunnan asiakaspalvelu"})
    service = make_standard(
        site.home, title="Service", slug="service", show_in_menus=True,
        contact_block=contact,
    )  # fmt: skip
    service = publish(service)
    translate(service, "fi", {"title": "Palvelu", "slug": "palvelu"})
    promised = _promised(site)
    clock.shift(24 * 60 * 60)
    return {
        "home": site.home,
        "index": site.index,
        "service": service,
        **promised,
        **_articles(site, service, promised, clock),
    }


def _promised(site: Municipality) -> dict[str, Any]:
    """Publish a programme with its report, a focus area, a survey and a place."""
    promises = make_promises(site.home)
    report = make_report(promises, "Tertial 1 2026")
    indicator = publish(make_indicator("Trygg ute sent", code="trygg-ute"))
    survey = make_survey(year=2025)
    survey.results = [SurveyResult(indicator=indicator, value=71, margin=3)]
    survey.save()
    publish(survey)
    areas = publish(make_focus_index(site.home))
    group = publish(make_working_group("Trygghetsgruppen"))
    area = make_focus_area(areas, "Trygghet", slug="trygghet", working_group=group)
    place = make_place(
        "Gångtunneln", category="tunnel", locality="Sandviken", geometry=line(TUNNEL),
        publish_on_map=True, precision="street", lighting_status="planned",
    )  # fmt: skip
    return {
        "overview": promises.index,
        "programme": promises.programme,
        "pledge": promises.pledge,
        "report": report,
        "areas": areas,
        "area": publish(area),
        "indicator": indicator,
        "place": publish(place),
    }


def _articles(
    site: Municipality, service: Any, promised: Any, clock: Any
) -> dict[str, Any]:
    plain = site.live_article(
        title="Bara svenska", slug="bara-svenska", news_date="2026-06-01"
    )
    withdrawn = site.live_article(title="Inställt", slug="installt")
    actions.withdraw(fresh(withdrawn), by=person("approver"))
    moved = site.live_article(title="Flyttad", slug="gammal", news_date="2026-05-01")
    clock.shift(60)
    moved = publish(moved, slug="ny", significance="wording")
    body = [
        *every_block(service, plain, withdrawn),
        ("pledge_card", {"pledge": promised["pledge"]}),
        ("focus_area_card", {"focus_area": promised["area"]}),
        ("chart", {"indicators": [promised["indicator"]]}),
        ("places", {"heading": "Platserna", "places": [promised["place"]]}),
    ]
    lamps = site.live_article(
        title="Nya lampor", slug="nya-lampor", news_date="2026-06-10", body=body,
        category="Trygghet", contact_block=site.contact, hero_alt="Torget i kväll",
        hero_image=ContentImage.objects.get(), focus_areas=[promised["area"]],
    )  # fmt: skip
    translate(lamps, "fi", {"title": "Uudet lamput", "slug": "uudet-lamput"})
    translate(lamps, "ar", {"title": "مصابيح جديدة", "slug": ARABIC_SLUG})
    translate(plain, "so", {"title": "Nalalka", "slug": "nalalka"})
    clock.shift(60)
    publish(plain, ingress="Nu gäller något annat.")
    numbers = publish(make_emergency())
    translate(numbers, "fi")
    safety = publish(
        make_standard(
            site.home, title="Våld hemma", slug="vald", sensitivity="safety_critical"
        )
    )
    return {
        "plain": plain,
        "withdrawn": withdrawn,
        "moved": moved,
        "lamps": lamps,
        "safety": safety,
    }

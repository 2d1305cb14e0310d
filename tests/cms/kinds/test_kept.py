"""What is kept of every member of every kind (invariant 10).

Each member of each example is changed alone and published, one a minute. The archive has
every version as readers met it; the mirror answers as the site does.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from cms.archive import export, looking
from cms.kinds import registry
from cms.kinds.kinds import PageKind
from cms.kinds.members import Fact
from cms.mirror.export import export as export_static
from cms.mirror.state import load
from tests.cms.kinds import checks, scratch, variations
from tests.cms.kinds.variations import Case
from tests.cms.kinds.world import SOURCE, TRANSLATED, Example, World, after

CASES = [case for case in variations.cases() if not case.place.member.follows]
#: The last version of each kind of page.
PAGES = {c.name: c for c in CASES if c.kind.type_name and issubclass(c.kind, PageKind)}

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Version:
    """What was published of a case, and the page that a reader got then."""

    number: int
    minute: int
    path: str
    page: str | None


def publish_each(world: World, cases: list[Case], begin: int = 1) -> dict[str, Version]:
    versions = {}
    for minute, case in enumerate(cases, start=begin):
        example, document = world.examples[case.name], case.changed()
        with time_machine.travel(after(minute), tick=False):
            row = world.append(example, document)
            page = world.read(row.path) if row.path else None
        versions[case.id] = Version(row.pk, minute, row.path, page)
    return versions


def archive_of(versions: dict[str, Version]) -> dict[int, tuple[Any, str | None]]:
    """Documents and pages of a period, as somebody takes them out."""
    minutes = [version.minute for version in versions.values()]
    file = io.BytesIO()
    with time_machine.travel(after(max(minutes) + 1), tick=False):
        export.write(export.period(after(min(minutes)), after(max(minutes) + 1)), file)
    with zipfile.ZipFile(file) as parcel:
        manifest = json.loads(parcel.read("manifest.json"))
        return {
            entry["id"]: (
                json.loads(parcel.read(entry["document"])), _page(parcel, entry)
            )
            for entry in manifest["publications"]
        }  # fmt: skip


def _page(parcel: zipfile.ZipFile, entry: Any) -> str | None:
    """The page, with addresses in place of the copies that lie beside it."""
    if "page" not in entry:
        return None
    page = parcel.read(entry["page"]).decode()
    for address, name in entry["files"].items():
        page = page.replace(f"../../{name}", address)
    return page


def faults_in(
    archive: Any, versions: dict[str, Version], cases: list[Case]
) -> list[str]:
    faults = []
    for case in cases:
        version = versions[case.id]
        document, page = archive[version.number]
        if not checks.document_has(case, document["document"]):
            faults.append(f"The archive has not got {case.id}.")
        if page != version.page:
            faults.append(f"The page with {case.id} is not what readers met.")
    return faults


@pytest.fixture(scope="module")
def versions(world, django_db_blocker):
    with django_db_blocker.unblock():
        return publish_each(world, CASES)


@pytest.fixture(scope="module")
def archive(versions, django_db_blocker):
    with django_db_blocker.unblock():
        return archive_of(versions)


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_archive_has_each_version_as_readers_met_it(archive, versions, case):
    assert faults_in(archive, versions, [case]) == []


@pytest.mark.parametrize("name", PAGES)
def test_address_can_be_looked_at_as_it_was(versions, name):
    version = versions[PAGES[name].id]
    archivist = User.objects.create_superuser("archivist")
    with time_machine.travel(after(len(CASES) + 2), tick=False):
        found = looking.look(version.path, "", after(version.minute), by=archivist)

    assert found.content.decode() == version.page


def test_a_page_that_the_archive_cannot_show_again_is_found(
    versions, world, monkeypatch
):
    kind = scratch.IsNeverTheSame
    monkeypatch.setitem(registry._kinds, kind.type_name, kind)
    key = variations.key_of(kind.type_name, kind)
    here = World(dict(world.examples))
    here.publish([Example(kind.type_name, key, kind, kind.sample())])
    case = variations.cases_of(kind.type_name, kind, kind.sample())[0]
    found = publish_each(here, [case], begin=len(CASES) + 2)

    assert faults_in(archive_of(found), found, [case])


def test_mirror_answers_as_the_site_does(versions, world, tmp_path):
    """Also where a run only asks for what changed since the one before."""
    export_static(tmp_path)
    for example in list(world.examples.values()):
        document = example.document
        for case in CASES:
            if case.name == example.name and isinstance(case.place.member, Fact):
                document = case.changed_in(document)
        world.append(example, document)
    export_static(tmp_path)

    mirror = tmp_path / "current"
    answers = load(mirror).answers
    pages = [example for example in world.examples.values() if example.is_page]
    for example in pages:
        for tag in (SOURCE, *TRANSLATED):
            for address in world.own(example, tag):
                kept = (mirror / answers[address].file).read_text()
                assert kept == Client().get(address).content.decode(), address

"""What is taken out of the archive proves itself, to whoever has nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from cms.archive import export
from cms.archive.enclosures import Asset
from cms.log.models import Publication
from tests.cms.log.entries import append, page_document
from tests.factories.files import make_image
from tests.factories.pages import publish

pytestmark = pytest.mark.django_db


def build(site):
    """An article with a picture, published three times."""
    block = {"image": make_image(), "alt": "Torget", "decorative": False, "caption": ""}
    article = site.live_article(
        title="Fler lampor", slug="lampor", body=[("image", block)]
    )
    publish(article, title="Ännu fler lampor")
    publish(article, ingress="Nu lyser det.")


@pytest.fixture(scope="module")
def taken(site_of_the_module, media_folder, django_db_blocker):
    """Everything of the small municipality, as it was taken out."""
    with django_db_blocker.unblock():
        build(site_of_the_module.reloaded())
        return taken_out(everything())


@pytest.fixture
def files(taken, site):
    return contents(taken)


@pytest.fixture
def script(files, tmp_path):
    target = tmp_path / "verify.py"
    target.write_bytes(files["verify.py"])
    return target


def everything():
    now = timezone.now()
    return export.period(now - timedelta(days=1), now + timedelta(days=1))


def taken_out(chosen) -> bytes:
    file = BytesIO()
    export.write(chosen, file)
    return file.getvalue()


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes], target: Path) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target


def verified(target: Path, script: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", script, target],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_period_holds_every_publication_and_proves_it(taken, files, script, tmp_path):
    manifest = json.loads(files["manifest.json"])
    rows = {row.pk: row for row in Publication.objects.all()}
    assert [each["id"] for each in manifest["publications"]] == sorted(rows)
    assert set(manifest["files"]) == set(files) - {"manifest.json", "manifest.sha256"}
    entries = [e for e in manifest["publications"] if e["path"] == "/nyheter/lampor/"]
    pages = [files[entry["page"]].decode() for entry in entries]
    assert ["Ännu" in page for page in pages] == [False, True, True]
    assert "Nu lyser det." in pages[2]
    assert "Nu lyser det." not in pages[1]
    document = json.loads(files[entries[2]["document"]])["document"]
    assert document == rows[entries[2]["id"]].document
    pictures = [n for n in entries[0]["files"].values() if n.startswith("files/media/")]
    assert pictures
    assert all(f'"../../{pictures[0]}' in page or pictures[0] in page for page in pages)
    assert "page" not in next(
        e for e in manifest["publications"] if e["kind"] == "block"
    )
    assert manifest["missing"] == []

    assert len(files["verify.py"].splitlines()) <= 50
    target = tmp_path / "archive.zip"
    target.write_bytes(taken)
    honest = verified(target, script)
    assert (honest.returncode, honest.stderr) == (0, "")


def test_one_changed_byte_is_found_in_any_kind_of_file(files, script, tmp_path):
    endings = ("row.json", "document.json", "page.html", ".webp", ".css",
               "manifest.json", "manifest.sha256", "chain.json", "README.txt")  # fmt: skip
    for ending in endings:
        name = next(name for name in files if name.endswith(ending))
        changed = bytearray(files[name])
        changed[len(changed) // 2] ^= 1
        forged = packed({**files, name: bytes(changed)}, tmp_path / "forged.zip")
        result = verified(forged, script)
        assert result.returncode == 1, ending


def test_forger_who_makes_new_checksums_meets_the_chain(files, script, tmp_path):
    manifest = json.loads(files["manifest.json"])
    entry = manifest["publications"][-1]
    files[entry["row"]] = files[entry["row"]].replace(b"approver", b"somebody")
    manifest["files"][entry["row"]]["sha256"] = sha256(files[entry["row"]]).hexdigest()
    files["manifest.json"] = json.dumps(manifest).encode()
    digest = sha256(files["manifest.json"]).hexdigest()
    files["manifest.sha256"] = f"{digest}  manifest.json\n".encode()

    result = verified(packed(files, tmp_path / "forged.zip"), script)

    assert result.returncode == 1
    assert f"{entry['id']} is not what the chain holds" in result.stdout


def test_page_has_its_neighbours_in_the_chain(taken, site, script, tmp_path):
    rows = list(Publication.objects.filter(path="/nyheter/lampor/"))
    append(path="/annat/", at=timezone.now())
    data = taken_out(export.page(rows[0].key, "sv"))
    assert data == taken_out(export.page(rows[0].key, "sv"))
    files = contents(data)

    chain = json.loads(files["chain.json"])
    log = Publication.objects.order_by("id")
    around = [log.filter(id__lt=rows[0].pk).last(), *rows,
              log.filter(id__gt=rows[-1].pk).first()]  # fmt: skip
    expected = [(row.pk, row.row_hash) for row in around]
    assert [(link["id"], link["row_hash"]) for link in chain] == expected
    target = tmp_path / "page.zip"
    target.write_bytes(data)
    assert verified(target, script).returncode == 0
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(target) as archive:
        archive.extractall(folder)
    unpacked = subprocess.run(
        [sys.executable, "-I", folder / "verify.py"], check=False, capture_output=True
    )
    assert unpacked.returncode == 0


def test_missing_files_are_listed_and_names_stay_inside():
    evil = "/media/../../etc/passwd"
    gone = f"/media/files/{'0' * 64}/gone.pdf"
    document = page_document(
        ingress="Ensam.", picture={"src": evil}, file={"url": gone}
    )
    row = append(document=document, path="/ensam/")

    files = contents(taken_out(export.page(row.key, "sv")))

    missing = json.loads(files["manifest.json"])["missing"]
    assert {(m["address"], tuple(m["named_by"])) for m in missing} >= {
        (gone, (row.pk,)),
    }
    names = [Asset(address).name for address in (evil, "/media/å b/%2e%2e/x.png")]
    assert names == ["files/media/etc/passwd", "files/media/%C3%A5%20b/x.png"]
    assert not default_storage.exists("etc/passwd")


def test_admin_says_when_it_is_too_much(site, archivist, client, monkeypatch):
    client.force_login(archivist)
    today = timezone.localdate().isoformat()
    period = {"first_day": today, "last_day": today}
    sent = client.post("/admin/archive/export/", period)
    assert sent.status_code == 200
    with zipfile.ZipFile(BytesIO(b"".join(sent.streaming_content))) as archive:
        assert "manifest.json" in archive.namelist()

    monkeypatch.setattr(export, "MOST_IN_ADMIN", 1)
    refused = client.post("/admin/archive/export/", period, follow=True)
    assert "export_archive" in str(next(iter(refused.context["messages"])))
    none = {"first_day": "1999-01-01", "last_day": "1999-01-02"}
    assert client.post("/admin/archive/export/", none).status_code == 302
    reverse = {"first_day": "1999-01-02", "last_day": "1999-01-01"}
    assert client.post("/admin/archive/export/", reverse).status_code == 422
    unknown = client.post("/admin/archive/export/", {"path": "/x/"})
    assert unknown.status_code == 302


def test_command_writes_the_file_and_its_checksum(tmp_path):
    row = append(
        path="/ensam/", at=timezone.now(), document=page_document(ingress="Ensam.")
    )
    target = tmp_path / "out.zip"
    out = StringIO()
    call_command("export_archive", target, page="ensam", stdout=out)
    assert f"1 publications in {target}." in out.getvalue()
    assert str(row.pk) in contents(target.read_bytes())["manifest.json"].decode()
    today = timezone.localdate().isoformat()
    call_command("export_archive", target, first=today, stdout=StringIO())

    for options in (
        {},
        {"page": "/a/", "first": today},
        {"first": "i går"},
        {"first": today, "last": "1999-01-01"},
        {"first": "1999-01-01"},
        {"page": "/finns-inte/"},
    ):
        with pytest.raises(CommandError):
            call_command("export_archive", tmp_path / "no.zip", **options)
    with pytest.raises(CommandError, match="Cannot write"):
        call_command("export_archive", tmp_path / "no" / "no.zip", first=today)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out.zip"]

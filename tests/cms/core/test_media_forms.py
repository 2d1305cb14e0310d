"""What is wrong with a file that somebody brings in stands at the field, in words."""

from __future__ import annotations

import gc
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.conf import settings as site_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from cms.core.models import ContentImage, MediaFile
from tests.factories.files import png
from tests.factories.people import person

IMAGES, FILES = "wagtailimages", "wagtaildocs"

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves files open that it writes sizes into.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Nothing stays open after the test."""
    yield
    gc.collect()


def zipped() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as found:
        found.writestr("content.xml", "<text>Hej</text>" * 100)
    return buffer.getvalue()


def box(name: bytes, content: bytes = b"") -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


FILM = box(b"ftyp", b"isom\x00\x00\x02\x00") + box(b"moov", b"x" * 50) + box(b"mdat")
WHOLE = {
    "csv": b"a;b\n1;2\n",
    "mp4": FILM,
    "pdf": b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n",
    "txt": "Åäö".encode(),
    "vtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\nHej\n",
    "webm": b"\x1a\x45\xdf\xa3" + b"x" * 40,
    **dict.fromkeys(("docx", "odp", "ods", "odt", "pptx", "xlsx"), zipped()),
}
BINARY = b"MZ\x90\x00\xff\xfe" + bytes(range(256))


def send(client, app: str, name: str, content: bytes, *, several: bool = False):
    root = Collection.get_first_root_node()
    facts = {
        "title": "Fil",
        "credit": "",
        "language": "sv",
        "tags": "",
        "collection": root.pk,
    }
    file = SimpleUploadedFile(name, content)
    if several:
        return client.post(
            reverse(f"{app}:add_multiple"),
            {"title": "Fil", "collection": root.pk, "files[]": file},
            headers={"x-requested-with": "XMLHttpRequest"},
        )
    return client.post(reverse(f"{app}:add"), {**facts, "file": file})


def said(client, app: str, name: str, content: bytes) -> str:
    """What the editor reads at the field, the same at both screens."""
    answer = send(client, app, name, content)
    assert answer.status_code == 200, answer.status_code
    (sentence,) = answer.context["form"].errors["file"]
    several = send(client, app, name, content, several=True).json()
    assert several["success"] is False
    assert sentence in several["error_message"].replace("&quot;", '"')
    return sentence


@pytest.mark.parametrize("ending", site_settings.WAGTAILDOCS_EXTENSIONS)
def test_each_kind_of_file_is_brought_in(site, client, ending):
    client.force_login(person("editor"))

    assert (
        send(client, FILES, f"Fil.{ending.upper()}", WHOLE[ending]).status_code == 302
    )
    answer = send(client, FILES, f"b.{ending}", WHOLE[ending], several=True).json()
    number = answer["uploaded_file_id"]
    facts = {"title": "Fil", "language": "fi", "tags": ""}
    form = {f"uploaded-document-{number}-{name}": each for name, each in facts.items()}
    form[f"uploaded-document-{number}-collection"] = Collection.get_first_root_node().pk
    sent = client.post(
        reverse(f"{FILES}:create_multiple_from_uploaded_document", args=[number]),
        form, headers={"x-requested-with": "XMLHttpRequest"},
    )  # fmt: skip
    assert sent.json()["success"], sent.json()
    first, second = MediaFile.objects.order_by("pk")
    assert (first.language, second.language) == ("sv", "fi")
    assert first.file.name.split("/")[1] == second.file.name.split("/")[1]


@pytest.mark.parametrize("ending", [e for e in WHOLE if e != "webm"])
def test_file_that_is_something_else_is_refused(site, client, ending):
    client.force_login(person("editor"))

    assert f".{ending}" in said(client, FILES, f"Fil.{ending}", BINARY)
    assert not MediaFile.objects.exists()


@pytest.mark.parametrize("ending", ["docx", "mp4", "odt", "pdf", "vtt", "xlsx"])
def test_file_that_ends_too_early_is_refused(site, client, ending):
    client.force_login(person("editor"))
    half = WHOLE[ending][: len(WHOLE[ending]) // 2]

    assert "skadad" in said(client, FILES, f"Fil.{ending}", half)


@pytest.mark.parametrize("part", [0.3, 0.9, 0.99])
def test_half_an_image_is_refused(site, client, part):
    client.force_login(person("editor"))
    whole = png(1600)

    assert said(client, IMAGES, "a.png", whole[: int(len(whole) * part)])
    assert not ContentImage.objects.exists()


@pytest.mark.parametrize(
    ("app", "name", "content"),
    [
        (IMAGES, "a.jpg", png(100)),
        (IMAGES, "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        (IMAGES, "a.png", b"<script>alert(1)</script>"),
        (IMAGES, "a.png", b""),
        (FILES, "a.html", b"<script>alert(1)</script>"),
        (FILES, "a.exe", BINARY),
        (FILES, "a.pdf", b""),
        (FILES, "a", b"x"),
    ],
)
def test_hostile_and_wrongly_named_files_get_a_sentence(
    site, client, app, name, content
):
    client.force_login(person("editor"))

    assert said(client, app, name, content)


def test_what_is_too_large_is_said(site, client, monkeypatch, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 50
    client.force_login(person("editor"))

    assert "50" in said(client, FILES, "a.pdf", WHOLE["pdf"] * 5)
    assert "50" in said(client, IMAGES, "a.png", png(400))
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10**7
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1000
    assert "1000" in said(client, IMAGES, "a.png", png(400))

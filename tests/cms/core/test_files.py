"""The bytes of publications: who gets which, how, and for how long (T18).

Every promise is held with a folder of files and with a bucket.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from typing import Any

import boto3  # type: ignore[import-untyped]
import pytest
from django.conf import settings as site_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from moto import mock_aws

from cms.delivery.files import DOWNLOADED, IMMUTABLE, READ, SHOWN, TYPES
from cms.gate.errors import NotFit
from cms.log import files
from cms.log.models import Publication
from cms.settings.parts.storage import FILES, media_storage
from tests.factories.files import make_file, make_image
from tests.factories.pages import fresh, publish, submit
from tests.factories.people import person

BUCKET = "cms-media"

pytestmark = [
    pytest.mark.django_db,
    # Files stay open until the models and answers that opened them are collected.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(params=["folder", "bucket"])
def store(request, settings) -> Iterator[Any]:
    """Where files are kept, as production would keep them."""
    if request.param == "folder":
        yield default_storage
        gc.collect()
        return
    settings.STORAGES = {
        **settings.STORAGES,
        "default": media_storage(
            bucket=BUCKET, endpoint="", region="us-east-1", key_id="cms", secret="secret"
        ),
    }  # fmt: skip
    with mock_aws():
        boto3.resource("s3", region_name="us-east-1").Bucket(BUCKET).create()
        yield default_storage
        gc.collect()


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def named_by(page: Any) -> list[str]:
    """The addresses that the newest publication of a page names."""
    row = Publication.objects.filter(key=page.translation_key).latest("id")
    return list(dict.fromkeys(files.named_in(row.document)))


def page_with(site: Any, **facts: Any) -> Any:
    return site.article(slug="bilder", **facts)


def test_publication_names_its_bytes_by_their_hash(site, store, client):
    image, file = make_image(), make_file()
    link = f'<p><a linktype="document" id="{file.pk}">Planen</a></p>'
    page = publish(
        page_with(site, hero_image=image, hero_alt="Torget", body=[("paragraph", link)])
    )

    named = named_by(page)
    assert len(named) == 4
    for address in named:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert sha256(content_of(answer)).hexdigest() == address.split("/")[-2]
        assert answer["Cache-Control"] == IMMUTABLE
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_bytes_of_drafts_answer_nobody_outside(site, store, client):
    image, file = make_image(), make_file()
    page = page_with(site, hero_image=image, hero_alt="Torget", sign_video=file)
    submit(page)
    drafted = list(files.named_in(fresh(page).document()))

    guessed = [
        *(f"/documents/{file.pk}/{file.filename}", f"/documents/{file.pk}/plan.pdf"),
        *(f"/media/{each.file.name}" for each in (image, file)),
        *(f"/media/{each.file.name}" for each in image.renditions.all()),
    ]
    for address in [*drafted, *guessed]:
        assert client.get(address).status_code == 404, address

    assert client.get(file.url).status_code == 302
    client.force_login(person("translator_fi"))
    assert content_of(client.get(file.url)) == b"%PDF-1.7"
    assert "no-store" in client.get(file.url)["Cache-Control"]


def test_old_bytes_stay_when_the_file_is_replaced_or_deleted(
    site, store, client, django_capture_on_commit_callbacks
):
    file = make_file()
    page = publish(page_with(site, sign_video=file))
    (address,) = named_by(page)

    with django_capture_on_commit_callbacks(execute=True):
        file.file = ContentFile(b"HEMLIG", "plan.pdf")
        file.save()
    assert content_of(client.get(address)) == b"%PDF-1.7"
    drafted = fresh(page).document()["sign_video"]
    assert drafted != address
    assert client.get(drafted).status_code == 404


def test_nothing_is_published_with_a_file_that_is_lost(site, store):
    file = make_file()
    page = page_with(site, sign_video=file)
    default_storage.delete(str(file.file.name))

    with pytest.raises(NotFit, match=r"plan.*\.pdf"):
        publish(page)
    assert not Publication.objects.filter(key=page.translation_key).exists()


@pytest.fixture
def film(store) -> str:
    """The address of a public file of which every byte is known."""
    name = files.draft_name(ContentFile(FILM), "film.webm")
    default_storage.save(name, ContentFile(FILM))
    files.publish({"url": files.address_of(name)})
    return files.address_of(name)


FILM = bytes(range(256)) * 400
SIZE = len(FILM)


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-99", 206, slice(0, 100)),
        ("bytes=100-", 206, slice(100, None)),
        ("bytes=-7", 206, slice(SIZE - 7, None)),
        (f"bytes={SIZE - 1}-{SIZE + 9}", 206, slice(SIZE - 1, None)),
        ("bytes=70000-70000", 206, slice(70000, 70001)),
        (f"bytes={SIZE}-", 416, None),
        ("bytes=9-3", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=-", 200, slice(None)),
        ("bytes=0-1,5-6", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
        ("", 200, slice(None)),
    ],
)
def test_film_can_be_wound(film, client, asked, status, part):
    answer = client.get(film, headers={"range": asked})

    assert answer.status_code == status
    if part is None:
        assert answer["Content-Range"] == f"bytes */{SIZE}"
        return
    sent = content_of(answer)
    assert sent == FILM[part]
    assert answer["Content-Length"] == str(len(sent))
    assert answer["Accept-Ranges"] == "bytes"
    if status == 206:
        first, last, _step = part.indices(SIZE)
        assert answer["Content-Range"] == f"bytes {first}-{last - 1}/{SIZE}"


def test_what_a_browser_has_it_is_not_sent_again(film, client):
    etag = client.get(film)["ETag"]

    again = client.get(film, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(film, headers={"range": "bytes=0-9", "if-range": '"other"'})
    assert other.status_code == 200
    same = client.get(film, headers={"range": "bytes=0-9", "if-range": etag})
    assert same.status_code == 206
    assert client.head(film)["Content-Length"] == str(SIZE)
    assert client.post(film).status_code == 405


@pytest.mark.parametrize("ending", TYPES)
def test_each_type_of_file_is_shown_or_downloaded(store, client, ending):
    name = files.draft_name(ContentFile(b"x"), f"A fil.{ending.upper()}")
    default_storage.save(name, ContentFile(b"x"))
    files.publish([files.address_of(name)])

    answer = client.get(files.address_of(name))

    assert answer["Content-Type"] == TYPES[ending]
    is_shown = ending in SHOWN or ending in READ
    assert answer["Content-Disposition"] == ("inline" if is_shown else "attachment")
    assert ("Content-Security-Policy" in answer) == (ending in DOWNLOADED)
    opened = answer.headers.get("Access-Control-Allow-Origin")
    assert opened == ("*" if ending in SHOWN else None)


def test_types_that_may_be_brought_in_are_known():
    allowed = {
        *site_settings.WAGTAILIMAGES_EXTENSIONS,
        *site_settings.WAGTAILDOCS_EXTENSIONS,
    }
    assert allowed == set(TYPES)


@pytest.mark.parametrize(
    "name", ["x" * 300 + ".jpeg", "../../Å b%2e.jpeg", "C:\\a\\..\\b.JPEG", "§§.jpeg"]
)
def test_name_is_safe_and_keeps_its_kind(name):
    stored = files.draft_name(ContentFile(b"x"), name)

    assert stored.endswith(".jpeg")
    assert files.public_name(files.address_of(stored))
    assert len(stored) <= 160


@pytest.mark.parametrize(
    "address",
    [
        "/media/files/../secret",
        f"/media/files/{'0' * 64}/../x",
        f"/media/files/{'0' * 64}/",
        f"/media/drafts/{'0' * 64}/x.pdf",
        f"https://evil.example/media/files/{'0' * 64}/x.pdf",
        f"/media/files/{'0' * 64}/x.pdf?y",
    ],
)
def test_other_addresses_are_not_ours(address):
    assert files.public_name(address) is None


def test_file_is_found_wherever_a_document_names_it():
    address = f"/media/files/{'0' * 64}/x.pdf"
    html = f'<p><a href="{address}">x</a> {address}</p>'
    document = {"a": [{"b": address}], "c": html, "d": f"see {address}", "e": None}

    assert list(files.named_in(document)) == [address, address]


def test_addresses_follow_where_files_are_read(settings):
    settings.MEDIA_URL = "https://media.kommun.example/"
    name = files.draft_name(ContentFile(b"x"), "x.png")

    address = files.address_of(name)

    assert address.startswith("https://media.kommun.example/files/")
    assert files.public_name(address)


def test_bucket_without_a_key_is_refused_and_no_bucket_is_a_folder():
    rest = {"endpoint": "", "region": "", "key_id": "", "secret": ""}

    assert media_storage(bucket="", **rest) == FILES
    with pytest.raises(ImproperlyConfigured, match="S3_ACCESS_KEY_ID"):
        media_storage(bucket=BUCKET, **rest)


def test_bucket_says_of_its_files_what_the_site_says(settings):
    options = media_storage(
        bucket=BUCKET, endpoint="", region="us-east-1", key_id="cms", secret="secret"
    )
    settings.STORAGES = {**settings.STORAGES, "default": options}
    with mock_aws():
        bucket = boto3.resource("s3", region_name="us-east-1").Bucket(BUCKET)
        bucket.create()
        for folder in (files.PUBLIC, files.DRAFTS):
            default_storage.save(f"{folder}/{'0' * 64}/a.vtt", BytesIO(b"WEBVTT"))
        public, draft = (
            bucket.Object(f"{folder}/{'0' * 64}/a.vtt").get()
            for folder in (files.PUBLIC, files.DRAFTS)
        )
    assert public["ContentType"] == "text/vtt; charset=utf-8"
    assert public["CacheControl"] == IMMUTABLE
    assert public["ContentDisposition"] == "inline"
    assert draft["CacheControl"] == "private, no-store"

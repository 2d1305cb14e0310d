"""Uploads on S3-compatible storage, and who may read which file (T18)."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import boto3  # type: ignore[import-untyped]
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from moto import mock_aws
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction

from cms.settings.parts.storage import FILES, media_storage

BUCKET = "cms-media"


@pytest.fixture
def bucket(settings) -> Iterator[Any]:
    """An empty bucket where Amazon's own would be, and Django's uploads in it."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": media_storage(
            bucket=BUCKET, endpoint="", region="us-east-1", key_id="cms", secret="secret"
        ),
    }  # fmt: skip
    with mock_aws():
        found = boto3.resource("s3", region_name="us-east-1").Bucket(BUCKET)
        found.create()
        yield found


def names(bucket: Any) -> list[str]:
    return sorted(each.key for each in bucket.objects.all())


@pytest.fixture
def closed() -> Iterator[None]:
    """Nothing stays open after the test."""
    yield
    gc.collect()


# Files stay open until the models and answers that opened them are collected.
_left_open = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)


@_left_open
@pytest.mark.usefixtures("closed")
@pytest.mark.django_db
def test_image_its_sizes_and_their_end(
    bucket, settings, django_capture_on_commit_callbacks
):
    image = get_image_model().objects.create(
        title="Bro", file=get_test_image_file(filename="bro.png")
    )
    size = image.get_rendition("width-100")

    original, rendition = names(bucket)[::-1]
    assert original == image.file.name
    assert original.startswith("original_images/")
    assert rendition == size.file.name
    assert size.url == f"{settings.MEDIA_URL}{rendition}"
    with default_storage.open(original) as file:
        assert file.read()[:4] == b"\x89PNG"

    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert names(bucket) == []


def test_address_follows_where_media_are_read(bucket, settings):
    settings.MEDIA_URL = "https://media.kommun.example/"

    url = default_storage.url("images/å.png")

    assert url == "https://media.kommun.example/images/%C3%A5.png"


@pytest.mark.django_db
def test_document_is_given_by_the_view_that_asks_who_may_read_it(bucket, client):
    private = Collection.get_first_root_node().add_child(name="Personal")
    document = get_document_model().objects.create(
        title="Plan", file=ContentFile(b"HEMLIG plan", name="plan.txt"), collection=private
    )  # fmt: skip
    answer = client.get(document.url)
    assert b"".join(answer.streaming_content) == b"HEMLIG plan"

    CollectionViewRestriction.objects.create(
        collection=private, restriction_type="login"
    )

    answer = client.get(document.url, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/admin/login/?next=")


@_left_open
@pytest.mark.usefixtures("closed")
@pytest.mark.django_db
def test_file_is_not_found_by_its_place(client):
    """With a folder of files: neither documents nor originals, and no guessed name."""
    document = get_document_model().objects.create(
        title="Plan", file=ContentFile(b"HEMLIG plan", name="plan.txt")
    )
    image = get_image_model().objects.create(
        title="Bro", file=get_test_image_file(filename="bro.png")
    )
    size = image.get_rendition("width-100")

    assert client.get(size.url).status_code == 200
    assert client.get(document.file.url).status_code == 404
    assert client.get(image.file.url).status_code == 404
    guessed = size.url.replace(size.file.name, "images/bro.width-100.png")
    assert client.get(guessed).status_code == 404


@pytest.mark.django_db
def test_long_name_keeps_its_secret_and_its_kind():
    image = get_image_model()()
    path = image.get_upload_to("x" * 300 + ".jpeg")

    assert path != image.get_upload_to("x" * 300 + ".jpeg")
    assert len(path) < 95
    assert path.endswith(".jpeg")
    assert len(path.split("/")[1].split("-")[0]) == 16


def test_bucket_without_a_key_is_refused_and_no_bucket_is_a_folder():
    rest = {"endpoint": "", "region": "", "key_id": "", "secret": ""}

    assert media_storage(bucket="", **rest) == FILES
    with pytest.raises(ImproperlyConfigured, match="S3_ACCESS_KEY_ID"):
        media_storage(bucket=BUCKET, **rest)

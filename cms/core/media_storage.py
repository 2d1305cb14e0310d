"""Uploaded files on S3-compatible storage that all machines share."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from botocore.config import Config  # type: ignore[import-untyped]
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage  # type: ignore[import-untyped]

from cms.delivery import files
from cms.log.files import PUBLIC


class MediaOnS3(S3Storage):
    """django-storages' S3, with an end to every wait, read under `MEDIA_URL`.

    Addresses are those of a folder of files: what the log says of an image stays true
    when the files move from a disk to a bucket or back. Each object says of itself what
    the site would say.
    """

    def __init__(self, **options: Any) -> None:
        patient = Config(
            connect_timeout=2,
            read_timeout=5,
            retries={"max_attempts": 1},
            s3={"addressing_style": "path"},
        )
        super().__init__(client_config=patient, **options)

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        """Return what a bucket that is read directly answers with."""
        said = files.headers_of(name)
        is_public = name.startswith(f"{PUBLIC}/")
        return {
            "ContentType": said["Content-Type"],
            "ContentDisposition": said["Content-Disposition"],
            "CacheControl": files.IMMUTABLE if is_public else files.PRIVATE,
        }

    def url(self, name: str, *unused: Any, **unused_too: Any) -> str:
        """Return where a browser reads the file."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))

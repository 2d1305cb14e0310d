"""Where uploaded files are kept: a folder of this machine, or S3-compatible storage."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

FILES = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def media_storage(
    *, bucket: str, endpoint: str, region: str, key_id: str, secret: str
) -> dict[str, Any]:
    """Django's storage for uploads: the folder MEDIA_ROOT unless a bucket is named.

    Nothing is made public by us: the bucket's policy lets everybody read what
    publications name (`files/`) and nothing else.
    """
    if not bucket:
        return FILES
    if not (key_id and secret):
        raise ImproperlyConfigured(
            "S3_BUCKET is set, but S3_ACCESS_KEY_ID or S3_SECRET_ACCESS_KEY is not."
        )
    return {
        "BACKEND": "cms.core.media_storage.MediaOnS3",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint or None,
            "region_name": region or None,
            "access_key": key_id,
            "secret_key": secret,
            "default_acl": None,
            "querystring_auth": False,
            # Two files of one name must not be one file.
            "file_overwrite": False,
        },
    }

"""The address of map images: complete, and of one host that a policy can name."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.settings.env import EnvironmentReader


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://kartor.kommun.example/{z}/{x}/{y}.png",
        "https://kartor.kommun.example:8443/wmts/{z}/{y}/{x}{r}.png?key=a",
        "http://127.0.0.1:9000/{z}/{x}/{y}.webp",
        "/tiles/{z}/{x}/{y}.png",
    ],
)
def test_address_is_taken_as_it_is(address):
    assert EnvironmentReader({"MAP_TILES_URL": address}).tiles_url("MAP_TILES_URL") == address  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "https://kartor.kommun.example/",
        "https://kartor.kommun.example/{z}/{x}.png",
        "https://{s}.kartor.example/{z}/{x}/{y}.png",
        "https://kartor.example/{s}/{z}/{x}/{y}.png",
        "//kartor.example/{z}/{x}/{y}.png",
        "tiles/{z}/{x}/{y}.png",
        "ftp://kartor.example/{z}/{x}/{y}.png",
        "https://user:secret@kartor.example/{z}/{x}/{y}.png",
        "https://kartor.example;script-src */{z}/{x}/{y}.png",
        "https:///{z}/{x}/{y}.png",
        "javascript:alert(1)//{z}/{x}/{y}",
    ],
)
def test_address_that_cannot_be_used_is_refused_with_its_name(address):
    with pytest.raises(ImproperlyConfigured, match="MAP_TILES_URL"):
        EnvironmentReader({"MAP_TILES_URL": address}).tiles_url("MAP_TILES_URL")

"""Which language an address asks for."""

from __future__ import annotations

import pytest

from cms.reading.languages import (
    allows_machine_text,
    catalogue,
    prefix_of,
    public_path,
    split_path,
    tag_of,
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", ("sv", "/")),
        ("/nyheter/", ("sv", "/nyheter/")),
        ("/fi/", ("fi", "/")),
        ("/fi", ("fi", "/")),
        ("/ar/nyheter/a/", ("ar", "/nyheter/a/")),
        ("/fa-AF/nyheter/", ("fa-af", "/nyheter/")),
        ("/FA-af/nyheter/", ("fa-af", "/nyheter/")),
        ("/sv-x-lattlast/", ("sv-x-lattlast", "/")),
        ("/sv/nyheter/", ("sv", "/nyheter/")),
        ("/zz/nyheter/", ("sv", "/zz/nyheter/")),
        ("/finland/", ("sv", "/finland/")),
        ("/nyheter/fi/", ("sv", "/nyheter/fi/")),
        ("//example.org/", ("sv", "//example.org/")),
    ],
)
def test_address_names_its_language_first(path, expected):
    assert split_path(path) == expected


@pytest.mark.parametrize(
    ("code", "prefix"), [("sv", ""), ("fi", "/fi"), ("fa-af", "/fa-AF")]
)
def test_prefix_is_the_tag_as_it_is_spelled(code, prefix):
    assert prefix_of(code) == prefix


def test_prefix_and_rest_make_the_address_again():
    for code in catalogue():
        address = f"{prefix_of(code)}/nyheter/"
        assert split_path(address) == (code, "/nyheter/")


@pytest.mark.parametrize(
    ("code", "url_path", "expected"),
    [
        ("sv", "/home/", "/"),
        ("sv", "/home/nyheter/a/", "/nyheter/a/"),
        ("fi", "/home-fi/", "/fi/"),
        ("fa-af", "/home-fa-af/a/", "/fa-AF/a/"),
        ("sv", "/", "/"),
    ],
)
def test_front_page_gives_nothing_to_the_address(code, url_path, expected):
    assert public_path(code, url_path) == expected


def test_unknown_code_is_its_own_tag_and_takes_no_machine_text():
    assert tag_of("zz") == "zz"
    assert not allows_machine_text("zz")
    assert allows_machine_text("fi") == catalogue()["fi"]["mt_allowed"]

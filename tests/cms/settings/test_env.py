"""Reading the environment: typed, pure, and with sentences for what is wrong."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.settings.env import VARIABLES, EnvironmentReader


def reader(**values: str) -> EnvironmentReader:
    return EnvironmentReader(values)


def test_text_is_stripped():
    assert reader(SECRET_KEY=" abc ").text("SECRET_KEY") == "abc"


@pytest.mark.parametrize("values", [{}, {"SECRET_KEY": ""}, {"SECRET_KEY": "  "}])
def test_text_names_variable_meaning_and_example_when_not_set(values):
    with pytest.raises(ImproperlyConfigured) as caught:
        reader(**values).text("SECRET_KEY")

    variable = VARIABLES["SECRET_KEY"]
    assert variable.name in str(caught.value)
    assert variable.meaning in str(caught.value)
    assert variable.example in str(caught.value)


def test_undeclared_variable_cannot_be_read():
    with pytest.raises(KeyError):
        reader(SOMETHING="1").text("SOMETHING")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("True", True), ("on", True), ("0", False), ("NO", False)],
)
def test_flag_reads_yes_and_no(value, expected):
    assert reader(DEBUG=value).flag("DEBUG", default=not expected) is expected


def test_flag_has_its_default_when_empty():
    assert reader(DEBUG="").flag("DEBUG", default=True) is True


def test_flag_refuses_other_words():
    with pytest.raises(ImproperlyConfigured, match="DEBUG is neither"):
        reader(DEBUG="maybe").flag("DEBUG", default=False)


def test_words_are_separated_by_commas():
    hosts = reader(ALLOWED_HOSTS="a.example, b.example,,").words("ALLOWED_HOSTS")

    assert hosts == ["a.example", "b.example"]


def test_words_have_their_default_when_not_set():
    assert reader().words("ALLOWED_HOSTS", ("localhost",)) == ["localhost"]


def test_choice_ignores_case_and_refuses_what_is_not_offered():
    allowed = ("INFO", "ERROR")

    assert reader(LOG_LEVEL="error").choice("LOG_LEVEL", allowed, "INFO") == "ERROR"
    with pytest.raises(ImproperlyConfigured, match="INFO, ERROR"):
        reader(LOG_LEVEL="loud").choice("LOG_LEVEL", allowed, "INFO")


def test_base_url_loses_its_closing_slash():
    value = "https://www.kommun.example/"

    url = reader(PUBLIC_BASE_URL=value).base_url("PUBLIC_BASE_URL")

    assert url == "https://www.kommun.example"


@pytest.mark.parametrize(
    "value",
    [
        "www.kommun.example",
        "ftp://kommun.example",
        "https://a.example/path",
        "https://",
    ],
)
def test_base_url_refuses_what_is_no_address_of_a_host(value):
    with pytest.raises(ImproperlyConfigured, match="PUBLIC_BASE_URL"):
        reader(PUBLIC_BASE_URL=value).base_url("PUBLIC_BASE_URL")

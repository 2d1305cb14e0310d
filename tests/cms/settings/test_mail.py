"""From a mail address to Django's mail settings."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.settings.parts.mail import parse_email_url


def test_smtp_with_account_and_starttls():
    mail = parse_email_url("smtp://a%40b:s%2Fp@mail.example:587?tls=1")

    assert (mail.host, mail.port) == ("mail.example", 587)
    assert (mail.user, mail.password) == ("a@b", "s/p")
    assert (mail.use_tls, mail.use_ssl) == (True, False)


@pytest.mark.parametrize(
    ("url", "port", "use_ssl"),
    [("smtp://mail.example", 25, False), ("smtps://mail.example", 465, True)],
)
def test_port_follows_the_scheme(url, port, use_ssl):
    mail = parse_email_url(url)

    assert (mail.port, mail.use_ssl) == (port, use_ssl)


def test_console_prints():
    assert parse_email_url("console:").backend.endswith("console.EmailBackend")


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_other_addresses_are_refused_with_an_example(url):
    with pytest.raises(ImproperlyConfigured, match="Example"):
        parse_email_url(url)

"""Webhooks reach the open internet, and nothing inside a network (T33)."""

from __future__ import annotations

import socket
from ipaddress import ip_address

import pytest

from cms.webhooks import targets
from cms.webhooks.obstacles import Obstacle, Undelivered
from cms.webhooks.targets import Receiver


def refusal(call, *arguments):
    with pytest.raises(Undelivered) as caught:
        call(*arguments)
    return caught.value.obstacle


@pytest.mark.parametrize(
    ("url", "obstacle"),
    [
        ("http://receiver.example/hook", Obstacle.INSECURE),
        ("ftp://receiver.example/hook", Obstacle.INSECURE),
        ("file:///etc/passwd", Obstacle.ADDRESS),
        ("receiver.example/hook", Obstacle.ADDRESS),
        ("", Obstacle.ADDRESS),
        ("https://", Obstacle.ADDRESS),
        ("https://name@receiver.example/", Obstacle.CREDENTIALS),
        ("https://name:word@receiver.example/", Obstacle.CREDENTIALS),
        ("https://good.example\\@10.0.0.1/", Obstacle.CREDENTIALS),
        ("https://good.example\\.evil.example/", Obstacle.ADDRESS),
        ("https://receiver.example/ho\nok", Obstacle.ADDRESS),
        ("https://receiver.example/ho ok", Obstacle.ADDRESS),
        ("https://receiver.example/höök", Obstacle.ADDRESS),
        ("https://receiver.example/#part", Obstacle.ADDRESS),
        ("https://receiver.example:0/", Obstacle.ADDRESS),
        ("https://receiver.example:99999/", Obstacle.ADDRESS),
        ("https://receiver.example:port/", Obstacle.ADDRESS),
        ("https://[::1/", Obstacle.ADDRESS),
        ("https://[fe80::1%25eth0]/", Obstacle.ADDRESS),
        (f"https://{'a' * 70}.example/", Obstacle.ADDRESS),
        ("http://127.0.0.1/", Obstacle.INSECURE),
    ],
)
def test_an_address_that_cannot_be_used_is_named(url, obstacle):
    assert refusal(targets.parse, url) is obstacle


def test_an_address_is_taken_apart():
    assert targets.parse("HTTPS://Receiver.Example?a=1") == Receiver(
        "https", "receiver.example", 443, "/?a=1"
    )
    assert (
        targets.parse("https://örebro.example:8443/h").host == "xn--rebro-iua.example"
    )


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - what must be refused
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.8.8.8",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "::7f00:1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "64:ff9b::10.0.0.1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "fc00::1",
        "fd00::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "5f00::1",
    ],
)
def test_an_address_inside_a_network_is_not_public(address):
    assert not targets.is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "2606:4700::1111", "64:ff9b::1.1.1.1", "2002:101:101::", "193.10.1.1"],
)
def test_an_address_of_the_open_internet_is_public(address):
    assert targets.is_public(ip_address(address))


@pytest.fixture
def resolver(monkeypatch):
    """Names and the addresses that they lead to."""
    names = {
        "good.example": ["1.1.1.1", "2606:4700::1111"],
        "mixed.example": ["1.1.1.1", "10.0.0.1"],
        "2130706433": ["127.0.0.1"],
        "intranet.example": ["10.0.0.1"],
    }

    def look_up(host, port, **options):
        if host not in names:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(0, 0, 0, "", (address, port)) for address in names[host]]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return names


def test_every_address_of_a_name_must_be_public(resolver, settings):
    def look_up(url):
        return targets.addresses(targets.parse(url))

    assert list(map(str, look_up("https://good.example/"))) == resolver["good.example"]
    assert refusal(look_up, "https://mixed.example/") is Obstacle.NOT_PUBLIC
    assert refusal(look_up, "https://2130706433/") is Obstacle.NOT_PUBLIC
    assert refusal(look_up, "https://intranet.example/") is Obstacle.NOT_PUBLIC
    assert refusal(look_up, "https://nobody.example/") is Obstacle.UNKNOWN_HOST
    settings.CMS_WEBHOOK_LOCAL_HOSTS = ["intranet.example"]
    assert list(map(str, look_up("http://intranet.example/"))) == ["10.0.0.1"]
    assert refusal(look_up, "https://mixed.example/") is Obstacle.NOT_PUBLIC


def test_a_name_that_nobody_answers_for_is_not_waited_for(resolver, monkeypatch):
    monkeypatch.setattr(targets, "LOOK_UP", 0.05)
    released = socket.socketpair()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: released[0].recv(1))

    target = targets.parse("https://slow.example/")

    assert refusal(targets.addresses, target) is Obstacle.UNKNOWN_HOST
    for end in released:
        end.close()

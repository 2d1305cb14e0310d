"""One request: to whom exactly, how long, and what counts as an answer."""

from __future__ import annotations

import datetime
import socket
import ssl
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from cms.webhooks import sending, targets
from cms.webhooks.obstacles import Obstacle, Undelivered
from tests.cms.webhooks.receiver import receiving

KEYS = [sending.new_secret()]


def obstacle_of(url: str) -> tuple[Obstacle, int | None]:
    with pytest.raises(Undelivered) as caught:
        sending.send(url, "an-id", b"{}", KEYS)
    return caught.value.obstacle, caught.value.status


@pytest.mark.parametrize(
    ("answer", "obstacle"),
    [
        (301, (Obstacle.REDIRECT, 301)),
        (307, (Obstacle.REDIRECT, 307)),
        (400, (Obstacle.REFUSED, 400)),
        (410, (Obstacle.REFUSED, 410)),
        (500, (Obstacle.REFUSED, 500)),
        (b"", (Obstacle.NO_ANSWER, None)),
        (b"SSH-2.0-OpenSSH_9.2\r\n", (Obstacle.NO_ANSWER, None)),
        (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 1000, (Obstacle.NO_ANSWER, None)),
        (b"HTTP/1.1 200 " + b"x" * 70_000, (Obstacle.NO_ANSWER, None)),
    ],
)
def test_what_is_no_confirmation_is_named(receiver, answer, obstacle):
    """A redirect is not followed: its place would not have been examined."""
    receiver.answer = lambda message: answer
    assert obstacle_of(receiver.url) == obstacle
    assert len(receiver.messages) == 1


def test_a_long_answer_is_not_read_to_its_end(receiver):
    receiver.answer = lambda message: b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 10_000_000
    assert sending.send(receiver.url, "an-id", b"{}", KEYS) == 200


def test_nobody_listens(settings):
    settings.CMS_WEBHOOK_LOCAL_HOSTS = ["127.0.0.1"]
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        assert obstacle_of(url) == (Obstacle.NO_CONNECTION, None)


def test_a_receiver_that_says_nothing_is_not_waited_for(receiver, monkeypatch):
    monkeypatch.setattr(sending, "READ", 0.05)

    def answer(message):
        time.sleep(0.3)
        return 200

    receiver.answer = answer
    assert obstacle_of(receiver.url) == (Obstacle.TOO_SLOW, None)


def test_a_receiver_that_drips_is_not_waited_for(monkeypatch, settings):
    """Each byte comes in time; the whole does not."""
    settings.CMS_WEBHOOK_LOCAL_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr(sending, "EXCHANGE", 0.2)
    monkeypatch.setattr(sending, "READ", 2)

    def drip():
        connection, _address = server.accept()
        with connection, suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\nheader: ")
            while True:
                connection.sendall(b"x")
                time.sleep(0.02)

    with socket.create_server(("127.0.0.1", 0)) as server:
        dripping = Thread(target=drip, daemon=True)
        dripping.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        assert obstacle_of(url) == (Obstacle.TOO_SLOW, None)
    dripping.join()


def test_proxies_of_the_environment_are_not_asked(receiver, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    assert sending.send(receiver.url, "an-id", b"{}", KEYS) == 204


def test_the_connection_goes_to_the_address_that_was_examined(monkeypatch):
    """A name that leads elsewhere when it is asked again changes nothing (T33)."""
    answers = iter([["1.1.1.1"], ["127.0.0.1"]])
    asked, connected = [], []

    def look_up(host, port, **options):
        asked.append(host)
        return [(0, 0, 0, "", (address, port)) for address in next(answers)]

    def connect(address, timeout):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)

    assert obstacle_of("https://receiver.example/")[0] is Obstacle.NO_CONNECTION
    assert (asked, connected) == (["receiver.example"], [("1.1.1.1", 443)])
    assert obstacle_of("https://receiver.example/")[0] is Obstacle.NOT_PUBLIC
    assert len(connected) == 1


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for receiver.example, which vouches for itself, with its key."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "receiver")])
    now = datetime.datetime.now(datetime.UTC)
    alternative = x509.SubjectAlternativeName([x509.DNSName("receiver.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(alternative, critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "receiver.pem"
    form = serialization.Encoding.PEM
    private = key.private_bytes(
        form,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(form))
    return file


@pytest.mark.parametrize(
    ("host", "trusted", "outcome"),
    [
        ("receiver.example", True, 204),
        ("other.example", True, Obstacle.CERTIFICATE),
        ("receiver.example", False, Obstacle.CERTIFICATE),
    ],
)
def test_the_certificate_is_for_the_name_and_not_for_the_address(
    certificate, host, trusted, outcome, settings, monkeypatch
):
    settings.CMS_WEBHOOK_LOCAL_HOSTS = ["receiver.example", "other.example"]

    def look_up(host, port, *rest, **options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    trust = ssl.create_default_context(cafile=certificate if trusted else None)
    monkeypatch.setattr(sending, "_trust", lambda: trust)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with receiving(tls) as receiver:
        url = f"https://{host}:{receiver.server_port}/hook"
        if outcome == 204:
            assert sending.send(url, "an-id", b"{}", KEYS) == 204
            sent = receiver.messages[0].headers["host"]
            assert sent == f"{host}:{receiver.server_port}"
        else:
            assert obstacle_of(url) == (outcome, None)
            assert receiver.messages == []


def test_the_usual_port_is_not_named():
    assert targets.parse("https://receiver.example/").port == 443

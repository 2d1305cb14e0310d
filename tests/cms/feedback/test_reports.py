"""Error reports: kept once, throttled, mailed in digests, forgotten in time (T46)."""

from __future__ import annotations

import re
from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail as outbox
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.utils import timezone

from cms.feedback import mail, reports, throttle
from cms.feedback.models import ErrorReport, Mailbox, Sender
from cms.feedback.plain_text import one_line, plain
from cms.feedback.reports import Told
from cms.feedback.throttle import TooMany
from cms.gate.errors import AlreadyDecided, NotAllowed
from cms.reading.pages import Library
from tests.factories.people import person

CLIENT = "192.0.2.7"


@pytest.fixture
def reading(page):
    """The article as a reader of a language gets it."""

    def read(tag="sv"):
        library = Library()
        return reports.reportable(page.translation_key, library.by_code[tag], library)

    return read


def send(reading, text="Lamporna är 23, inte 32.", client=CLIENT, **more):
    return reports.receive(reading, Told(text, **more), client=client)


# --- kept ---


def test_report_says_which_version_in_which_language(reading):
    report = send(reading("fi"), kind="translation", contact=" anna@\r\nexample.org ")

    assert report.locale == "fi"
    assert report.title == "Uudet lamput"
    assert report.path == "/fi/nyheter/uudet-lamput/"
    assert report.publication == reading("fi").publication
    assert report.contact == "anna@ example.org"


def test_reader_of_a_fallback_reports_the_text_that_was_shown(reading):
    report = send(reading("ar"))

    assert (report.locale, report.path) == ("sv", "/ar/nyheter/nya-lampor/")


def test_version_must_be_one_of_this_page(reading, site):
    earlier = reading().publication
    other = reading("fi").publication
    foreign = reports.Publication.objects.exclude(key=reading().key).first().pk

    for said, kept in ((earlier, earlier), (other, other), (foreign, earlier),
                       (-1, earlier), (10**30, earlier), (None, earlier)):  # fmt: skip
        report = send(reading(), f"Fel {said}", client=str(said), publication=said)
        assert report.publication == kept


def test_same_words_about_the_same_page_are_one_report(reading):
    first = send(reading(), "Lamporna är 23.", "a")
    again = send(reading(), "lamporna  är\r\n23.", "b", contact="anna@example.org")
    other_words = send(reading(), "Lamporna är 24.", "c")
    other_language = send(reading("fi"), "Lamporna är 23.", "d")

    assert again.pk == first.pk
    assert len({first.pk, other_words.pk, other_language.pk}) == 3
    first.refresh_from_db()
    assert (first.count, first.contact) == (2, "anna@example.org")

    reports.handle(first, by=person("editor"), note="Rättat.")
    assert send(reading(), "Lamporna är 23.", "e").pk != first.pk


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a\x00b\x07c", "abc"),
        (" rad ett\r\nrad\ttvå\r ", "rad ett\nrad två"),
        ("\u202eevil\u202c \ufeff", "evil"),
        ("\ud800halv", "halv"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("می‌خواهم 👩‍👩‍👧", "می‌خواهم 👩‍👩‍👧"),
        ("e\u0301", "é"),
        ("\x00\u200b", ""),
    ],
)
def test_text_is_plain(written, kept):
    assert plain(written) == kept
    assert "\n" not in one_line(written)


def test_safety_critical_page_has_no_form(secret):
    language = Library().by_code["sv"]

    assert reports.reportable(secret.translation_key, language) is None


# --- how often ---


def test_sixth_in_a_minute_waits(reading, monkeypatch):
    now = [1_000_000.0]
    monkeypatch.setattr("cms.feedback.throttle.time.time", lambda: now[0])
    for number in range(5):
        now[0] += 5
        send(reading(), f"Fel {number}")
    with pytest.raises(TooMany) as refused:
        send(reading(), "Fel 6")
    assert refused.value.retry_after == 40
    assert ErrorReport.objects.count() == 5
    send(reading(), "Fel 6", client="192.0.2.8")

    now[0] += 40
    send(reading(), "Fel 6b")
    with pytest.raises(TooMany):
        send(reading(), "Fel 7")


def test_no_address_is_stored_and_none_is_kept(reading):
    send(reading())
    rows = str(list(Sender.objects.values()))
    assert CLIENT not in rows
    assert re.fullmatch(r"[0-9a-f]{64}", Sender.objects.get().name)

    Sender.objects.update(last_at=timezone.now() - timedelta(days=1, seconds=1))
    throttle.count("192.0.2.9", "report")
    assert Sender.objects.count() == 1


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "client"),
    [
        ("192.0.2.1", "", 0, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", 0, "192.0.2.1"),
        ("10.0.0.1", "evil, 203.0.113.9", 1, "203.0.113.9"),
        ("10.0.0.1", "192.0.2.1, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("2001:db8:1:2:3::4", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", 0, "192.0.2.1"),
        ("10.0.0.1", "<script>", 1, throttle.NOBODY),
    ],
)
def test_client_is_who_our_own_proxy_has_seen(
    settings, remote, forwarded, proxies, client
):
    settings.CMS_TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().post("/", headers=headers, REMOTE_ADDR=remote)

    assert throttle.client_of(request) == client


# --- mail ---


@pytest.fixture
def owner(page):
    page.page_owner = person("editor2")
    page.save(update_fields=["page_owner"])
    return page.page_owner


def committed(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks(execute=True)


def test_digest_goes_to_the_owner_and_no_more_than_once_a_minute(
    reading, owner, django_capture_on_commit_callbacks
):
    evil = "<script>alert(1)</script>\nBcc: x@example.org"
    with committed(django_capture_on_commit_callbacks):
        send(reading(), evil, contact="anna@example.org\nBcc: y@example.org")
    (first,) = outbox.outbox
    assert first.to == [owner.email]
    assert first.recipients() == [owner.email]
    assert first.content_subtype == "plain"
    assert "<script>" in first.body
    assert "Publicering" in first.body
    assert "script" not in first.subject

    for number in range(4):
        with committed(django_capture_on_commit_callbacks):
            send(reading(), f"Fel {number}")
    assert len(outbox.outbox) == 1

    a_minute_ago = timezone.now() - timedelta(seconds=61)
    Mailbox.objects.update(last_sent_at=a_minute_ago)
    call_command("send_report_mail")
    call_command("send_report_mail")
    (_first, digest) = outbox.outbox
    assert all(f"Fel {number}" in digest.body for number in range(4))
    assert digest.subject.startswith("4 nya felrapporter")
    assert not ErrorReport.objects.exclude(unsent_to=None).exists()


def test_without_an_owner_the_contact_is_told_and_else_the_municipality(
    reading, page, settings, django_capture_on_commit_callbacks
):
    with committed(django_capture_on_commit_callbacks):
        send(reading())
    assert outbox.outbox[0].to == ["kontakt@example.org"]

    without = reports.reportable(
        page.get_parent().translation_key, Library().by_code["sv"]
    )
    with committed(django_capture_on_commit_callbacks):
        send(without, client="other")
    assert outbox.outbox[1].to == [settings.CMS_REPORT_EMAIL]


def test_mail_that_was_not_taken_is_tried_again(
    reading, monkeypatch, django_capture_on_commit_callbacks
):
    def away(self):
        raise SMTPException("away")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", away)
        with committed(django_capture_on_commit_callbacks):
            send(reading())
        with pytest.raises(CommandError):
            call_command("send_report_mail")
    assert outbox.outbox == []

    call_command("send_report_mail")
    assert len(outbox.outbox) == 1
    assert mail.due().count() == 0


# --- staff, and the end ---


def test_who_may_handle(reading):
    finnish, swedish = send(reading("fi")), send(reading())

    for name in ("editor", "approver", "admin"):
        assert set(reports.visible_to(person(name))) == {finnish, swedish}
    for name in ("translator_fi", "reviewer_fi"):
        assert set(reports.visible_to(person(name))) == {finnish}
        with pytest.raises(NotAllowed):
            reports.handle(swedish, by=person(name), note="")
    with pytest.raises(NotAllowed):
        reports.handle(finnish, by=person("translator_ar"), note="")
    assert not ErrorReport.objects.exclude(handled_at=None).exists()

    done = reports.handle(finnish, by=person("translator_fi"), note="Rättat.\x00")
    assert (done.handled_by.username, done.handling_note) == (
        "translator_fi",
        "Rättat.",
    )
    with pytest.raises(AlreadyDecided):
        reports.handle(finnish, by=person("editor"), note="Också jag")


def test_reports_are_forgotten_when_their_time_is_over(reading, settings, capsys):
    settings.CMS_REPORT_RETENTION_DAYS = 30
    send(reading(), "Gammalt")
    past = timezone.now() - timedelta(days=31)
    ErrorReport.objects.update(last_received_at=past)
    send(reading(), "Nytt")
    call_command("prune_reports", days=40)
    assert ErrorReport.objects.count() == 2
    call_command("prune_reports")

    assert [report.text for report in ErrorReport.objects.all()] == ["Nytt"]
    assert "1 error reports deleted" in capsys.readouterr().out

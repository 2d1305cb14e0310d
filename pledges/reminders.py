"""Mail that reminds of follow-ups: before they are due, after, and when they are missing.

What is due is read from the log: nobody is reminded of a programme that is not public.
Whom to remind is not public and stands in the rows. Days are the residents' days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task

from cms.reading.languages import source_code
from pledges import standing
from pledges.accounts import residents_today
from pledges.choices import Punctuality
from pledges.models import Partner, PledgeProgramme, SentReminder
from pledges.standing import Occasion

Kind = SentReminder.Kind
#: How long before a follow-up is due its writers are reminded.
NOTICE = timedelta(days=14)
_SUBJECTS = {
    Kind.BEFORE: "Uppföljning att skriva: {label}, {programme}",
    Kind.AFTER: "Uppföljningen är försenad: {label}, {programme}",
    Kind.MISSING: "Uppföljning saknas: {label}, {programme}",
}


@dataclass(frozen=True)
class Reminder:
    """A mail that is due and to whom."""

    occasion: Occasion
    kind: str
    recipient: str

    def __str__(self) -> str:
        what = f"{self.occasion.programme.title}, {self.occasion.label}"
        return f"{self.kind}: {what} -> {self.recipient}"


def due_kind(occasion: Occasion, today: date) -> str | None:
    """Return the reminder that is due of a planned follow-up, if one is.

    A day on which nothing ran is made up for: each kind has days of its own.
    """
    match occasion.punctuality(today):
        case Punctuality.MISSING:
            return Kind.MISSING
        case Punctuality.LATE:
            return Kind.AFTER
        case Punctuality.UPCOMING if today >= occasion.due_on - NOTICE:
            return Kind.BEFORE
    return None


def due_reminders(today: date) -> list[Reminder]:
    """Return every mail that is due and has not been decided on yet."""
    occasions = standing.read().occasions
    found = [
        (each, kind)
        for each in occasions
        if (kind := due_kind(each, today)) is not None
    ]
    decided = set(
        SentReminder.objects.filter(
            occasion_key__in=[each.key for each, _kind in found]
        ).values_list("occasion_key", "kind", "recipient")
    )
    decided_texts = {(str(key), kind, to) for key, kind, to in decided}
    return [
        Reminder(each, kind, recipient)
        for each, kind in found
        for recipient in dict.fromkeys(_recipients(each, kind))
        if (each.key, kind, recipient) not in decided_texts
    ]


def _recipients(occasion: Occasion, kind: str) -> Iterator[str]:
    """Yield whom to write to: the unit, else the people who answer for the page.

    When residents are told that it is missing, every party hears of it too.
    """
    programme = (
        PledgeProgramme.objects.filter(
            translation_key=occasion.programme.key, locale__language_code=source_code()
        )
        .select_related("page_owner")
        .first()
    )
    if programme is None:
        return
    owner = programme.page_owner
    if programme.reminder_email:
        yield programme.reminder_email
    elif owner and owner.is_active and owner.email:
        yield owner.email
    if kind == Kind.MISSING:
        parties = Partner.objects.filter(
            translation_key__in=occasion.programme.party_keys,
            locale__language_code=source_code(),
        )
        yield from parties.exclude(reminder_email="").values_list(
            "reminder_email", flat=True
        )


def enqueue_due(today: date | None = None) -> list[SentReminder]:
    """Decide on every mail that is due, and hand those that wait to the tasks.

    The database lets one of several runners decide on a mail, and no more. One that was
    decided on and not sent, because the mail server was away, is tried again.
    """
    today = today or residents_today()
    with transaction.atomic():
        for reminder in due_reminders(today):
            SentReminder.objects.get_or_create(
                occasion_key=reminder.occasion.key,
                kind=reminder.kind,
                recipient=reminder.recipient,
                defaults={"programme_key": reminder.occasion.programme.key},
            )
    waiting = list(SentReminder.objects.filter(sent_at__isnull=True).order_by("pk"))
    for each in waiting:
        send_reminder.enqueue(each.pk)
    return waiting


@task()
def send_reminder(reminder_id: int) -> None:
    """Send one mail, unless it has been sent or is not true any more.

    The row is locked meanwhile: whoever comes second finds that it has been sent.
    """
    with transaction.atomic():
        row = (
            SentReminder.objects.select_for_update()
            .filter(pk=reminder_id, sent_at__isnull=True)
            .first()
        )
        if row is None:
            return
        occasion = _occasion(row)
        if occasion is None or due_kind(occasion, residents_today()) != row.kind:
            row.delete()
            return
        _mail(row, occasion).send()
        row.sent_at = timezone.now()
        row.save(update_fields=["sent_at"])


def _occasion(row: SentReminder) -> Occasion | None:
    """Return the planned follow-up as it is public now."""
    found = standing.read(row.programme_key).occasions
    return next((each for each in found if each.key == str(row.occasion_key)), None)


def _mail(row: SentReminder, occasion: Occasion) -> EmailMessage:
    """Write the mail. It is Swedish whatever the language of the process is."""
    programme = PledgeProgramme.objects.get(
        translation_key=row.programme_key, locale__language_code=source_code()
    )
    base = settings.WAGTAILADMIN_BASE_URL
    context = {
        "occasion": occasion,
        "programme": occasion.programme,
        "write_url": base
        + reverse("wagtailadmin_pages:add", args=["pledges", "followup", programme.pk]),
        "dashboard_url": base + reverse("follow_pledges:dashboard"),
        "site_name": settings.CMS_SITE_NAME,
    }
    names = {"label": occasion.label, "programme": occasion.programme.title}
    with translation.override(source_code()):
        body = render_to_string(f"pledges/admin/mail/{row.kind}.txt", context)
    subject = " ".join(_SUBJECTS[Kind(row.kind)].format(**names).split())
    return EmailMessage(subject=subject, body=body, to=[row.recipient])

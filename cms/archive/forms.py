"""What the archivist asks for: an address and a moment, or a period."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.archive.looking import public_path
from cms.reading.models import Language

_SWEDISH_TIME = ZoneInfo(settings.TIME_ZONE)
_FIRST_DAY = date(1990, 1, 1)
_CLOCKS = ["%H:%M", "%H.%M", "%H:%M:%S", "%H.%M.%S", "%H:%M:%S.%f"]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        validators=[MinValueValidator(_FIRST_DAY)],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class LookForm(forms.Form):
    """An address, a time in Sweden, and a language if not that of the address."""

    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=2000,
        help_text=gettext_lazy("As in the browser, for example /nyheter/ or /fi/."),
    )
    day = _day(gettext_lazy("Date"))
    clock = forms.TimeField(
        label=gettext_lazy("Time of day"),
        input_formats=_CLOCKS,
        help_text=gettext_lazy("Swedish time, for example 16.00."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = Language.objects.active().select_related("locale")
        field: Any = self.fields["language"]
        field.choices = [
            ("", _("that of the address")),
            *((each.tag, each.autonym) for each in languages),
        ]

    def clean_address(self) -> str:
        path = public_path(self.cleaned_data["address"])
        if path is None:
            raise forms.ValidationError(_("This is not an address of this site."))
        return path

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "day" in cleaned and "clock" in cleaned:
            moment = datetime.combine(
                cleaned["day"], cleaned["clock"], tzinfo=_SWEDISH_TIME
            )
            if moment > timezone.now():
                self.add_error("day", _("That time has not come yet."))
            cleaned["moment"] = moment.astimezone(UTC)
        return cleaned


def local_start(moment: datetime) -> dict[str, str]:
    """Return the form's values for a moment, as they are typed."""
    local = moment.astimezone(_SWEDISH_TIME)
    clock = local.time().isoformat("microseconds" if local.microsecond else "seconds")
    return {"day": local.date().isoformat(), "clock": clock}


class PeriodForm(forms.Form):
    """Whole days in Sweden, the first and the last included."""

    first_day = _day(gettext_lazy("First day"))
    last_day = _day(gettext_lazy("Last day"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day comes before the first."))
        return cleaned

    def bounds(self) -> tuple[datetime, datetime]:
        """Return when the period begins, and when it is over (that not included)."""
        return day_bounds(self.cleaned_data["first_day"], self.cleaned_data["last_day"])


def day_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the midnights in Sweden before the first day and after the last."""
    after = last + timedelta(days=1)
    return (
        datetime.combine(first, time(), tzinfo=_SWEDISH_TIME).astimezone(UTC),
        datetime.combine(after, time(), tzinfo=_SWEDISH_TIME).astimezone(UTC),
    )

"""The form in which readers say what is wrong, and its guards against machines.

No picture to read, no third party: a field that people do not see, and the time that it
takes a person to write (T46).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.feedback.plain_text import one_line, plain
from cms.feedback.reports import MAX_CONTACT, MAX_TEXT, Told
from cms.feedback.subjects import Subject

#: Nobody reads the page, thinks and writes in fewer seconds.
LEAST_SECONDS = 3
#: How long a form may lie open in a tab.
MOST_SECONDS = 24 * 60 * 60
#: More than five thousand characters in any script can take as a form.
MOST_BYTES = 100_000
_SALT = "cms.feedback.form"


def new_stamp() -> str:
    """Return when the form was shown, signed."""
    return signing.TimestampSigner(salt=_SALT).sign("form")


def _is_human_pace(stamp: str) -> bool:
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        signer.unsign(stamp, max_age=MOST_SECONDS)
    except signing.BadSignature:
        return False
    try:
        signer.unsign(stamp, max_age=LEAST_SECONDS)
    except signing.SignatureExpired:
        return True
    return False


class PlainField(forms.CharField):
    """Text from strangers: cleaned before it is measured."""

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "")

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show again what was written, but nothing that a page cannot hold."""
        return plain(data) if isinstance(data, str) else data


class ReportForm(forms.Form):
    """What is wrong, of which kind, and whom to ask if that is wanted."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=Subject.choices,
        initial=Subject.FACT,
        widget=forms.RadioSelect,
        # Django has no words of its own in some of the readers' languages.
        error_messages={
            "required": gettext_lazy("Choose what it is about."),
            "invalid_choice": gettext_lazy("Choose what it is about."),
        },
    )
    text = PlainField(
        label=gettext_lazy("What is wrong?"),
        help_text=gettext_lazy(
            "Do not write anything private, such as a personal identity number."
        ),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": gettext_lazy("Write what is wrong."),
            "max_length": gettext_lazy("The text is too long. Make it shorter."),
        },
    )
    contact = PlainField(
        label=gettext_lazy("E-mail or telephone, if you want an answer"),
        help_text=gettext_lazy("You do not have to say who you are."),
        required=False,
        max_length=MAX_CONTACT,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
        error_messages={
            "max_length": gettext_lazy("The text is too long. Make it shorter.")
        },
    )
    # People do not see it; machines fill in whatever there is.
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def is_bait_taken(self) -> bool:
        """Say whether the field that nobody sees was filled in."""
        return bool(self.cleaned_data.get("website"))

    def clean_contact(self) -> str:
        return one_line(self.cleaned_data["contact"])

    def clean(self) -> dict[str, Any]:
        """Ask once more when it was sent faster than anybody writes."""
        cleaned = super().clean() or {}
        # Nobody can mend what they do not see, and it is not what they wrote.
        self.errors.pop("version", None)
        if not self.errors and not _is_human_pace(cleaned.get("stamp", "")):
            raise forms.ValidationError(
                _("This went very fast. Look at your text and send it again.")
            )
        return cleaned

    @property
    def told(self) -> Told:
        """What the reader says, when the form is valid."""
        said = self.cleaned_data
        return Told(
            text=said["text"],
            kind=said["kind"],
            contact=said["contact"],
            publication=said.get("version"),
        )

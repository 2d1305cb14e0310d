"""Emergency numbers: where to call when a page is about somebody's safety.

They stand before the text of every safety-critical page, in the reader's language.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, PublishingPanel

from cms.core import kinds
from cms.core.blocks.phone import PhoneNumberBlock, display, to_e164
from cms.core.fields import StreamField
from cms.core.shared_block import SharedBlock
from cms.gate.errors import Issue
from cms.reading import safety

# There is one set of numbers, so its key is known beforehand and the same everywhere.
KEY = uuid.UUID("6b0f2a0e-1f0d-4f4e-9d3a-3f8f4c1b1112")
# 112, 1177, 114 14, 116 111: dialled as they stand, from within the country only.
_SHORT_CODE = re.compile(r"[1-9]\d{2,5}")


def to_dial(text: str) -> str:
    """Return what a telephone dials: a short code as it is, else E.164.

    Raises ``ValidationError`` when it cannot be a telephone number.
    """
    digits = "".join(text.split())
    return digits if _SHORT_CODE.fullmatch(digits) else to_e164(text)


def as_written(number: str) -> str:
    """Return a number as Swedes write it: ``112``, ``114 14``, ``020-50 50 50``."""
    if not _SHORT_CODE.fullmatch(number):
        return display(number)
    return f"{number[:3]} {number[3:]}" if len(number) > 4 else number


class HelpNumberBlock(PhoneNumberBlock):
    """A telephone number or a short code; the same in every language."""

    def clean(self, value: str) -> str:
        return to_dial(blocks.CharBlock.clean(self, value))


class HelplineBlock(blocks.StructBlock):
    """Somebody to call: who it is, the number, and what a caller should know."""

    label = blocks.CharBlock(max_length=100, label=gettext_lazy("Who answers"))
    number = HelpNumberBlock(max_length=30, label=gettext_lazy("Number"))
    note = blocks.CharBlock(
        max_length=200, required=False, label=gettext_lazy("Note"),
        help_text=gettext_lazy(
            "When it is open, what it costs, whether it shows on the phone bill."
        ),
    )  # fmt: skip

    class Meta:
        icon = "mobile-alt"
        label = gettext_lazy("Number to call")

    def to_document(self, value: Any) -> dict[str, str]:
        return {
            "label": value["label"],
            "tel": value["number"],
            "display": as_written(value["number"]),
            "note": value["note"],
        }


class EmergencyNumbers(SharedBlock):
    """The numbers of every safety-critical page: one set, in each language.

    Without them in a language, no safety-critical page becomes public in it, and
    while they are needed they cannot be taken away.
    """

    kind = kinds.Emergency

    translation_key = models.UUIDField(default=KEY, editable=False)
    text = models.CharField(
        gettext_lazy("what to do"), max_length=250, blank=True,
        help_text=gettext_lazy("One sentence before the numbers."),
    )  # fmt: skip
    entries = StreamField(
        [("helpline", HelplineBlock())], verbose_name=gettext_lazy("numbers to call")
    )

    panels = [FieldPanel("text"), FieldPanel("entries"), PublishingPanel()]

    class Meta(SharedBlock.Meta):
        verbose_name = gettext_lazy("emergency numbers")
        verbose_name_plural = gettext_lazy("emergency numbers")
        constraints = [
            *SharedBlock.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(translation_key=KEY), name="core_emergency_one_key"
            ),
        ]

    def __str__(self) -> str:
        numbers = [as_written(entry.value["number"]) for entry in self.entries]
        return " · ".join(numbers) or str(self._meta.verbose_name)

    def is_safety_critical(self) -> bool:
        return True

    def publication_issues(self) -> Iterable[Issue]:
        if not self.entries:
            yield Issue("no_numbers", _("Give at least one number to call."), "entries")

    def withdrawal_issues(self) -> Iterable[Issue]:
        """They stay while a safety-critical page is public beside them."""
        yield from super().withdrawal_issues()
        if titles := safety.pages_that_need_numbers(self.locale.language_code):
            text = _(
                "Safety-critical pages are public: their emergency numbers cannot be "
                "taken away. Change the numbers instead. They stand on: %(titles)s."
            )
            message = text % {"titles": ", ".join(titles[:5])}
            yield Issue("emergency_numbers", message)

    def clean(self) -> None:
        super().clean()
        same = type(self)._default_manager.filter(locale_id=self.locale_id)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError(
                _("There are emergency numbers in this language already: change those.")
            )

    def save(self, *args: Any, **kwargs: Any) -> Any:
        # A copy made in the admin brings a key of its own.
        self.translation_key = KEY
        return super().save(*args, **kwargs)

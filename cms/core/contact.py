"""The contact block: one text for all pages, published like a page."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel

from cms.core import kinds
from cms.core.blocks import PhoneBlock
from cms.core.fields import StreamField
from cms.core.shared_block import SharedBlock

WEEKDAYS = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]


class OpeningBlock(blocks.StructBlock):
    """Hours that are the same on some weekdays."""

    days = blocks.MultipleChoiceBlock(choices=WEEKDAYS, label=_("Days"))
    opens = blocks.TimeBlock(label=_("Opens"))
    closes = blocks.TimeBlock(label=_("Closes"))

    class Meta:
        icon = "time"
        label = _("Opening hours")


class ExceptionBlock(blocks.StructBlock):
    """A day with other hours, or closed."""

    date = blocks.DateBlock(label=_("Date"))
    closed = blocks.BooleanBlock(required=False, label=_("Closed"))
    opens = blocks.TimeBlock(required=False, label=_("Opens"))
    closes = blocks.TimeBlock(required=False, label=_("Closes"))
    note = blocks.CharBlock(max_length=120, required=False, label=_("Note"))

    class Meta:
        icon = "calendar-alt"
        label = _("Exception")


class ContactBlock(SharedBlock):
    """How to reach a part of the municipality (R-09 to R-16).

    Pages refer to it; changing it once changes every page, and no archived version.
    Names of streets and the whole postal address are the same in every language.
    """

    kind = kinds.Contact

    name = models.CharField(_("name"), max_length=100)
    explanation = models.CharField(
        _("what it is"), max_length=200, blank=True,
        help_text=_("Said after the name, for those who do not know it."),
    )  # fmt: skip
    phones = StreamField(
        [("phone", PhoneBlock())], blank=True, verbose_name=_("phones")
    )
    visiting_building = models.CharField(_("building"), max_length=100, blank=True)
    visiting_street = models.CharField(_("street"), max_length=100, blank=True)
    visiting_postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    visiting_city = models.CharField(_("town"), max_length=60, blank=True)
    visiting_access_info = models.CharField(_("getting in"), max_length=250, blank=True)
    postal_recipient = models.CharField(_("recipient"), max_length=100, blank=True)
    postal_line = models.CharField(_("address line"), max_length=100, blank=True)
    postal_postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    postal_city = models.CharField(_("town"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    opening_hours = StreamField(
        [("opening", OpeningBlock())], blank=True, verbose_name=_("opening hours")
    )
    exceptions = StreamField(
        [("exception", ExceptionBlock())], blank=True, verbose_name=_("exceptions")
    )
    hours_text = models.CharField(_("more about the hours"), max_length=250, blank=True)
    languages_served = models.CharField(
        _("languages spoken"), max_length=200, blank=True,
        validators=[RegexValidator(r"^[A-Za-z-]+(, ?[A-Za-z-]+)*$")],
        help_text=_("Language tags with commas: sv, fi, en."),
    )  # fmt: skip
    interpreter_info = models.CharField(_("interpreter"), max_length=250, blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("explanation")], _("Name")),
        FieldPanel("phones"),
        MultiFieldPanel(
            [
                FieldPanel("visiting_building"),
                FieldPanel("visiting_street"),
                FieldPanel("visiting_postcode"),
                FieldPanel("visiting_city"),
                FieldPanel("visiting_access_info"),
            ],
            _("Visiting address"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("postal_recipient"),
                FieldPanel("postal_line"),
                FieldPanel("postal_postcode"),
                FieldPanel("postal_city"),
            ],
            _("Postal address"),
        ),
        FieldPanel("email"),
        FieldPanel("opening_hours"),
        FieldPanel("exceptions"),
        FieldPanel("hours_text"),
        FieldPanel("languages_served"),
        FieldPanel("interpreter_info"),
        PublishingPanel(),
    ]

    class Meta:
        verbose_name = _("contact block")
        verbose_name_plural = _("contact blocks")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"],
                name="core_contact_one_per_key_and_locale",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def hours(self) -> list[dict[str, Any]]:
        """Return the regular hours, one row for each day and span."""
        rows = [
            {
                "weekday": int(day),
                "opens": block.value["opens"].strftime("%H:%M"),
                "closes": block.value["closes"].strftime("%H:%M"),
            }
            for block in self.opening_hours
            for day in block.value["days"]
        ]
        return sorted(rows, key=lambda row: (row["weekday"], row["opens"]))

    def language_tags(self) -> list[str]:
        """Return the tags of the languages spoken."""
        tags = (tag.strip() for tag in self.languages_served.split(","))
        return [tag for tag in tags if tag]

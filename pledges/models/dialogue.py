"""What residents said, and what came of it."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel

from cms.core.fields import StreamField
from cms.core.models import SharedBlock
from cms.core.originals import original_key, original_keys
from pledges import kinds
from pledges.choices import DialogueCategory
from pledges.models.periods import ends_after_start


class FindingBlock(blocks.StructBlock):
    """One thing that many said."""

    theme = blocks.CharBlock(max_length=80, label=_("Theme"))
    text = blocks.TextBlock(max_length=400, label=_("What was said"))
    mentions = blocks.IntegerBlock(
        min_value=1, required=False, label=_("How many said it")
    )

    class Meta:
        icon = "comment"
        label = _("Finding")


class CitizenDialogue(SharedBlock):
    """A dialogue, or several alike, with what was heard. No personal data."""

    kind = kinds.Dialogue

    title = models.CharField(_("title"), max_length=120)
    category = models.CharField(
        _("kind"), max_length=10, choices=DialogueCategory.choices
    )
    date_from = models.DateField(_("first day"))
    date_to = models.DateField(_("last day"), null=True, blank=True)
    place = original_key("pledges.Place", verbose_name=_("place"))
    organisers = original_keys("pledges.Partner", verbose_name=_("organisers"))
    occasions = models.PositiveSmallIntegerField(_("number of dialogues"), default=1)
    participants_count = models.PositiveIntegerField(
        _("participants"), null=True, blank=True
    )
    method = models.TextField(_("how it was done"), max_length=500, blank=True)
    findings = StreamField(
        [("finding", FindingBlock())], blank=True, verbose_name=_("findings")
    )
    what_we_take_further = models.TextField(_("what we take further"), max_length=600)
    what_we_cannot_do = models.TextField(
        _("what we cannot do"), max_length=600, blank=True
    )
    feedback_published_on = models.DateField(
        _("participants were told the results on"), null=True, blank=True
    )
    languages_offered = models.CharField(
        _("languages with interpreter"), max_length=200, blank=True,
        validators=[RegexValidator(r"^[A-Za-z-]+(, ?[A-Za-z-]+)*$")],
        help_text=_("Language tags with commas: sv, fi, en."),
    )  # fmt: skip

    panels = [
        FieldPanel("title"),
        MultiFieldPanel(
            [
                FieldPanel("category"),
                FieldPanel("date_from"),
                FieldPanel("date_to"),
                FieldPanel("occasions"),
                FieldPanel("place"),
                FieldPanel("organisers"),
                FieldPanel("participants_count"),
                FieldPanel("languages_offered"),
            ],
            _("When, where, who"),
        ),
        FieldPanel("method"),
        FieldPanel("findings"),
        FieldPanel("what_we_take_further"),
        FieldPanel("what_we_cannot_do"),
        FieldPanel("feedback_published_on"),
        PublishingPanel(),
    ]

    class Meta(SharedBlock.Meta):
        verbose_name = _("dialogue")
        verbose_name_plural = _("dialogues")
        constraints = [
            *SharedBlock.Meta.constraints,
            ends_after_start("dialogue", "date_from", "date_to", optional=("date_to",)),
        ]

    def __str__(self) -> str:
        return self.title

    def language_tags(self) -> list[str]:
        """Return the tags of the languages that there was an interpreter for."""
        tags = (tag.strip() for tag in self.languages_offered.split(","))
        return [tag for tag in tags if tag]

"""Places where something is done. Measures are shown, never a list of complaints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel

from cms.core.models import SharedBlock
from cms.core.originals import original_key
from pledges import coarsening, kinds, place_rules, positions
from pledges.choices import Lighting, PlaceCategory
from pledges.place_forms import PlaceForm
from pledges.staff_choices import Precision, ReportedVia

if TYPE_CHECKING:
    from cms.gate.errors import Issue

# What editors must know before a place becomes public (C-5).
PRECISION_HELP = _(
    "Readers see a street to within about 100 metres and an area to within about a "
    "kilometre. An exact point needs five independent reports, unless the place has "
    "come up in our own work. A school is shown as an area when the matter is drugs."
)
MAP_HELP = _("Never somebody's home, and never a shelter.")
IMAGES_HELP = _(
    "Show what has been done. No faces and no number plates; say in the text alternative "
    "what somebody who cannot see the image needs to know."
)


class Place(SharedBlock):
    """A place that a pledge does something about (C-5).

    ``geometry`` is a GeoJSON geometry in WGS84, longitude first. Readers get it only
    with ``publish_on_map``, and no more exactly than ``precision`` allows.
    """

    kind = kinds.Place

    name = models.CharField(_("name"), max_length=120)
    category = models.CharField(_("kind"), max_length=15, choices=PlaceCategory.choices)
    locality = models.CharField(_("locality"), max_length=60, blank=True)
    measure = models.TextField(
        _("what is done"), max_length=300, blank=True,
        help_text=_("What has been or will be done here, in one or two sentences."),
    )  # fmt: skip
    geometry = models.JSONField(_("position"), null=True, blank=True)
    precision = models.CharField(
        _("precision"), max_length=10, choices=Precision.choices,
        default=Precision.AREA,
    )  # fmt: skip
    publish_on_map = models.BooleanField(_("show on the map"), default=False)
    lighting_status = models.CharField(
        _("lighting"), max_length=15, choices=Lighting.choices,
        default=Lighting.NOT_APPLICABLE,
    )  # fmt: skip
    lighting_owner = original_key(
        "pledges.Partner", verbose_name=_("who owns the lighting")
    )
    reported_via = models.CharField(
        _("came up in"), max_length=10, choices=ReportedVia.choices, blank=True
    )
    report_count = models.PositiveIntegerField(
        _("independent reports"), null=True, blank=True, help_text=_("Not public.")
    )
    fixed_on = models.DateField(_("mended on"), null=True, blank=True)
    before_image = models.ForeignKey(
        "core.ContentImage", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("image before"),
    )  # fmt: skip
    before_alt = models.CharField(
        _("text alternative of the image before"), max_length=250, blank=True
    )
    # The images have no caption: the place itself says what has been done.
    before_caption = after_caption = ""
    # Nor do they decorate: they show it.
    before_decorative = after_decorative = False
    after_image = models.ForeignKey(
        "core.ContentImage", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("image after"),
    )  # fmt: skip
    after_alt = models.CharField(
        _("text alternative of the image after"), max_length=250, blank=True
    )
    report_fault_url = models.URLField(_("where to report a fault"), blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("category"), FieldPanel("locality")],
            _("Place"),
        ),
        FieldPanel("measure"),
        MultiFieldPanel(
            [
                FieldPanel("geometry"),
                FieldPanel("precision", help_text=PRECISION_HELP),
                FieldPanel("publish_on_map", help_text=MAP_HELP),
            ],
            _("On the map"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("lighting_status"),
                FieldPanel("lighting_owner"),
                FieldPanel("fixed_on"),
                FieldPanel("report_fault_url"),
            ],
            _("Lighting"),
        ),
        MultiFieldPanel(
            [FieldPanel("reported_via"), FieldPanel("report_count")],
            _("How we know"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("before_image"),
                FieldPanel("before_alt"),
                FieldPanel("after_image"),
                FieldPanel("after_alt"),
            ],
            _("Images"),
            help_text=IMAGES_HELP,
        ),
        PublishingPanel(),
    ]

    base_form_class = PlaceForm

    class Meta(SharedBlock.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a geometry that no reader could be shown, wherever it comes from."""
        super().clean()
        if self.geometry is None:
            return
        try:
            positions.check(self.geometry)
        except positions.NotAPosition as error:
            problem = ValidationError(str(error), code=error.code)
            raise ValidationError({"geometry": problem}) from error

    def shown_geometry(self) -> dict[str, Any] | None:
        """Return where readers may know that the place is; nothing if not on the map.

        The log keeps what it gets for ever, so a place is made less exact before that.
        """
        if not self.publish_on_map or not self.geometry:
            return None
        return coarsening.shown(self.geometry, self.precision)

    def publication_issues(self) -> Iterable[Issue]:
        return place_rules.place_issues(self)

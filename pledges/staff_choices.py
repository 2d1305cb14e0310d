"""What staff choose among, with words that no reader meets. No models."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartnerCategory(TextChoices):
    MUNICIPALITY = "municipality", _("Municipality")
    DEPARTMENT = "department", _("Municipal department")
    COMPANY = "municipal_company", _("Municipal company")
    POLICE = "police", _("Police")
    RESCUE = "rescue", _("Rescue services")
    REGION = "region", _("Region")
    STATE = "state", _("State agency")
    ASSOCIATION = "association", _("Association")
    BUSINESS = "business", _("Business")


class Level(TextChoices):
    """What a working group decides on."""

    STRATEGIC = "strategic", _("Strategic")
    OPERATIVE = "operative", _("Operative")


class Precision(TextChoices):
    """How exactly readers may know where a place is."""

    POINT = "point", _("Exact point")
    STREET = "street", _("Street")
    AREA = "area", _("Area")


class ReportedVia(TextChoices):
    WALK = "walk", _("Safety walk")
    DIALOGUE = "dialogue", _("Dialogue")
    REPORT = "report", _("Report")
    SURVEY = "survey", _("Survey")


class FocusCategory(TextChoices):
    LONG_TERM = "long_term", _("Long-term")
    SHORT_TERM = "short_term", _("Short-term")


class Cadence(TextChoices):
    QUARTER = "quarter", _("Every third month")
    TERTIAL = "tertial", _("Every fourth month")
    HALF_YEAR = "half_year", _("Every six months")
    YEAR = "year", _("Every year")


class ActivityCategory(TextChoices):
    PRESENCE = "presence", _("Presence")
    TRAFFIC_CHECK = "traffic_check", _("Traffic check")
    LIGHTING = "lighting", _("Lighting")
    EDUCATION = "education", _("Education")
    DIALOGUE = "dialogue", _("Dialogue")
    SAFETY_WALK = "safety_walk", _("Safety walk")
    PLANNING = "planning", _("Planning")
    SUPPORT = "support", _("Support")
    OTHER = "other", _("Other")


class TargetOp(TextChoices):
    NONE = "none", _("No target")
    MIN = "min", _("At least")
    EXACT = "exact", _("Exactly")
    MAX = "max", _("At most")


class Aggregation(TextChoices):
    SUM = "sum", _("Sum of the follow-ups")
    LATEST = "latest", _("Latest follow-up")

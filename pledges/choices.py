"""What staff choose among, with the words for it. No models: kinds use it too."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from pledges.accounts import Status


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


class PlaceCategory(TextChoices):
    LOCALITY = "locality", _("Locality")
    STREET = "street", _("Street")
    PATH = "path", _("Path")
    PARK = "park", _("Park")
    TUNNEL = "tunnel", _("Tunnel")
    BRIDGE = "bridge", _("Bridge")
    STATION = "station", _("Station or stop")
    SCHOOL_ROUTE = "school_route", _("Way to school")
    AREA = "area", _("Area")


class Precision(TextChoices):
    """How exactly readers may know where a place is."""

    POINT = "point", _("Exact point")
    STREET = "street", _("Street")
    AREA = "area", _("Area")


class Lighting(TextChoices):
    OK = "ok", _("Lit")
    MISSING = "missing", _("No lighting")
    BROKEN = "broken", _("Broken lighting")
    PLANNED = "planned", _("Lighting planned")
    FIXED = "fixed", _("Lighting mended")
    NOT_APPLICABLE = "not_applicable", _("Not about lighting")


class ReportedVia(TextChoices):
    WALK = "walk", _("Safety walk")
    DIALOGUE = "dialogue", _("Dialogue")
    REPORT = "report", _("Report")
    SURVEY = "survey", _("Survey")


class DialogueCategory(TextChoices):
    MEETING = "meeting", _("Meeting")
    STREET = "street", _("In the street")
    DIGITAL = "digital", _("On the web")
    STAFF = "staff", _("With staff")
    SCHOOL = "school", _("At school")
    YOUNG = "young", _("With young people")
    WALK = "walk", _("Safety walk")


class Unit(TextChoices):
    PERCENT = "percent", _("per cent")
    INDEX = "index_0_6", _("index from 0 to 6")
    COUNT = "count", _("number")
    RATE = "rate_per_1000", _("per 1,000 inhabitants")


class Polarity(TextChoices):
    HIGHER = "higher_is_better", _("Higher is better")
    LOWER = "lower_is_better", _("Lower is better")


class Source(TextChoices):
    POLICE = "police", _("Police")
    NTU = "ntu", _("National survey (NTU)")
    MUNICIPAL = "municipal", _("Municipality")
    SCB = "scb", _("Statistics Sweden")


class Dimension(TextChoices):
    """What a result is broken down by. ``total`` is everybody who answered."""

    TOTAL = "total", _("Everybody")
    GENDER = "gender", _("Gender")
    AGE = "age", _("Age")
    AREA = "area", _("Area")


class FocusCategory(TextChoices):
    LONG_TERM = "long_term", _("Long-term")
    SHORT_TERM = "short_term", _("Short-term")


class Cadence(TextChoices):
    QUARTER = "quarter", _("Every third month")
    TERTIAL = "tertial", _("Every fourth month")
    HALF_YEAR = "half_year", _("Every six months")
    YEAR = "year", _("Every year")


class Outcome(TextChoices):
    """How it went, said once the period has ended and was followed up (I3)."""

    FULFILLED = "fulfilled", _("Fulfilled")
    PARTLY = "partly", _("Partly fulfilled")
    NOT_FULFILLED = "not_fulfilled", _("Not fulfilled")
    NOT_ASSESSED = "not_assessed", _("Not assessed")


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


STATUSES = {
    Status.NOT_STARTED: _("Not started"),
    Status.ONGOING: _("In progress"),
    Status.RECURRING: _("Continuous"),
    Status.DONE: _("Completed"),
    Status.PARTLY: _("Partly completed"),
    Status.NOT_DONE: _("Not completed"),
    Status.DELAYED: _("Delayed"),
    Status.CANCELLED: _("Cancelled"),
}

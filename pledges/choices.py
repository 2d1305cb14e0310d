"""Codes, and the words for them that staff and readers share. No models."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


class Lighting(TextChoices):
    OK = "ok", _("Lit")
    MISSING = "missing", _("No lighting")
    BROKEN = "broken", _("Broken lighting")
    PLANNED = "planned", _("Lighting planned")
    FIXED = "fixed", _("Lighting mended")
    NOT_APPLICABLE = "not_applicable", _("Not about lighting")


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


class Gender(TextChoices):
    WOMEN = "women", _("Women")
    MEN = "men", _("Men")


class Outcome(TextChoices):
    """How it went, said once the period has ended and was followed up (I3)."""

    FULFILLED = "fulfilled", _("Fulfilled")
    PARTLY = "partly", _("Partly fulfilled")
    NOT_FULFILLED = "not_fulfilled", _("Not fulfilled")
    NOT_ASSESSED = "not_assessed", _("Not assessed")


class Status(TextChoices):
    """How an activity stands, as the latest follow-up says."""

    NOT_STARTED = "not_started", _("Not started")
    ONGOING = "ongoing", _("In progress")
    RECURRING = "recurring", _("Continuous")
    DONE = "done", _("Completed")
    PARTLY = "partly", _("Partly completed")
    NOT_DONE = "not_done", _("Not completed")
    DELAYED = "delayed", _("Delayed")
    CANCELLED = "cancelled", _("Cancelled")


class Phase(TextChoices):
    """Where a pledge is in its life; follows from dates alone."""

    PLANNED = "planned", _("Planned")
    SIGNED = "signed", _("Signed")
    ONGOING = "ongoing", _("In progress")
    ENDED = "ended", _("Ended")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Punctuality(TextChoices):
    """What a planned follow-up is, on a given day."""

    PUBLISHED = "published", _("Published")
    UPCOMING = "upcoming", _("Still to come")
    LATE = "late", _("Late")
    MISSING = "missing", _("Missing")

"""The log of changes that lies below pledges and follow-ups (R-40); news has none."""

from __future__ import annotations

#: The end of its address.
NAME = "andringar"
BELOW = {NAME: "pledges.site.change_log.reading_of"}

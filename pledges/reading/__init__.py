"""What residents see of pledges, from the documents of the log alone; no models."""

from __future__ import annotations
